import * as z from 'zod';
import { CHECKS } from '../../domain/checklists/checks.ts';
import { EvidenceSpec, WaiverSpec } from '../../domain/document/launch-schema.ts';
import { Id, Text, WebLink } from '../../domain/document/schema-atoms.ts';
import { Consent, Instant, TimeText } from '../shapes.ts';
import { GoShape } from './launches-shapes.ts';
import { WriteResult } from './resources-shapes.ts';

export const ItemParams = z.strictObject({ id: Id.describe('The launch'), item: Id });

export const ChecklistQuery = z.strictObject({
  at: TimeText.default('now').describe(
    'How it stands then, as things are now. A civil time needs one zone of all markets',
  ),
});

export const ItemStatusShape = z.object({
  item: z.string(),
  title: z.string(),
  kind: z.enum(['automatic', 'manual']),
  check: z.enum(CHECKS).nullable(),
  required: z.boolean(),
  state: z.enum(['passed', 'failed', 'signed', 'expired', 'waived', 'open']),
  blocks: z.boolean().describe('Whether it stops the launch'),
  why: z.array(z.string()),
  advice: z.string().nullable(),
  validForDays: z.number().int().nullable(),
  evidence: EvidenceSpec.nullable().describe('The signature that was given last, whether it still holds or not'),
  waiver: WaiverSpec.nullable().describe('The waiver, while it holds'),
  until: z.string().nullable().describe('When the signature or the waiver that holds ends'),
});

export const LaunchChecklistShape = z.object({
  launch: z.string(),
  version: z.number().int().describe('Version of the launch; a go is for one of them'),
  checklist: z.object({ id: z.string(), title: z.string().nullable(), shipped: z.boolean() }),
  at: Instant,
  markets: z.array(
    z.object({
      market: z.string(),
      zone: z.string(),
      startsAt: Instant.nullable(),
      endsAt: Instant.nullable(),
      state: z.enum(['scheduled', 'held', 'live', 'ended', 'cancelled']),
    }),
  ),
  items: z.array(ItemStatusShape),
  open: z.array(z.string()).describe('The items that stop it'),
  go: GoShape.nullable(),
  notes: z.array(
    z.object({
      code: z.enum(['go-void', 'open-after-go', 'ends-before-start', 'one-signer']),
      message: z.string(),
    }),
  ),
});

/** What was written, and how the checklist stands with it. */
export const SignoffResult = WriteResult.extend({ checklist: LaunchChecklistShape });

export const SignBody = z
  .strictObject({
    note: Text.optional(),
    link: WebLink.optional(),
    until: TimeText.optional().describe('When the signature ends; the days that the item allows end it earlier'),
    consent: Consent.prefault({}),
  })
  .refine(({ note, link }) => note !== undefined || link !== undefined, 'a signature needs a note or a link');

export const WaiveBody = z.strictObject({
  reason: Text,
  owner: Text.describe('Who answers for it'),
  until: TimeText.describe('The item is open again from this instant'),
  consent: Consent.prefault({}),
});

export const ConsentBody = z.strictObject({ consent: Consent.prefault({}) });
