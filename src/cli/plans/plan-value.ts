import type { Change, ChangeSummary, Plan } from '../../contract/shapes.ts';
import type { ResolvedTimes } from '../../domain/document/resources.ts';
import type { FieldChange, InstantChange, PlanOperation } from '../../domain/plan/plan.ts';
import { formatInstant, formatZoned } from '../../domain/time/format-time.ts';

/** An instant in JSON: RFC 3339 in UTC, and RFC 9557 in the zone it was read in, where there is one. */
export interface InstantValue {
  readonly utc: string;
  readonly zoned: string | null;
}

export function instantValue(at: number, zone: string | null): InstantValue {
  return { utc: formatInstant(at), zoned: zone === null ? null : formatZoned(at, zone) };
}

/** A plan as the JSON of a command: the platform's, with every instant as text. */
export function planValue(plan: Plan): Readonly<Record<string, unknown>> {
  return {
    ...plan,
    createdAt: formatInstant(plan.createdAt),
    expiresAt: formatInstant(plan.expiresAt),
    operations: plan.operations.map((operation) => operationValue(operation as PlanOperation)),
  };
}

export function changeValue(change: Change): Readonly<Record<string, unknown>> {
  return {
    ...change,
    at: formatInstant(change.at),
    operations: change.operations.map((operation) => operationValue(operation as PlanOperation)),
  };
}

export function changeSummaryValue(change: ChangeSummary): Readonly<Record<string, unknown>> {
  return { ...change, at: formatInstant(change.at) };
}

function operationValue(operation: PlanOperation): Readonly<Record<string, unknown>> {
  return {
    ...operation,
    before: sideValue(operation.before),
    after: sideValue(operation.after),
    changes: operation.changes.map(fieldValue),
  };
}

function fieldValue(change: FieldChange): Readonly<Record<string, unknown>> {
  return change.instants === undefined ? { ...change } : { ...change, instants: change.instants.map(movedValue) };
}

function movedValue({ market, zone, before, after }: InstantChange): Readonly<Record<string, unknown>> {
  const value = (at: number | null) => (at === null ? null : instantValue(at, zone));
  return { market, zone, before: value(before), after: value(after) };
}

interface Side {
  readonly times: ResolvedTimes;
  readonly revisions?: readonly { readonly from: number | null }[];
}

function sideValue(side: Side | null): Readonly<Record<string, unknown>> | null {
  if (side === null) return null;
  const { revisions } = side;
  return {
    ...side,
    times: timesValue(side.times),
    ...(revisions === undefined
      ? {}
      : { revisions: revisions.map((own) => ({ ...own, from: own.from === null ? null : formatInstant(own.from) })) }),
  };
}

/** Each resolved time as it was written, with its instant as text. */
export function timesValue(times: ResolvedTimes): Readonly<Record<string, unknown>> {
  const field = (resolved: ResolvedTimes[string]) =>
    Object.fromEntries(
      Object.entries(resolved).map(([market, { text, at, zone, tzdb }]) => [
        market,
        { text, ...instantValue(at, zone), zone, tzdb },
      ]),
    );
  return Object.fromEntries(Object.entries(times).map(([name, resolved]) => [name, field(resolved)]));
}
