import { pointerOf } from '../document/pointer.ts';
import type { ResolvedTimes, Resource } from '../document/resources.ts';
import { equalValues } from './equal.ts';
import type { FieldChange, InstantChange } from './plan.ts';

interface Sides {
  readonly spec: object;
  readonly times: ResolvedTimes;
}

/** What changes between two sides of an entry, key by key; for times, every instant that moves. */
export function fieldChanges(before: Pick<Resource, 'spec' | 'times'> | null, after: Sides): readonly FieldChange[] {
  const old: Readonly<Record<string, unknown>> = { ...before?.spec };
  const next: Readonly<Record<string, unknown>> = { ...after.spec };
  const times = { ...before?.times, ...after.times };
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next), ...Object.keys(times)])];
  return keys.flatMap((key): FieldChange[] => {
    const instants = instantChanges(before?.times ?? {}, after.times, key);
    if (equalValues(old[key], next[key]) && instants.length === 0) return [];
    return [
      {
        pointer: pointerOf([key]),
        ...(old[key] === undefined ? {} : { before: old[key] }),
        ...(next[key] === undefined ? {} : { after: next[key] }),
        ...(instants.length === 0 ? {} : { instants }),
      },
    ];
  });
}

/** The instants of a field that are not the same on both sides, by market. */
export function instantChanges(before: ResolvedTimes, after: ResolvedTimes, field: string): readonly InstantChange[] {
  const old = before[field] ?? {};
  const next = after[field] ?? {};
  const markets = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  return markets.flatMap((market) => {
    const from = old[market];
    const to = next[market];
    if (from?.at === to?.at) return [];
    return [{ market, zone: (to ?? from)?.zone ?? null, before: from?.at ?? null, after: to?.at ?? null }];
  });
}

/** Whether any instant of an entry moves, whatever was written. */
export function movesInstants(before: ResolvedTimes, after: ResolvedTimes): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].some((field) => instantChanges(before, after, field).length > 0);
}

/** Instants that are other ones although text and zone are the same: the tz database has moved them. */
export function movedByTzDatabase(before: ResolvedTimes, after: ResolvedTimes): readonly InstantChange[] {
  return Object.keys(after).flatMap((field) =>
    instantChanges(before, after, field).filter(({ market }) => {
      const [old, next] = [before[field]?.[market], after[field]?.[market]];
      return old !== undefined && next !== undefined && old.text === next.text && old.zone === next.zone;
    }),
  );
}
