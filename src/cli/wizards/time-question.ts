import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import { COMMON } from '../../domain/document/resources.ts';
import { Failure } from '../../domain/failure.ts';
import { formatInstant, formatLocal } from '../../domain/time/format-time.ts';
import { resolveTime } from '../../domain/time/resolve-time.ts';
import { isCommon, parseWrittenTime } from '../../domain/time/written-time.ts';
import type { TextQuestion } from '../prompts/ask.ts';

/** A bound that a time has to keep: the field that comes before it, and what was answered there. */
export interface Earlier {
  readonly name: string;
  readonly text: string;
}

export interface TimeQuestionInput {
  readonly message: string;
  /** The markets in whose zones a civil time is read. */
  readonly markets: readonly AffectedMarket[];
  readonly initial?: string;
  /** An empty answer is fine: the entry goes without. */
  readonly optional?: true;
  /** Times that this one must not come before; empty texts are none. */
  readonly notBefore?: readonly Earlier[];
  /** The same, but the two must differ: something has to last. */
  readonly after?: readonly Earlier[];
}

/**
 * Asks for a time. While it is typed, each affected market's local time is shown beside UTC; what is wrong with it is
 * said when it is entered, in the words of the time reader.
 */
export function timeQuestion(input: TimeQuestionInput): TextQuestion {
  const { message, markets, initial, optional } = input;
  return {
    kind: 'text',
    message: optional === true ? `${message} (empty: none)` : message,
    ...(initial === undefined ? {} : { initial }),
    check: (typed) => (typed.trim() === '' && optional === true ? null : faultOf(typed, input)),
    preview: (typed) => previewTime(typed, markets),
  };
}

/** What is wrong with a time, in one line; null where nothing is. */
function faultOf(typed: string, { markets, notBefore = [], after = [] }: TimeQuestionInput): string | null {
  try {
    const own = instantsOf(typed, markets);
    return (
      notBefore.map((earlier) => orderFault(own, earlier, markets, false)).find((fault) => fault !== null) ??
      after.map((earlier) => orderFault(own, earlier, markets, true)).find((fault) => fault !== null) ??
      null
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.remedy === undefined ? error.message : `${error.message}. ${error.remedy}`;
  }
}

/** Texts say nothing of the order: each market is compared at its own instants. */
function orderFault(
  own: ReadonlyMap<string, number>,
  { name, text }: Earlier,
  markets: readonly AffectedMarket[],
  strictly: boolean,
): string | null {
  if (text.trim() === '') return null;
  const earlier = instantsOf(text, markets);
  for (const { id, zone } of markets) {
    const at = own.get(id) ?? own.get(COMMON);
    const bound = earlier.get(id) ?? earlier.get(COMMON);
    if (at === undefined || bound === undefined || (strictly ? at > bound : at >= bound)) continue;
    return `In ${id} that is ${strictly ? 'not after' : 'before'} ${name} (${formatLocal(bound, zone)})`;
  }
  return null;
}

/** Instants in epoch milliseconds by market; under `*` alone where it is the same everywhere. */
export function instantsOf(text: string, markets: readonly AffectedMarket[]): ReadonlyMap<string, number> {
  const written = parseWrittenTime(text);
  if (isCommon(written) || markets.length === 0) return new Map([[COMMON, resolveTime(written, null, '').at]]);
  return new Map(markets.map(({ id, zone }) => [id, resolveTime(written, zone, '').at]));
}

/** How many markets a preview names; the plan shows all of them. */
const MOST_PREVIEWED = 6;

/** Reasons that are only of interest once somebody has stopped typing. */
const UNFINISHED: ReadonlySet<string> = new Set(['bare-date', 'offset-contradicts-zone']);

/**
 * The instants of what was typed so far: a line for each UTC instant with the markets' local times. Nothing while it is
 * no time yet, but for what looks whole and is wrong: a clock change that skips it, a date without start or end.
 */
export function previewTime(typed: string, markets: readonly AffectedMarket[]): string {
  try {
    const instants = instantsOf(typed, markets);
    const common = instants.get(COMMON);
    const shown = markets.slice(0, MOST_PREVIEWED);
    const locals = shown.map(({ id, zone }) => ({ id, zone, at: instants.get(id) ?? common ?? 0 }));
    const lines = Map.groupBy(locals, ({ at }) => at);
    const text = [...lines].map(
      ([at, group]) =>
        `${formatInstant(at)} = ${group.map(({ id, zone }) => `${id} ${formatLocal(at, zone)}`).join(', ')}`,
    );
    if (markets.length === 0 && common !== undefined) return formatInstant(common);
    const more = markets.length > shown.length ? [`and ${markets.length - shown.length} more markets`] : [];
    return [...text, ...more].join('\n');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const clockChange = error.code === 'time-skipped' || error.code === 'time-ambiguous';
    return clockChange || UNFINISHED.has(reasonOf(error)) ? (error.remedy ?? error.message) : '';
  }
}

function reasonOf({ details }: Failure): string {
  if (typeof details !== 'object' || details === null || !('reason' in details)) return '';
  return String(details.reason);
}
