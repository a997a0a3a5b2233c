import { instantIn, type Resource, type Target, targetOf } from '../../document/resources.ts';
import { formatLocal } from '../../time/format-time.ts';
import type { GuardResult, PlanOperation } from '../plan.ts';
import { beginningNotes } from './beginnings.ts';
import { type Guarding, passed } from './guard.ts';

/** Search engines ask for redirects to stay at least a year. */
const LEAST_REDIRECT_TIME = 365 * 24 * 60 * 60 * 1000;

/** Dates that are allowed and still worth a look: what is past already, and redirects that end early. */
export function guardDates({ wanted, operations, now }: Guarding): readonly GuardResult[] {
  const notes = operations.flatMap((operation): { target: Target; message: string }[] => {
    if (operation.after === null) return [];
    if (operation.kind === 'shutdowns') {
      const shutdown = wanted.shutdowns.get(operation.id);
      return shutdown === undefined
        ? []
        : [...shutdownNotes(shutdown, wanted, now), ...beginningNotes(operation, wanted, now)];
    }
    if (operation.kind === 'rulesets') return beginningNotes(operation, wanted, now);
    if (operation.kind === 'exceptions') {
      const exception = wanted.exceptions.get(operation.id);
      return exception === undefined ? [] : exceptionNotes(exception, now);
    }
    if (operation.kind === 'launches') return launchNotes(operation, wanted, now);
    return [];
  });
  if (notes.length === 0) return [passed('dates', 'no date that is new is past or out of order')];
  return notes.map(({ target, message }) => ({
    guard: 'dates',
    outcome: 'warn',
    message,
    targets: [target],
    override: null,
  }));
}

function shutdownNotes(
  shutdown: Resource<'shutdowns'>,
  wanted: Guarding['wanted'],
  now: number,
): { target: Target; message: string }[] {
  const target = targetOf(shutdown);
  const past = new Map<string, string>();
  const short = new Set<string>();
  for (const site of shutdown.spec.sites) {
    const market = wanted.sites.get(site)?.spec.market ?? '';
    const zone = wanted.markets.get(market)?.spec.timeZone ?? 'UTC';
    for (const field of ['freeze', 'voucherCutoff', 'dark', 'redirectsUntil']) {
      const at = instantIn(shutdown.times, field, market);
      if (at !== undefined && at <= now && !past.has(field)) past.set(field, formatLocal(at, zone));
    }
    const dark = instantIn(shutdown.times, 'dark', market);
    const until = instantIn(shutdown.times, 'redirectsUntil', market);
    if (dark !== undefined && until !== undefined && until - dark < LEAST_REDIRECT_TIME) short.add(site);
  }
  const notes = [...past].map(([field, local]) => ({
    target,
    message: `${field} of ${shutdown.id} is in the past (${local})`,
  }));
  if (short.size > 0) {
    notes.push({ target, message: `redirects of ${[...short].join(', ')} end within a year of going dark` });
  }
  return notes;
}

function exceptionNotes(exception: Resource<'exceptions'>, now: number): { target: Target; message: string }[] {
  const target = targetOf(exception);
  const due = Object.values(exception.times['reviewBy'] ?? {}).some((time) => time.at <= now);
  const ended = Object.values(exception.times['endsAt'] ?? {}).some((time) => time.at <= now);
  return [
    ...(due
      ? [{ target, message: `exception ${exception.id} is past its review date (${exception.spec.reviewBy})` }]
      : []),
    ...(ended ? [{ target, message: `exception ${exception.id} has ended already (${exception.spec.endsAt})` }] : []),
  ];
}

/** A start or an end that is set, or moved, to what has passed already: it means at once, or never. */
function launchNotes(
  { id, before, after }: PlanOperation,
  wanted: Guarding['wanted'],
  now: number,
): { target: Target; message: string }[] {
  const launch = wanted.launches.get(id);
  if (launch === undefined || after === null || launch.spec.cancelled !== undefined) return [];
  return (['startsAt', 'endsAt'] as const).flatMap((field) => {
    const past = launch.spec.markets.flatMap((market) => {
      const at = instantIn(launch.times, field, market);
      if (at === undefined || at > now || (before !== null && instantIn(before.times, field, market) === at)) return [];
      return [`${market} ${formatLocal(at, wanted.markets.get(market)?.spec.timeZone ?? 'UTC')}`];
    });
    if (past.length === 0) return [];
    const more = past.length > 5 ? ` and ${past.length - 5} more` : '';
    return [
      { target: targetOf(launch), message: `${field} of ${id} is in the past (${past.slice(0, 5).join(', ')}${more})` },
    ];
  });
}
