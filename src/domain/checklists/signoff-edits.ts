import type { EvidenceSpec, SignoffSpec, WaiverSpec } from '../document/launch-schema.ts';
import { EXIT, Failure } from '../failure.ts';
import { formatInstant } from '../time/format-time.ts';
import type { ItemStatus } from './item-state.ts';
import type { LaunchChecklist } from './launch-checklist.ts';
import {
  gateOpen,
  itemAutomatic,
  requireAhead,
  requireFuture,
  requireItem,
  requireSignable,
} from './signoff-refusals.ts';

/** Who does it, and when, in epoch milliseconds. */
export interface Doing {
  readonly by: string;
  readonly at: number;
}

export interface Signing {
  readonly note?: string | undefined;
  readonly link?: string | undefined;
  /** Epoch milliseconds; the days that the item allows end it earlier. */
  readonly until: number | null;
}

export interface Waiving {
  readonly reason: string;
  readonly owner: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * A manual item signed; a signature that is there already is replaced.
 *
 * @throws Failure `not-found` for an item that the checklist does not have, `item-automatic` for one that only the platform
 *   proves, `until-past` for an end that has passed, `launch-cancelled`
 */
export function signItem(
  checklist: LaunchChecklist,
  signoff: SignoffSpec,
  item: string,
  { note, link, until }: Signing,
  { by, at }: Doing,
): SignoffSpec {
  const status = requireItem(checklist, item);
  requireSignable(checklist);
  if (status.kind === 'automatic') throw itemAutomatic(checklist, status);
  if (until !== null) requireFuture('The signature', until, at);
  const ends = [...(until === null ? [] : [until]), ...endOf(status, at)];
  const evidence: EvidenceSpec = {
    by,
    at: toTheSecond(at),
    version: checklist.version,
    ...(note === undefined ? {} : { note }),
    ...(link === undefined ? {} : { link }),
    ...(ends.length === 0 ? {} : { until: toTheSecond(Math.min(...ends)) }),
  };
  return { ...signoff, evidence: { ...signoff.evidence, [item]: evidence } };
}

/** People read it. What is signed never seems to be signed later than it was. */
function toTheSecond(at: number): string {
  return formatInstant(Math.floor(at / 1000) * 1000);
}

function endOf({ validForDays }: ItemStatus, at: number): readonly number[] {
  return validForDays === null ? [] : [at + validForDays * DAY];
}

/**
 * An item, manual or automatic, that may stay open until an instant.
 *
 * @throws Failure `not-found` for an item that the checklist does not have, `until-past` for an end that has passed,
 *   `launch-cancelled`
 */
export function waiveItem(
  checklist: LaunchChecklist,
  signoff: SignoffSpec,
  item: string,
  { reason, owner, until }: Waiving,
  { by, at }: Doing,
): SignoffSpec {
  requireItem(checklist, item);
  requireSignable(checklist);
  requireFuture('The waiver', until, at);
  const waiver: WaiverSpec = { by, at: toTheSecond(at), reason, owner, until: formatInstant(until) };
  return { ...signoff, waivers: { ...signoff.waivers, [item]: waiver } };
}

/**
 * An item without its signature and its waiver. One that the checklist no longer asks for can be taken back too.
 *
 * @throws Failure `not-found` where neither is there
 */
export function revokeItem(checklist: LaunchChecklist, signoff: SignoffSpec, item: string): SignoffSpec {
  const signed = [signoff.evidence, signoff.waivers].some((own) => own !== undefined && Object.hasOwn(own, item));
  if (!signed) {
    const { launch } = checklist;
    requireItem(checklist, item);
    throw new Failure({
      code: 'not-found',
      exit: EXIT.notFound,
      message: `Nobody has signed or waived ${item} of launch ${launch}.`,
      remedy: `See what is signed with: storectl launches checklist ${launch}`,
      details: { noun: 'signature', launch, item },
    });
  }
  return withParts(signoff, { evidence: without(signoff.evidence, item), waivers: without(signoff.waivers, item) });
}

/**
 * The launch let go, as it is now. A go that stands is kept as it was given: it holds until the launch changes or
 * somebody holds it. Who asks again whether it may go is told what is open meanwhile all the same.
 *
 * @throws Failure `gate-open` while a required item is open, with every one of them; `launch-cancelled` or
 *   `launch-ended` where there is nothing to let go any more
 */
export function giveGo(checklist: LaunchChecklist, signoff: SignoffSpec, { by, at }: Doing): SignoffSpec {
  requireAhead(checklist);
  const open = checklist.items.filter(({ blocks }) => blocks);
  if (open.length > 0) throw gateOpen(checklist, open);
  if (checklist.go?.stands === true) return signoff;
  return { ...signoff, go: { by, at: formatInstant(at), version: checklist.version } };
}

/** The launch held: without a go, if it has one. */
export function takeGo({ go: _, ...rest }: SignoffSpec): SignoffSpec {
  return rest;
}

/**
 * What a change of signatures and waivers leaves when it is taken back: its own items as they were before, and those
 * that others wrote since as they are. A go is not given by taking something back: whoever gives one has seen the checklist.
 */
export function restoredSignoff(
  before: SignoffSpec | null,
  after: SignoffSpec | null,
  present: SignoffSpec | null,
): SignoffSpec {
  const evidence = restoredEntries(before?.evidence, after?.evidence, present?.evidence);
  const waivers = restoredEntries(before?.waivers, after?.waivers, present?.waivers);
  const restored = withParts(present ?? {}, { evidence, waivers });
  const gaveIt = after?.go !== undefined && before?.go?.at !== after.go.at;
  return gaveIt && present?.go?.at === after.go?.at ? takeGo(restored) : restored;
}

function restoredEntries<T>(
  before: Readonly<Record<string, T>> | undefined,
  after: Readonly<Record<string, T>> | undefined,
  present: Readonly<Record<string, T>> | undefined,
): Record<string, T> | undefined {
  const entries = new Map(Object.entries(present ?? {}));
  const [old, next] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))];
  for (const item of new Set([...old.keys(), ...next.keys()])) {
    const was = old.get(item);
    if (JSON.stringify(was) === JSON.stringify(next.get(item))) continue;
    if (was === undefined) entries.delete(item);
    else entries.set(item, was);
  }
  return entries.size === 0 ? undefined : Object.fromEntries(entries);
}

type Parts = { readonly [K in 'evidence' | 'waivers']: SignoffSpec[K] | undefined };

function withParts({ evidence: _, waivers: __, ...rest }: SignoffSpec, { evidence, waivers }: Parts): SignoffSpec {
  return { ...rest, ...(evidence === undefined ? {} : { evidence }), ...(waivers === undefined ? {} : { waivers }) };
}

function without<T>(entries: Record<string, T> | undefined, item: string): Record<string, T> | undefined {
  const kept = Object.entries(entries ?? {}).filter(([own]) => own !== item);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
