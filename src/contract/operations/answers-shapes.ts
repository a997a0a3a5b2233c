import * as z from 'zod';
import { ExplanationShape, LaneShape, StateShape, TimelineEventShape } from '../answer-shapes.ts';
import { LONGEST_URL, MOST_URLS } from '../bounds.ts';
import { Instant, TimeText } from '../shapes.ts';
import { LaunchBriefShape } from './availability-shapes.ts';

export const StatusQuery = z.strictObject({ at: TimeText.default('now') });

export const StatusAnswer = z.object({
  at: Instant,
  sites: z.array(StateShape),
  launches: z.array(LaunchBriefShape).describe('Those that run, wait or are to come'),
  zones: z.record(z.string(), z.string()).describe('Time zone by market'),
  warnings: z.array(z.string()),
});

export const TimelineQuery = z.strictObject({ from: TimeText.optional(), to: TimeText.optional() });

export const TimelineAnswer = z.object({
  from: Instant.nullable(),
  to: Instant.nullable(),
  now: Instant,
  events: z.array(TimelineEventShape),
  lanes: z.array(LaneShape).describe('The whole life of every site, whatever from and to are'),
  zones: z.record(z.string(), z.string()).describe('Time zone by market'),
  warnings: z.array(z.string()),
});

export const ExplainBody = z.strictObject({
  urls: z.array(z.string().max(LONGEST_URL)).min(1).max(MOST_URLS),
  at: TimeText.default('now'),
  reasoning: z.boolean().default(true),
});

export const ExplainAnswer = z.object({
  results: z.array(
    z.union([
      z.object({ explanation: ExplanationShape }),
      z.object({ problem: z.object({ url: z.string(), code: z.string(), message: z.string() }) }),
    ]),
  ),
});

export const LintQuery = z.strictObject({ ruleset: z.string().optional() });

export const LintAnswer = z.object({
  rules: z.number().int(),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      message: z.string(),
      rules: z.array(
        z.object({
          ruleset: z.string().optional(),
          file: z.string().optional(),
          line: z.number().int().optional(),
          from: z.string(),
        }),
      ),
      witness: z.string().optional(),
      at: Instant.optional().describe('The instant at which the witness shows it; absent where that is any'),
      fix: z.unknown().optional(),
    }),
  ),
});

export const AssertionsQuery = z.strictObject({ id: z.string().optional() });

export const AssertionsAnswer = z.object({
  assertions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['every-url-ends', 'nothing-captures', 'no-target', 'answers']),
      reason: z.string().nullable(),
      checked: z.number().int().describe('URLs that were asked for, each over all of its time'),
      failed: z.number().int(),
      partly: z.boolean().describe('Whether the bound of one check was reached before everything was looked at'),
      failures: z.array(
        z.object({
          url: z.string(),
          from: Instant.nullable(),
          until: Instant.nullable(),
          happens: z.string(),
          decidedBy: z.object({
            kind: z.enum(['exception', 'rule', 'fallback', 'state', 'none']),
            id: z.string().nullable(),
          }),
          rules: z.array(
            z.object({ ruleset: z.string(), from: z.string(), index: z.number().int().describe('-1 is the fallback') }),
          ),
        }),
      ),
    }),
  ),
});
