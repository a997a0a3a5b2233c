import { describe, expect, test } from 'vitest';
import { listingLines } from '../../../src/domain/document/content-lines.ts';
import { countOnSale, launchesInBrief, marketStanding } from '../../../src/domain/state/market-status.ts';
import { formatInstant } from '../../../src/domain/time/format-time.ts';
import { OPENING, SHOP, worldOf } from '../opening.ts';

const { 'mi-store-opening': SALE } = OPENING.launches;

/** `kind id at: text`. */
function waitingIn(market: string, at: string, sections: object = {}): readonly string[] {
  const { documents } = worldOf({ ...OPENING, ...sections });
  return marketStanding(documents, market, Date.parse(at)).waits.map(({ kind, id }) => `${kind} ${id}`);
}

describe('what waits in a market', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['a launch to come that needs a go', waitingIn('us', '2015-05-19T10:59:59Z'), ['launch-needs-go mi-store-opening']],
    ['a launch whose start has come', waitingIn('us', '2015-05-19T11:00:00Z'), ['launch-held mi-store-opening']],
    ['nothing once it is over', waitingIn('us', '2015-05-20T11:00:00Z'), []],
    ['nothing of a launch that starts by itself', waitingIn('us', '2015-05-19T10:00:00Z', byItself()), []],
    ['nothing of one that is cancelled', waitingIn('us', '2015-05-19T10:00:00Z', cancelled()), []],
    // 2019-12-31 ends in Berlin an hour before it ends in London.
    ['a certificate that ran out here', waitingIn('de', '2019-12-31T23:00:00Z'), ['certification-expired ce']],
    ['and not in a market where the day goes on', waitingIn('gb', '2019-12-31T23:00:00Z'), []],
    ['a site, where there is none', waitingIn('us', '2015-05-20T11:00:00Z', { sites: {} }), ['no-site us']],
    ['nor in one that never asked for it', waitingIn('us', '2020-12-31T23:00:00Z'), []],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  function byItself(): object {
    const { checklist: _, ...launch } = SALE;
    return { launches: { 'mi-store-opening': launch } };
  }

  function cancelled(): object {
    return { launches: { 'mi-store-opening': { ...SALE, cancelled: 'the ship sank' } } };
  }
});

test('launches stand in the order of their starts, each with its instants', () => {
  const later = { ...SALE, startsAt: '2015-06-19T13:00', endsAt: undefined };
  const { documents } = worldOf({ ...OPENING, launches: { later, ...OPENING.launches } });
  const { launches } = marketStanding(documents, 'us', Date.parse('2015-05-19T11:00:00Z'));
  expect(
    launches.map(({ launch, state, startsAt, endsAt, needsGo }) => [
      launch,
      state,
      formatInstant(startsAt),
      endsAt === null ? null : formatInstant(endsAt),
      needsGo,
    ]),
  ).toEqual([
    ['mi-store-opening', 'held', '2015-05-19T11:00:00Z', '2015-05-20T11:00:00Z', true],
    ['later', 'scheduled', '2015-06-19T17:00:00Z', null, true],
  ]);
});

test('a market without a catalog says so', () => {
  const { us: _, ...catalogs } = OPENING.catalogs;
  const { documents } = worldOf({ ...OPENING, catalogs, launches: {} });
  expect(marketStanding(documents, 'us', 0).catalog).toBe(null);
  expect(marketStanding(documents, 'gb', 0).catalog).toEqual({ id: 'gb', mode: 'accessories-only', listings: 0 });
});

test('a launch is counted over all of its markets, each on its own clock', () => {
  const local = { ...SALE, startsAt: '2015-05-19T13:00', endsAt: '2015-05-19T14:00' };
  const { documents } = worldOf({ ...OPENING, launches: { local } });
  const at = (text: string): string =>
    launchesInBrief(documents, Date.parse(text))
      .map(({ live, held, scheduled, nextChangeAt }) =>
        [live, held, scheduled, nextChangeAt === null ? '-' : formatInstant(nextChangeAt)].join(' '),
      )
      .join();
  // Paris and Berlin at 11:00 UTC, London at 12:00, New York at 17:00.
  expect(at('2015-05-19T10:59:59Z')).toBe('0 0 4 2015-05-19T11:00:00Z');
  expect(at('2015-05-19T11:00:00Z')).toBe('0 2 2 2015-05-19T12:00:00Z');
  expect(at('2015-05-19T12:00:00Z')).toBe('0 1 1 2015-05-19T13:00:00Z');
  expect(at('2015-05-19T17:00:00Z')).toBe('0 1 0 2015-05-19T18:00:00Z');
  expect(at('2015-05-19T18:00:00Z')).toBe('');
});

test('a listing is on sale from the first instant of its window to before the last', () => {
  const own = {
    always: { price: '1.00 USD' },
    june: { price: '1.00 USD', window: { from: 'start of 2015-06-01', until: 'end of 2015-06-30' } },
  };
  const products = Object.fromEntries(Object.keys(own).map((sku) => [sku, { title: sku, category: 'power' }]));
  const world = worldOf(
    { ...OPENING, launches: {} },
    { products: { ...SHOP.products, ...products }, listings: { us: own } },
  );
  const catalog = world.documents.catalogs.get('us');
  if (catalog === undefined) throw new Error('the catalog is stated');
  const count = (at: string) => countOnSale(catalog, listingLines(own), Date.parse(at));
  expect(count('2015-06-01T03:59:59.999Z')).toBe(1);
  expect(count('2015-06-01T04:00:00Z')).toBe(2);
  expect(count('2015-07-01T03:59:59.999Z')).toBe(2);
  expect(count('2015-07-01T04:00:00Z')).toBe(1);
});
