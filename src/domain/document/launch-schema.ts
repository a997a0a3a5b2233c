import * as z from 'zod';
import { CHECKS } from '../checklists/checks.ts';
import { Price, Units } from './catalog-schema.ts';
import { Address, Id, Protected, Text, Time } from './schema-atoms.ts';

/** The shapes of launches, of the checklists that gate them, and of what people signed. */

/** One value for all markets of the launch, or one by market. */
const perMarket = <S extends z.ZodType>(value: S) => z.union([value, z.record(Id, value)]);

export const LAUNCH_KINDS = ['standard', 'flash-sale'] as const;

export const LaunchItemSpec = z.strictObject({
  price: perMarket(Price),
  allocation: perMarket(Units).optional().describe('Units that are sold in all, per market'),
  limitPerBuyer: perMarket(Units.min(1))
    .optional()
    .describe('Units that one buyer gets in all, across orders and across the markets of the launch'),
});

export const LaunchSpec = z.strictObject({
  title: Text.optional(),
  kind: z.enum(LAUNCH_KINDS).describe('A flash sale has an allocation and a limit per buyer for every item'),
  markets: z.array(Id).min(1).max(500),
  startsAt: Time.describe('With a zone or an offset it is one instant for all markets, else the local time of each'),
  endsAt: Time.optional(),
  items: z.record(Id, LaunchItemSpec).describe('By SKU'),
  holdMinutes: z
    .number()
    .int()
    .min(1)
    .max(1440)
    .optional()
    .describe('How long units are held for a buyer who has not paid yet; 15 unless told'),
  checklist: Id.optional().describe('What has to hold before it may go; without one, it starts by itself'),
  cancelled: Text.optional().describe('Why it does not take place; the launch stays on record'),
  protected: Protected,
});

const itemFields = {
  required: z.boolean().optional().describe('Whether it blocks the launch while it is open; true unless told'),
};

export const ChecklistItemSpec = z.union([
  z.strictObject({
    ...itemFields,
    check: z.enum(CHECKS).describe('What the platform proves'),
    title: Text.optional(),
  }),
  z.strictObject({
    ...itemFields,
    title: Text.describe('What a person makes sure of'),
    advice: Text.optional().describe('How to make sure of it'),
    validForDays: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe('How long a signature holds; without it, always'),
  }),
]);

export const ChecklistSpec = z.strictObject({
  title: Text.optional(),
  items: z.record(Id, ChecklistItemSpec),
  protected: Protected,
});

const Instant = z.string().max(40).describe('RFC 3339, in UTC');

export const EvidenceSpec = z.strictObject({
  by: Text,
  at: Instant,
  note: Text.optional(),
  link: Address.optional(),
  until: Instant.optional().describe('It has expired from this instant'),
  version: z.number().int().min(1).optional().describe('The version of the launch that it was signed for'),
});

export const WaiverSpec = z.strictObject({
  by: Text,
  at: Instant,
  reason: Text,
  owner: Text.describe('Who answers for it'),
  until: Instant.describe('The item is open again from this instant'),
});

export const GoSpec = z.strictObject({
  by: Text,
  at: Instant,
  version: z.number().int().min(1).describe('The version of the launch that was let go; a later one was not'),
});

/** What people signed for one launch, under its id. It is a record of what happened, so documents do not state it. */
export const SignoffSpec = z.strictObject({
  evidence: z.record(Id, EvidenceSpec).optional(),
  waivers: z.record(Id, WaiverSpec).optional(),
  go: GoSpec.optional(),
  protected: Protected,
});

export type LaunchItemSpec = z.infer<typeof LaunchItemSpec>;
export type LaunchSpec = z.infer<typeof LaunchSpec>;
export type ChecklistItemSpec = z.infer<typeof ChecklistItemSpec>;
export type ChecklistSpec = z.infer<typeof ChecklistSpec>;
export type EvidenceSpec = z.infer<typeof EvidenceSpec>;
export type WaiverSpec = z.infer<typeof WaiverSpec>;
export type SignoffSpec = z.infer<typeof SignoffSpec>;
