import * as z from 'zod';
import { LINT_CODES, type LintCode } from '../../redirects/lint/codes.ts';
import { Address, Text, Time } from './schema-atoms.ts';

/** How the findings in one ruleset count: as something else than usual, or not at all where they are meant. */

const CODES = Object.keys(LINT_CODES) as [LintCode, ...LintCode[]];

const Level = z.enum(['error', 'warning', 'info', 'off']);

const Levels = z.strictObject(
  Object.fromEntries(
    Object.entries(LINT_CODES).map(([code, finds]) => [code, Level.optional().describe(finds)]),
  ) as Record<LintCode, z.ZodOptional<typeof Level>>,
);

const Allowed = z.strictObject({
  code: z.enum(CODES),
  from: Address.optional().describe('The source of a rule concerned, as it is written; * stands for any text'),
  witness: Address.optional().describe('The URL that shows the finding; * stands for any text'),
  reason: Text.describe('Why it is meant'),
  until: Time.optional().describe('From this instant it counts again'),
});

export const LintSpec = z.strictObject({
  severity: Levels.optional().describe('By code; off leaves its findings out'),
  allow: z.array(Allowed).max(1000).optional().describe('Findings that were looked at and are meant to be so'),
});

export type LintSpec = z.infer<typeof LintSpec>;

/** Keys at a path below `lint`, for suggestions. */
export const LINT_KEYS = {
  lint: Object.keys(LintSpec.shape),
  severity: CODES as readonly string[],
  allow: Object.keys(Allowed.shape),
} as const;
