import type { ChecklistItemSpec, ChecklistSpec, SignoffSpec } from '../document/launch-schema.ts';
import { readInstant } from '../time/read-instant.ts';
import { CHECK_TEXTS, type CheckName } from './checks.ts';

/** What the platform found of one automatic item. */
export interface CheckResult {
  readonly holds: boolean;
  /** What was looked at where it holds, everything that is missing where it does not. */
  readonly why: readonly string[];
}

/** What was found by check: one for each that the checklist asks for. */
export type CheckResults = ReadonlyMap<CheckName, CheckResult>;

/**
 * `passed` the platform proved it; `failed` it did not; `signed` a person did; `expired` that signature has; `waived` it
 * may stay open until the waiver ends; `open` nobody has signed.
 */
export type ItemState = 'passed' | 'failed' | 'signed' | 'expired' | 'waived' | 'open';

/** Why an item need not hold, who answers for that, and until when. */
export type Waiver = NonNullable<SignoffSpec['waivers']>[string];
/** What a person signed an item with. */
export type Evidence = NonNullable<SignoffSpec['evidence']>[string];

export interface ItemStatus {
  readonly item: string;
  readonly title: string;
  readonly kind: 'automatic' | 'manual';
  /** What the platform proves; null for a manual item. */
  readonly check: CheckName | null;
  readonly required: boolean;
  readonly state: ItemState;
  /** Whether it stops the launch. */
  readonly blocks: boolean;
  /** What was found, or who signed it with what; nothing where there is no more to say than that it is open. */
  readonly why: readonly string[];
  /** How to make sure of it, or how to mend what is missing. */
  readonly advice: string | null;
  readonly validForDays: number | null;
  /** The signature that was given last, whether it still holds or not. */
  readonly evidence: Evidence | null;
  /** The waiver, while it holds. */
  readonly waiver: Waiver | null;
  /** RFC 3339: when the signature or the waiver that holds ends; null where neither does. */
  readonly until: string | null;
}

/** What a checklist is held against. */
export interface ItemsAt {
  readonly checklist: ChecklistSpec;
  readonly signoff: SignoffSpec;
  readonly results: CheckResults;
  /** Version of the launch now: a signature may have been given for an earlier one. */
  readonly version: number;
  /** Epoch milliseconds. What was signed or waived later does not count. */
  readonly at: number;
}

/** Every item of a checklist as it stands at an instant, in the checklist's order. */
export function itemStatuses(standing: ItemsAt): readonly ItemStatus[] {
  return Object.entries(standing.checklist.items).map(([item, spec]) => statusOf(item, spec, standing));
}

/** The items that stop the launch. */
export function blocking(statuses: readonly ItemStatus[]): readonly ItemStatus[] {
  return statuses.filter((status) => status.blocks);
}

function statusOf(item: string, spec: ChecklistItemSpec, standing: ItemsAt): ItemStatus {
  const { signoff, results, at } = standing;
  const evidence = given(signoff.evidence, item, at);
  const own = 'check' in spec ? automatic(spec, results) : manual(spec, evidence, standing);
  const required = spec.required ?? true;
  const waiver = given(signoff.waivers, item, at);
  const settled = own.state === 'passed' || own.state === 'signed';
  if (waiver === undefined || settled || hasEnded(waiver.until, at)) {
    const ended = waiver !== undefined && !settled ? [`its waiver ended at ${waiver.until}`] : [];
    return { ...own, item, required, blocks: required && !settled, why: [...own.why, ...ended], waiver: null };
  }
  return {
    ...own,
    item,
    required,
    state: 'waived',
    blocks: false,
    why: [`waived by ${waiver.by}: ${waiver.reason} (${waiver.owner} answers for it)`, ...own.why],
    waiver,
    until: waiver.until,
  };
}

type OwnStatus = Omit<ItemStatus, 'item' | 'required' | 'blocks' | 'waiver'>;

function automatic(spec: ChecklistItemSpec & { readonly check: CheckName }, results: CheckResults): OwnStatus {
  const result = results.get(spec.check);
  if (result === undefined) throw new Error(`the check ${spec.check} was not made`);
  const { title, advice } = CHECK_TEXTS[spec.check];
  return {
    title: spec.title ?? title,
    kind: 'automatic',
    check: spec.check,
    state: result.holds ? 'passed' : 'failed',
    why: result.why,
    advice,
    validForDays: null,
    evidence: null,
    until: null,
  };
}

type ManualItem = Exclude<ChecklistItemSpec, { readonly check: CheckName }>;

function manual(spec: ManualItem, evidence: Evidence | undefined, { at, version }: ItemsAt): OwnStatus {
  const { title, advice = null, validForDays = null } = spec;
  const own = { title, kind: 'manual', check: null, advice, validForDays } as const;
  if (evidence === undefined) return { ...own, state: 'open', why: [], evidence: null, until: null };
  const { by, until, note, link } = evidence;
  const expired = until !== undefined && hasEnded(until, at);
  const why = [
    `signed by ${by} at ${evidence.at}`,
    ...(expired ? [`the signature ended at ${until}`] : []),
    ...(evidence.version === undefined || evidence.version === version
      ? []
      : [`signed when the launch was at version ${evidence.version}; it is at ${version} now`]),
    ...(note === undefined ? [] : [note]),
    ...(link === undefined ? [] : [link]),
  ];
  return { ...own, state: expired ? 'expired' : 'signed', why, evidence, until: expired ? null : (until ?? null) };
}

function given<T extends { readonly at: string }>(
  entries: Readonly<Record<string, T>> | undefined,
  item: string,
  at: number,
): T | undefined {
  const entry = entries !== undefined && Object.hasOwn(entries, item) ? entries[item] : undefined;
  return entry !== undefined && readInstant(entry.at) <= at ? entry : undefined;
}

function hasEnded(until: string, at: number): boolean {
  return readInstant(until) <= at;
}
