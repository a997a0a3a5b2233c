import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { LaunchStock, MarketStock } from '../../domain/launches/stock.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { readAskedTime } from '../answers/asked-time.ts';
import { utc, zoned } from '../answers/moments.ts';
import type { Column } from '../output/columns.ts';

/** @param at when the states are told for; now unless told */
export async function readStock(client: Client, launch: string, at = 'now'): Promise<LaunchStock> {
  const query = { at: readAskedTime(at).text };
  return (await client.call(api.launchStock.get, { params: { id: launch }, query })).value;
}

/** As --json gives it: instants in RFC 3339 UTC, and in RFC 9557 in each market's zone. */
export function stockJson({ now, at, markets, ...rest }: LaunchStock): object {
  return {
    ...rest,
    now: utc(now),
    at: utc(at),
    markets: markets.map(({ startsAt, endsAt, zone, ...market }) => ({
      ...market,
      startsAt: utc(startsAt),
      endsAt: utc(endsAt),
      local: zone === null ? null : { startsAt: zoned(startsAt, zone), endsAt: zoned(endsAt, zone), zone },
    })),
  };
}

/** An item in a market, as a table has it. */
export type StockRow = MarketStock['items'][number] & Pick<MarketStock, 'market' | 'state'>;

export function stockRows({ markets }: Pick<LaunchStock, 'markets'>): readonly StockRow[] {
  return markets.flatMap(({ market, state, items }) => items.map((item) => ({ ...item, market, state })));
}

/** What matters most while it sells comes first: a narrow terminal leaves out the last ones. */
export const STOCK_COLUMNS: readonly Column<StockRow>[] = [
  { key: 'market', header: 'MARKET', value: ({ market }) => market, keep: true },
  { key: 'sku', header: 'ITEM', value: ({ sku }) => sku, keep: true },
  { key: 'left', header: 'LEFT', value: ({ left }) => (left === null ? 'any' : left), whole: true, align: 'right' },
  { key: 'held', header: 'HELD', value: ({ held }) => held, whole: true, align: 'right' },
  { key: 'confirmed', header: 'SOLD', value: ({ confirmed }) => confirmed, whole: true, align: 'right' },
  { key: 'allocation', header: 'OF', value: ({ allocation }) => allocation, whole: true, align: 'right' },
  { key: 'price', header: 'PRICE', value: ({ price }) => formatMoney(price), whole: true, align: 'right' },
  {
    key: 'limitPerBuyer',
    header: 'PER BUYER',
    value: ({ limitPerBuyer }) => limitPerBuyer,
    whole: true,
    align: 'right',
  },
];

/** Where units are shown that a terminal has no room for: these tables are no lists, whose columns can be chosen. */
export const STOCK_ELSEWHERE = '--json has all';

/** Narrower than this, what was agreed gives way to what is left. */
const NARROW = 60;

/** The columns for a terminal of this width; a name and three numbers are what a narrow one has room for. */
export function stockColumns(width: number | null): readonly Column<StockRow>[] {
  return width !== null && width < NARROW ? STOCK_COLUMNS.slice(0, 5) : STOCK_COLUMNS;
}
