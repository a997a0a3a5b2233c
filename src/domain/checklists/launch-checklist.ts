import type { SignoffSpec } from '../document/launch-schema.ts';
import type { Resource } from '../document/resources.ts';
import { EXIT, Failure } from '../failure.ts';
import { type GivenGo, type LaunchState, launchStateAt, needsGo } from '../launches/launch-state.ts';
import { givenGo, launchRun } from '../launches/launch-times.ts';
import { formatInstant } from '../time/format-time.ts';
import { readInstant } from '../time/read-instant.ts';
import { type Evaluating, evaluateChecks } from './evaluate.ts';
import { blocking, type ItemStatus, itemStatuses } from './item-state.ts';
import { checklistOf } from './templates.ts';

/** A launch in one market, as far as its checklist is concerned. */
export interface LaunchMarket {
  readonly market: string;
  readonly zone: string;
  /** Epoch milliseconds; null where it has none. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly state: LaunchState;
}

/** Something that a person should know of a checklist although it stops nothing. */
export interface ChecklistNote {
  readonly code: 'go-void' | 'open-after-go' | 'ends-before-start' | 'one-signer';
  readonly message: string;
}

/** Everything there is to know of whether a launch may go. */
export interface LaunchChecklist {
  readonly launch: string;
  readonly version: number;
  readonly checklist: { readonly id: string; readonly title: string | null; readonly shipped: boolean };
  /** Epoch milliseconds. */
  readonly at: number;
  readonly markets: readonly LaunchMarket[];
  readonly items: readonly ItemStatus[];
  /** The items that stop it. */
  readonly open: readonly string[];
  readonly go: GivenGo | null;
  readonly notes: readonly ChecklistNote[];
}

/**
 * A launch's checklist as it stands at `now` of what is looked at.
 *
 * @throws Failure `no-checklist` where the launch has none
 */
export function launchChecklist(evaluating: Evaluating, signoff: SignoffSpec): LaunchChecklist {
  const { launch, now, index } = evaluating;
  const { documents } = index;
  const id = launch.spec.checklist;
  const specs = new Map([...documents.checklists.values()].map((own) => [own.id, own.spec]));
  const checklist = id === undefined ? undefined : checklistOf(specs, id);
  if (id === undefined || checklist === undefined) throw noChecklist(launch.id);
  const { version } = launch;
  const results = evaluateChecks(evaluating, checksOf(checklist));
  const items = itemStatuses({ checklist, signoff, results, version, at: now });
  const go = givenGo(launch, signoff);
  const markets = launch.spec.markets.map((market): LaunchMarket => {
    const run = launchRun(launch, market, signoff);
    return {
      market,
      zone: documents.markets.get(market)?.spec.timeZone ?? 'UTC',
      startsAt: Number.isFinite(run.startsAt) ? run.startsAt : null,
      endsAt: run.endsAt,
      state: launchStateAt(run, now),
    };
  });
  const open = blocking(items).map(({ item }) => item);
  return {
    launch: launch.id,
    version,
    checklist: { id, title: checklist.title ?? null, shipped: !specs.has(id) },
    at: now,
    markets,
    items,
    open,
    go,
    notes: notesOn({ launch: launch.id, version, items, open, go, markets, now }),
  };
}

function checksOf({ items }: NonNullable<ReturnType<typeof checklistOf>>) {
  return new Set(Object.values(items).flatMap((item) => ('check' in item ? [item.check] : [])));
}

/** Items that a note names. */
const NAMED = 3;

interface Noting extends Pick<LaunchChecklist, 'launch' | 'version' | 'items' | 'open' | 'go' | 'markets'> {
  readonly now: number;
}

function notesOn({ launch, version, items, open, go, markets, now }: Noting): readonly ChecklistNote[] {
  const notes: ChecklistNote[] = [];
  if (go !== null && !go.stands) {
    const message = `the go that ${go.by} gave at ${go.at} was for version ${go.version}; the launch is at version ${version} now, so it has to be let go again`;
    notes.push({ code: 'go-void', message });
  }
  if (go?.stands === true && open.length > 0) {
    const message = `it was let go, and does not hold any more: ${open.join(', ')}; \`storectl launches hold ${launch}\` takes the go back`;
    notes.push({ code: 'open-after-go', message });
  }
  const start = Math.min(...markets.map(({ startsAt }) => startsAt ?? Number.POSITIVE_INFINITY));
  const early = items
    .flatMap(({ item, until, waiver }) => (until === null ? [] : [{ item, until, waived: waiver !== null }]))
    .filter(({ until }) => readInstant(until) <= start)
    .toSorted((a, b) => readInstant(a.until) - readInstant(b.until));
  if (start > now && Number.isFinite(start) && early.length > 0) {
    const named = early
      .slice(0, NAMED)
      .map(({ item, until, waived }) => `${item}${waived ? ' (waived)' : ''} at ${until}`);
    const more = early.length > NAMED ? ` and ${early.length - NAMED} more` : '';
    const message = `these end before the launch starts at ${formatInstant(start)}: ${named.join(', ')}${more}`;
    notes.push({ code: 'ends-before-start', message });
  }
  const signers = items.filter(({ state }) => state === 'signed').map(({ evidence }) => evidence?.by);
  const manual = items.filter(({ kind }) => kind === 'manual').length;
  if (signers.length > 1 && signers.length === manual && new Set(signers).size === 1) {
    notes.push({ code: 'one-signer', message: `${signers[0]} alone signed all ${signers.length} manual items` });
  }
  return notes;
}

/**
 * Whether a launch can be held by taking its go back.
 *
 * @throws Failure `no-checklist` where it needs no go, with what stops it instead
 */
export function requireHoldable({ id, spec }: Resource<'launches'>): void {
  if (needsGo(spec)) return;
  throw new Failure({
    code: 'no-checklist',
    exit: EXIT.usage,
    message: `Launch ${id} has no checklist: it starts by itself, and has no go that could be taken back.`,
    remedy: `What stops it is: storectl launches cancel ${id}`,
    details: { launch: id },
  });
}

function noChecklist(launch: string): Failure {
  return new Failure({
    code: 'no-checklist',
    exit: EXIT.usage,
    message: `Launch ${launch} has no checklist: it starts by itself, and nothing has to be signed.`,
    remedy: `Give it one with: storectl launches change ${launch} --checklist flash-sale`,
    details: { launch },
  });
}
