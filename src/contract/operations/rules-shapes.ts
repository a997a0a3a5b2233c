import * as z from 'zod';
import { ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { RuleSpec } from '../../domain/document/schema.ts';
import { wholeNumber } from './whole-number.ts';

export { LongOperationShape } from '../shapes.ts';
export { RuleSpec };

export const UploadLine = z.union([RuleSpec, ProductLine, ListingLine]).describe('A line of the kind of the upload');

export const UPLOAD_KINDS = ['rules', 'products', 'listings'] as const;

export const BeginQuery = z.strictObject({
  kind: z
    .enum(UPLOAD_KINDS)
    .default('rules')
    .describe('What its lines are; products and listings come in the order of their SKUs, each once'),
});

export const AppendQuery = z.strictObject({
  offset: wholeNumber(0).describe('Lines that came before'),
});

export const UploadDigest = z.object({
  received: z.number().int().describe('Lines taken; the upload goes on here'),
  accepted: z.number().int().describe('Those of them that are rules'),
  digest: z.string().describe('SHA-256 over the canonical lines of those rules, each ended by a line feed'),
});

export const FindParams = z.strictObject({ content: z.string().regex(/^[0-9a-f]{64}$/) });

export const FindAnswer = z.object({ content: z.string(), count: z.number().int() });

export const ReadQuery = z.strictObject({ revision: wholeNumber(1).optional() });
