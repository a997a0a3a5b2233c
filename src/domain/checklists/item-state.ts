import type { ChecklistItemSpec, ChecklistSpec, SignoffSpec } from '../document/launch-schema.ts';
import { formatInstant } from '../time/format-time.ts';
import { readInstant } from '../time/read-instant.ts';
import type { CheckName } from './checks.ts';

/** What the platform found of one automatic item. */
export interface CheckResult {
  readonly holds: boolean;
  /** What was looked at where it holds, everything that is missing where it does not. */
  readonly why: readonly string[];
}

export type CheckResults = Readonly<Record<CheckName, CheckResult>>;

/**
 * `passed` the platform proved it; `failed` it did not; `signed` a person did; `expired` his signature has; `waived` it
 * may stay open until the waiver ends; `open` nobody has signed.
 */
export type ItemState = 'passed' | 'failed' | 'signed' | 'expired' | 'waived' | 'open';

export interface ItemStatus {
  readonly item: string;
  readonly title: string;
  readonly kind: 'automatic' | 'manual';
  readonly required: boolean;
  readonly state: ItemState;
  /** Whether it stops the launch. */
  readonly blocks: boolean;
  readonly why: readonly string[];
  readonly advice: string | null;
  readonly validForDays: number | null;
  /** Who signed or waived it, and when. */
  readonly by: string | null;
  readonly at: string | null;
  /** RFC 3339: when the signature or the waiver ends. */
  readonly until: string | null;
  readonly link: string | null;
}

/** Every item of a checklist as it stands at an instant, in epoch milliseconds, in the checklist's order. */
export function itemStatuses(
  checklist: ChecklistSpec,
  signoff: SignoffSpec,
  results: CheckResults,
  at: number,
): readonly ItemStatus[] {
  return Object.entries(checklist.items).map(([item, spec]) => statusOf(item, spec, signoff, results, at));
}

/** The items that stop the launch. */
export function blocking(statuses: readonly ItemStatus[]): readonly ItemStatus[] {
  return statuses.filter((status) => status.blocks);
}

function statusOf(
  item: string,
  spec: ChecklistItemSpec,
  signoff: SignoffSpec,
  results: CheckResults,
  at: number,
): ItemStatus {
  const own = 'check' in spec ? automatic(spec, results[spec.check]) : manual(spec, evidenceOf(signoff, item), at);
  const required = spec.required ?? true;
  const waiver = ownEntry(signoff.waivers, item);
  const settled = own.state === 'passed' || own.state === 'signed';
  if (waiver === undefined || settled || readInstant(waiver.until) <= at) {
    const ended = waiver !== undefined && !settled ? [`its waiver ended at ${waiver.until}`] : [];
    return { ...own, item, required, blocks: required && !settled, why: [...own.why, ...ended] };
  }
  return {
    ...own,
    item,
    required,
    state: 'waived',
    blocks: false,
    why: [`waived by ${waiver.owner}: ${waiver.reason}`, ...own.why],
    by: waiver.by,
    at: waiver.at,
    until: waiver.until,
  };
}

type OwnStatus = Omit<ItemStatus, 'item' | 'required' | 'blocks'>;

const UNSIGNED = { advice: null, validForDays: null, by: null, at: null, until: null, link: null } as const;

function automatic(spec: ChecklistItemSpec & { readonly check: CheckName }, result: CheckResult): OwnStatus {
  return {
    ...UNSIGNED,
    title: spec.title ?? spec.check,
    kind: 'automatic',
    state: result.holds ? 'passed' : 'failed',
    why: result.why,
  };
}

type ManualItem = Exclude<ChecklistItemSpec, { readonly check: CheckName }>;
type Evidence = NonNullable<SignoffSpec['evidence']>[string];

function manual(spec: ManualItem, evidence: Evidence | undefined, at: number): OwnStatus {
  const own = {
    ...UNSIGNED,
    title: spec.title,
    kind: 'manual',
    advice: spec.advice ?? null,
    validForDays: spec.validForDays ?? null,
  } as const;
  if (evidence === undefined) return { ...own, state: 'open', why: ['nobody has signed it'] };
  const expired = evidence.until !== undefined && readInstant(evidence.until) <= at;
  return {
    ...own,
    state: expired ? 'expired' : 'signed',
    why: [
      ...(expired ? [`the signature ended at ${evidence.until}`] : []),
      ...(evidence.note === undefined ? [] : [evidence.note]),
    ],
    by: evidence.by,
    at: evidence.at,
    until: evidence.until ?? null,
    link: evidence.link ?? null,
  };
}

function evidenceOf({ evidence }: SignoffSpec, item: string): Evidence | undefined {
  return ownEntry(evidence, item);
}

function ownEntry<T>(entries: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : undefined;
}

const DAY = 24 * 60 * 60 * 1000;

/** When a signature that is made at an instant ends, as RFC 3339; undefined where it never does. A day is 24 hours. */
export function evidenceEnd(spec: ChecklistItemSpec, at: number): string | undefined {
  if ('check' in spec || spec.validForDays === undefined) return undefined;
  return formatInstant(at + spec.validForDays * DAY);
}
