import { HOLD_MINUTES } from '../../domain/launches/hold.ts';
import type { LaunchStock } from '../../domain/launches/stock.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import type { Entry } from '../entries/entry.ts';
import { counted } from '../output/counted.ts';
import { tabLines } from '../output/delimited.ts';
import { type Fact, renderFacts } from '../output/facts.ts';
import { hang } from '../output/hang.ts';
import { renderTable } from '../output/table.ts';
import type { View } from '../output/view.ts';
import { clockLines } from './market-clocks.ts';
import { STOCK_COLUMNS, STOCK_ELSEWHERE, stockColumns, stockJson, stockRows } from './stock.ts';

export function launchJson(entry: Entry<'launches'>, stock: LaunchStock): object {
  return { ...entry, stock: stockJson(stock) };
}

/** A launch for people: what it is, when it is where, and what is left. In a pipe: facts, and a line per market and item. */
export function launchText(entry: Entry<'launches'>, stock: LaunchStock, view: View): string {
  const facts = renderFacts(factsOf(entry, stock), view);
  if (view.width === null) {
    const markets = stock.markets.map(({ market, state, startsAt, endsAt }) =>
      ['market', market, state, formatInstant(startsAt), endsAt === null ? '' : formatInstant(endsAt)].join('\t'),
    );
    return [facts, ...markets, ...tabLines(stockRows(stock), STOCK_COLUMNS)].join('\n');
  }
  const clocks = clockLines(stock.markets, view).join('\n');
  const items = renderTable(stockRows(stock), stockColumns(view.width), view, STOCK_ELSEWHERE);
  const limited = stock.markets.some(({ items: own }) => own.some(({ limitPerBuyer }) => limitPerBuyer !== null));
  const scope = limited
    ? [hang('', `Per buyer: ${stock.limitScope}.`, view.width).map(view.palette.faint).join('\n')]
    : [];
  return [facts, clocks, items, ...scope].join('\n\n');
}

/** A name, its value, and what there is to say about it. */
type FactLine = readonly [string, string | undefined, (string | undefined)?];

function factsOf({ id, version, spec, times }: Entry<'launches'>, stock: LaunchStock): readonly Fact[] {
  const { at } = stock;
  const written = (key: string) => Object.values(times[key] ?? {})[0]?.text;
  const lines: readonly FactLine[] = [
    ['id', id],
    ['title', spec.title],
    ['kind', spec.kind],
    ['version', String(version)],
    ['starts at', written('startsAt')],
    ['ends at', written('endsAt')],
    ['checklist', spec.checklist ?? 'none', spec.checklist === undefined ? 'it starts by itself' : undefined],
    goLine(spec.checklist, stock, id),
    [
      'held for',
      counted(spec.holdMinutes ?? HOLD_MINUTES, 'minute'),
      spec.holdMinutes === undefined ? 'default' : undefined,
    ],
    ['cancelled', spec.cancelled],
    ['states of', formatInstant(at)],
  ];
  return lines.flatMap(([name, value, note]) =>
    value === undefined ? [] : [{ name, value, ...(note === undefined ? {} : { note }) }],
  );
}

/** Who let it go, or what it waits for; nothing of one that starts by itself. */
function goLine(checklist: string | undefined, { go, version }: LaunchStock, id: string): FactLine {
  if (checklist === undefined) return ['go', undefined];
  if (go === null) return ['go', 'nobody has let it go', `storectl launches checklist ${id}`];
  const given = `by ${go.by} at ${go.at}, as version ${go.version}`;
  if (go.stands) return ['go', given, 'any change of the launch voids it'];
  return ['go', given, `void: it is at version ${version} now; storectl launches go ${id}`];
}
