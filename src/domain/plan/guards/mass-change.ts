import type { Target } from '../../document/resources.ts';
import { SECTIONS } from '../../document/sections.ts';
import type { ItemChanges } from '../item-changes.ts';
import type { GuardResult, PlanOperation, Verb } from '../plan.ts';
import { type Guarding, overrideFlag, passed } from './guard.ts';

/**
 * A plan that takes away or rewrites much of what is there is more often a wrong file than a wish. A share alone lets
 * a large set lose thousands, and a count alone lets a small one lose everything, so either is enough to block. One
 * update is never a mass change: it is one line in the plan.
 */
export const LIMITS = {
  entries: { deletes: { share: 0.3, count: 25 }, updates: { share: 0.5, count: 250 } },
  rules: { deletes: { share: 0.3, count: 1_000 }, updates: { share: 0.5, count: 5_000 } },
  items: { deletes: { share: 0.3, count: 1_000 }, updates: { share: 0.5, count: 50_000 } },
} as const;

interface Tally {
  readonly counts: 'entries' | 'rules' | 'items';
  /** Of what: `sites`, `rules of poco-gb`, or `listings of us`. */
  readonly of: string;
  readonly touched: number;
  readonly existing: number;
  readonly limit: { readonly share: number; readonly count: number };
  readonly targets: readonly Target[];
  /** Whether the entry says something else that takes so much away: what a mode does not allow is delisted with it. */
  readonly meant?: boolean;
  /** Whether nothing is left of what stays there: that one line was all of it makes it no smaller a loss. */
  readonly emptied?: boolean;
}

export function guardDeletes(guarding: Guarding): readonly GuardResult[] {
  const tallies = [
    ...entryTallies(guarding, 'delete', LIMITS.entries.deletes),
    ...ruleTallies(guarding, (operation) => operation.rules?.removed ?? 0, LIMITS.rules.deletes),
    ...itemTallies(guarding, ({ removed }) => removed, LIMITS.items.deletes),
  ];
  return judge('deletes', 'deleted', guarding, tallies, (tally) => tally.touched > 0);
}

export function guardUpdates(guarding: Guarding): readonly GuardResult[] {
  const tallies = [
    ...entryTallies(guarding, 'update', LIMITS.entries.updates),
    ...ruleTallies(guarding, (operation) => operation.rules?.changed ?? 0, LIMITS.rules.updates),
    ...itemTallies(guarding, ({ changed }) => changed, LIMITS.items.updates),
  ];
  return judge('updates', 'changed', guarding, tallies, (tally) => tally.touched > 1);
}

function judge(
  guard: 'deletes' | 'updates',
  verb: string,
  { single }: Guarding,
  tallies: readonly Tally[],
  isMany: (tally: Tally) => boolean,
): readonly GuardResult[] {
  const over = tallies.filter((tally) => isMany(tally) && isOver(tally));
  if (over.length === 0) {
    const touched = tallies.reduce((sum, tally) => sum + tally.touched, 0);
    return [passed(guard, touched === 0 ? `nothing is ${verb}` : `${touched} ${verb}, within the limits`)];
  }
  return over.map(({ counts, of, touched, existing, limit, targets, meant: asked = false, emptied = false }) => {
    // One entry that was named, or one line of it, is what a person asked for and not a wrong file; so are the new
    // prices of an import.
    const repriced = guard === 'updates' && counts === 'items';
    const meant = single && (counts === 'entries' || (touched === 1 && !emptied) || asked || repriced);
    return {
      guard,
      outcome: meant ? 'pass' : 'block',
      message: `${touched} of ${existing} ${of} would be ${verb} (${percent(touched / existing)}), ${exceeded(touched / existing, touched, limit)}`,
      targets,
      override: meant ? null : overrideFlag(guard),
      details: { of, touched, existing, limit },
    };
  });
}

function isOver({ touched, existing, limit }: Tally): boolean {
  return existing > 0 && (touched / existing > limit.share || touched > limit.count);
}

/** Only what is exceeded: of two limits a reader would look for the one that is meant. */
function exceeded(share: number, count: number, limit: Tally['limit']): string {
  const over = [
    ...(share > limit.share ? [percent(limit.share)] : []),
    ...(count > limit.count ? [String(limit.count)] : []),
  ];
  // What was asked for is told with the limit that it would have had.
  return over.length === 0 ? 'within the limits' : `more than ${over.join(' and more than ')}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function entryTallies({ current, operations }: Guarding, verb: Verb, limit: Tally['limit']): readonly Tally[] {
  // Products are one entry that is counted by what is in it.
  return SECTIONS.filter((section) => section !== 'products').map((section) => {
    const touched = operations.filter((o) => o.kind === section && o.verb === verb && isMeant(o));
    return {
      counts: 'entries',
      of: section,
      touched: touched.length,
      existing: current[section].size,
      limit,
      targets: touched.map((o) => o.target),
    };
  });
}

/** Instants that move with a market's zone or the tz database are guarded apart. */
function isMeant({ cause }: PlanOperation): boolean {
  return cause === 'document' || cause === 'rollback';
}

function itemTallies(
  { operations }: Guarding,
  touched: (items: ItemChanges) => number,
  limit: Tally['limit'],
): readonly Tally[] {
  return operations.flatMap(({ kind, verb, id, target, items, changes }): Tally[] => {
    if (items === undefined || (verb === 'delete' && kind !== 'products')) return [];
    return [
      {
        counts: 'items',
        of: kind === 'products' ? 'products' : `listings of ${id}`,
        touched: touched(items),
        existing: items.before,
        limit,
        targets: [target],
        meant: changes.some(({ pointer }) => pointer === '/mode'),
      },
    ];
  });
}

function ruleTallies(
  { operations }: Guarding,
  touched: (operation: PlanOperation) => number,
  limit: Tally['limit'],
): readonly Tally[] {
  return operations
    .filter((o) => o.kind === 'rulesets' && o.verb === 'update' && o.rules !== undefined)
    .map((o) => ({
      counts: 'rules',
      of: `rules of ${o.id}`,
      touched: touched(o),
      existing: o.rules?.before ?? 0,
      limit,
      targets: [o.target],
      emptied: o.rules?.after === 0,
    }));
}
