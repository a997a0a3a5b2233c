import * as z from 'zod';
import { Instant } from './shapes.ts';

/** What is true at an instant, and what a visitor gets. */

export const StateShape = z.object({
  site: z.string(),
  market: z.string(),
  role: z.string(),
  state: z.enum(['prelaunch', 'active', 'frozen', 'dark', 'retired']),
  since: Instant.nullable(),
  nextChangeAt: Instant.nullable(),
  nextState: z.enum(['prelaunch', 'active', 'frozen', 'dark', 'retired']).nullable(),
  shutdown: z.string().nullable(),
  exception: z.string().nullable(),
  ruleset: z.string().nullable(),
  revision: z.number().int().nullable(),
});

export const TimelineEventShape = z.object({
  at: Instant,
  kind: z.enum([
    'opens',
    'announced',
    'freeze',
    'voucherCutoff',
    'dark',
    'redirectsUntil',
    'exception-starts',
    'exception-ends',
    'exception-review',
    'freeze-window-from',
    'freeze-window-until',
    'revision',
    'launch-starts',
    'launch-ends',
  ]),
  subject: z.string().describe('The shutdown, exception, freeze window, site or ruleset that it comes from'),
  site: z.string().nullable(),
  market: z.string().nullable(),
  zone: z.string().nullable(),
  text: z.string().nullable().describe('The time as it was written'),
  /** False where an exception keeps it from happening to the site. */
  effective: z.boolean(),
});

export const LaneShape = z.object({
  site: z.string(),
  market: z.string(),
  stretches: z.array(
    z.object({
      from: Instant.nullable(),
      until: Instant.nullable(),
      state: z.enum(['prelaunch', 'active', 'frozen', 'dark', 'retired']),
      exception: z.string().nullable(),
    }),
  ),
});

export const ExplanationShape = z.object({
  url: z.string(),
  at: z.string().describe('RFC 3339 UTC'),
  site: z.string().nullable(),
  state: z.enum(['prelaunch', 'active', 'frozen', 'dark', 'retired']).nullable(),
  decidedBy: z.object({ kind: z.enum(['exception', 'rule', 'fallback', 'state', 'none']), id: z.string().nullable() }),
  outcome: z.enum(['redirect', 'serve', 'gone', 'not-found']),
  status: z.number().int(),
  location: z.string().nullable(),
  hops: z.array(
    z.object({
      url: z.string(),
      site: z.string().nullable(),
      outcome: z.enum(['redirect', 'serve', 'gone', 'not-found', 'outside', 'loop']),
      status: z.number().int().nullable(),
      location: z.string().nullable(),
      decidedBy: z.object({ kind: z.string(), id: z.string().nullable() }),
    }),
  ),
  nextChangeAt: z.string().nullable(),
  reasoning: z.array(
    z.object({
      subject: z.string(),
      outcome: z.enum(['decides', 'applies', 'passed-over']),
      why: z.string(),
    }),
  ),
  revision: z.number().int().nullable(),
  local: z.object({ at: z.string(), nextChangeAt: z.string().nullable(), zone: z.string() }).nullable(),
});
