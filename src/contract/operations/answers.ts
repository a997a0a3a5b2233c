import * as z from 'zod';
import { operation } from '../operation.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { ExplanationShape, Instant, LaneShape, StateShape, TimelineEventShape, TimeText } from '../shapes.ts';

/** What is true at an instant. Reads only. */
export const answers = {
  status: operation({
    name: 'status.get',
    method: 'GET',
    path: '/v1/status',
    summary: 'Every site’s state at an instant, and when it next changes',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: () => z.object({ at: TimeText.default('now') }),
    body: undefined,
    output: () =>
      z.object({
        at: Instant,
        sites: z.array(StateShape),
        zones: z.record(z.string(), z.string()).describe('Time zone by market'),
        warnings: z.array(z.string()),
      }),
    problems: [...TIME_PROBLEMS],
  }),
  timeline: operation({
    name: 'timeline.get',
    method: 'GET',
    path: '/v1/timeline',
    summary: 'Every instant at which something changes, in order',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: () => z.object({ from: TimeText.optional(), to: TimeText.optional() }),
    body: undefined,
    output: () =>
      z.object({
        from: Instant.nullable(),
        to: Instant.nullable(),
        now: Instant,
        events: z.array(TimelineEventShape),
        lanes: z.array(LaneShape).describe('The whole life of every site, whatever from and to are'),
        zones: z.record(z.string(), z.string()).describe('Time zone by market'),
        warnings: z.array(z.string()),
      }),
    problems: [...TIME_PROBLEMS],
  }),
  explain: operation({
    name: 'explain.urls',
    method: 'POST',
    path: '/v1/explain',
    summary: 'What a visitor of each URL gets at an instant, and why',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: undefined,
    body: () =>
      z.object({
        urls: z.array(z.string().max(2_000_000)).min(1).max(1000),
        at: TimeText.default('now'),
        reasoning: z.boolean().default(true),
      }),
    output: () =>
      z.object({
        results: z.array(
          z.union([
            z.object({ explanation: ExplanationShape }),
            z.object({ problem: z.object({ url: z.string(), code: z.string(), message: z.string() }) }),
          ]),
        ),
      }),
    problems: [...TIME_PROBLEMS, 'invalid-url'],
  }),
  lint: operation({
    name: 'redirects.lint',
    method: 'GET',
    path: '/v1/redirects-lint',
    summary: 'Findings in the rulesets as they stand, one or all',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: () => z.object({ ruleset: z.string().optional() }),
    body: undefined,
    output: () =>
      z.object({
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
            fix: z.unknown().optional(),
          }),
        ),
      }),
    problems: ['not-found'],
  }),
};
