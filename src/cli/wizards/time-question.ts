import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import { COMMON, type ResolvedField } from '../../domain/document/resources.ts';
import { Failure } from '../../domain/failure.ts';
import { formatLocal } from '../../domain/time/format-time.ts';
import { resolveTime } from '../../domain/time/resolve-time.ts';
import { isCommon, parseWrittenTime } from '../../domain/time/written-time.ts';
import { renderClocks } from '../entries/render-time.ts';
import { timeView } from '../entries/times.ts';
import { NO_PALETTE } from '../output/colours.ts';
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
  /** Columns that a preview may take. */
  readonly width: number;
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
  const { message, markets, width, initial, optional } = input;
  return {
    kind: 'text',
    message: optional === true ? `${message} (empty: none)` : message,
    ...(initial === undefined ? {} : { initial }),
    check: (typed) => (typed.trim() === '' && optional === true ? null : faultOf(typed, input)),
    preview: (typed) => previewTime(typed, markets, width),
  };
}

/** What is wrong with a time, in one line; null where nothing is. */
function faultOf(typed: string, { markets, notBefore = [], after = [] }: TimeQuestionInput): string | null {
  try {
    const own = resolvedIn(typed, markets);
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
  own: ResolvedField,
  { name, text }: Earlier,
  markets: readonly AffectedMarket[],
  strictly: boolean,
): string | null {
  if (text.trim() === '') return null;
  const earlier = resolvedIn(text, markets);
  const places = markets.length === 0 ? [{ id: 'UTC', zone: 'UTC' }] : markets;
  for (const { id, zone } of places) {
    const at = (own[id] ?? own[COMMON])?.at;
    const bound = (earlier[id] ?? earlier[COMMON])?.at;
    if (at === undefined || bound === undefined || (strictly ? at > bound : at >= bound)) continue;
    return `In ${id} that is ${strictly ? 'not after' : 'before'} ${name} (${formatLocal(bound, zone)})`;
  }
  return null;
}

/** What a text means: in each market, or under `*` alone where it is the same everywhere. */
function resolvedIn(text: string, markets: readonly AffectedMarket[]): ResolvedField {
  const written = parseWrittenTime(text);
  if (isCommon(written) || markets.length === 0) return { [COMMON]: resolveTime(written, null, '') };
  return Object.fromEntries(markets.map(({ id, zone }) => [id, resolveTime(written, zone, '')]));
}

/** Lines that a preview takes at most; the plan shows every market. */
const MOST_LINES = 8;

/** Reasons that are only of interest once somebody has stopped typing. */
const UNFINISHED: ReadonlySet<string> = new Set(['bare-date', 'offset-contradicts-zone']);

/**
 * The instants of what was typed so far, on each market's clock and in UTC. Nothing while it is no time yet, but for what
 * looks whole and is wrong: a clock change that skips it, a date without start or end.
 */
export function previewTime(typed: string, markets: readonly AffectedMarket[], width: number): string {
  try {
    const lines = renderClocks(timeView(resolvedIn(typed, markets), markets), { width, palette: NO_PALETTE });
    const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more lines in the plan`] : [];
    return [...lines.slice(0, MOST_LINES), ...more].join('\n');
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
