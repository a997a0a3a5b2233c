import { escapeControls } from '../../domain/escape.ts';
import type { LaunchStock } from '../../domain/launches/stock.ts';
import { humanDuration } from '../../domain/time/duration.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { cellText } from '../output/columns.ts';
import { flow } from '../output/flow.ts';
import { jsonText } from '../output/json.ts';
import { renderTable } from '../output/table.ts';
import type { View } from '../output/view.ts';
import { stateText } from './state-text.ts';
import { STOCK_COLUMNS, STOCK_ELSEWHERE, type StockRow, stockColumns, stockJson, stockRows } from './stock.ts';

export interface FrameOptions {
  readonly ndjson: boolean;
  readonly view: View;
  /** Lines of the terminal as it is now; null where nobody knows. */
  rows(): number | null;
}

/** Milliseconds between two lines about one item, where nothing can be redrawn; or between two signs of life. */
const BETWEEN_LINES = 10_000;

/** What is written of each look: a table in the place of the one before, or what is different since. */
export async function* watchFrames(
  looks: AsyncIterable<LaunchStock>,
  { ndjson, view, rows }: FrameOptions,
): AsyncGenerator<string> {
  if (ndjson) yield* jsonFrames(looks);
  else if (view.width === null) yield* plainFrames(looks);
  else yield* redrawnFrames(looks, view, rows);
}

/** A value a line, at once wherever something is different, and every ten seconds all the same: it is still watching. */
async function* jsonFrames(looks: AsyncIterable<LaunchStock>): AsyncGenerator<string> {
  let told = { text: '', at: Number.NEGATIVE_INFINITY };
  for await (const look of looks) {
    const text = keyOf(look);
    if (text === told.text && look.now - told.at < BETWEEN_LINES) continue;
    told = { text, at: look.now };
    yield `${jsonText(stockJson(look))}\n`;
  }
}

function keyOf({ markets, version }: LaunchStock): string {
  return JSON.stringify([version, markets]);
}

/** The instant, and then what the table has. Of one item no two lines are closer than ten seconds, but for its last. */
async function* plainFrames(looks: AsyncIterable<LaunchStock>): AsyncGenerator<string> {
  const told = new Map<string, { readonly text: string; readonly at: number }>();
  let last: LaunchStock | null = null;
  const lines = (look: LaunchStock, isDue: (at: number) => boolean): string =>
    stockRows(look)
      .map((row) => [`${row.market}/${row.sku}`, row, lineOf(row)] as const)
      .filter(([key, , text]) => told.get(key)?.text !== text && isDue(told.get(key)?.at ?? Number.NEGATIVE_INFINITY))
      .map(([key, , text]) => {
        told.set(key, { text, at: look.now });
        return `${formatInstant(look.now)}\t${text}\n`;
      })
      .join('');
  for await (const look of looks) {
    const text = lines(look, (at) => look.now - at >= BETWEEN_LINES);
    if (text !== '') yield text;
    last = look;
  }
  const rest = last === null ? '' : lines(last, () => true);
  if (rest !== '') yield rest;
}

function lineOf(row: StockRow): string {
  return [row.state, ...STOCK_COLUMNS.map(({ value }) => escapeControls(cellText(value(row))))].join('\t');
}

/** To the start of a line so many lines above; to the end of a line, and of the screen. */
const up = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\r`);
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/**
 * Each table is written over the one before in one piece, line by line, so nothing flickers; the cursor stays below, so
 * that whatever ends it leaves the terminal as it should be.
 */
async function* redrawnFrames(
  looks: AsyncIterable<LaunchStock>,
  view: View,
  rows: () => number | null,
): AsyncGenerator<string> {
  let drawn = 0;
  for await (const look of looks) {
    const lines = within(frameOf(look, view).split('\n'), rows());
    yield `${up(drawn)}${lines.map((line) => `${line}${CLEAR_LINE}\n`).join('')}${CLEAR_BELOW}`;
    drawn = lines.length;
  }
}

/** What would scroll away could not be written over. */
function within(lines: readonly string[], rows: number | null): readonly string[] {
  const room = (rows ?? Number.POSITIVE_INFINITY) - 2;
  if (lines.length <= room || room < 4) return lines;
  return [...lines.slice(0, room), `… ${lines.length - room} more lines; --json has all`];
}

function frameOf(look: LaunchStock, view: View): string {
  const { palette, width } = view;
  const head = [palette.id(look.launch), formatInstant(look.now - (look.now % 1000)), palette.faint('Ctrl-C ends')];
  const states = Map.groupBy(look.markets, ({ state, startsAt, endsAt }) => `${state} ${startsAt} ${endsAt}`);
  const lines = [...states.values()].map((group) => {
    const [first] = group;
    const names = group.map(({ market }) => market).join(', ');
    const parts = first === undefined ? [] : [names, stateText(first.state, palette), remaining(first, look.now)];
    return flow(parts, { width, used: 0, indent: '  ' });
  });
  return [
    flow(head, { width, used: 0, indent: '  ' }),
    ...lines,
    renderTable(stockRows(look), stockColumns(view.width), view, STOCK_ELSEWHERE),
  ].join('\n');
}

function remaining({ state, startsAt, endsAt }: LaunchStock['markets'][number], now: number): string {
  if (state === 'scheduled') return `starts in ${humanDuration(startsAt - now)}`;
  if ((state === 'live' || state === 'held') && endsAt !== null) return `ends in ${humanDuration(endsAt - now)}`;
  return '';
}
