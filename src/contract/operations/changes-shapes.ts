import * as z from 'zod';
import { SubmittedDocumentSchema } from '../../domain/document/schema.ts';
import { ChangeShape, ChangeSummaryShape, Consent, pageOf } from '../shapes.ts';

export { StoredDocumentSchema } from '../../domain/document/schema.ts';
export { ChangeShape, PlanShape } from '../shapes.ts';

export const ChangeName = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(100)
    .describe(
      'The id of a change, six characters or more that only its id begins with, its number as `3` or `#3`, or `last` for the newest',
    ),
});

export const PlanCreateBody = z.strictObject({
  document: SubmittedDocumentSchema,
  documentHash: z.string().max(200).optional().describe('Of the file as it was written, for the record'),
  allowEmpty: z.boolean().default(false).describe('Let an empty section delete all of its entries'),
});

export const PlanApplyBody = z.strictObject({
  digest: z.string().optional().describe('The digest the caller saw; another one is refused'),
  platform: z.string().optional().describe('The platform that the plan says it is for'),
  consent: Consent.prefault({}),
});

export const PlanApplyAnswer = ChangeShape.nullable().describe(
  'null on a dry run, and where the plan has nothing to do',
);

export const ChangeListAnswer = pageOf(ChangeSummaryShape);

export const VerificationAnswer = z.object({
  intact: z.boolean(),
  changeSets: z.number().int(),
  head: z.string(),
  findings: z.array(z.object({ change: z.string().nullable(), message: z.string() })),
});
