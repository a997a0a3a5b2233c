import { describe, expect, test } from 'vitest';
import { formatMoney } from '../../../src/domain/money/money.ts';
import { availabilityAt } from '../../../src/domain/state/availability.ts';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { formatInstant } from '../../../src/domain/time/format-time.ts';
import { OPENING, SHOP, type Shop, worldOf } from '../opening.ts';

const GO = { 'mi-store-opening': { version: 1, by: 'ops', at: '2015-05-18T00:00:00Z' } };

/** `seen|hidden bought|not price by kind id until next`. */
function met(
  market: string,
  sku: string,
  at: string,
  sections: object = {},
  shop: Partial<Shop> = {},
  go = true,
): string {
  const world = worldOf({ ...OPENING, ...sections }, { ...SHOP, ...shop });
  const launches = new Map([...world.documents.launches].map(([id, launch]) => [id, { ...launch, version: 1 }]));
  const signoffs = new Map(
    go
      ? Object.entries(GO).map(([id, given]) => [
          id,
          { kind: 'signoffs' as const, id, version: 1, spec: { go: given }, times: {} },
        ])
      : [],
  );
  const index = indexDocuments({ ...world.documents, launches, signoffs });
  const found = availabilityAt(index, world.contents, market, sku, Date.parse(at));
  return [
    found.visible ? 'seen' : 'hidden',
    found.buyable ? 'bought' : 'not',
    found.price === null ? '-' : formatMoney(found.price),
    'by',
    found.decidedBy.kind,
    found.decidedBy.id ?? '-',
    'until',
    found.nextChangeAt === null ? 'ever' : formatInstant(found.nextChangeAt),
  ].join(' ');
}

const BEFORE = '2015-05-19T10:59:59Z';
const DURING = '2015-05-19T11:00:00Z';
const AFTER = '2015-05-20T11:00:00Z';

describe('what a shopper meets', () => {
  test.each<[string, string, string]>([
    [
      'before the sale, where it is listed',
      met('us', 'mi-band', BEFORE),
      'seen bought 14.99 USD by listing us/mi-band until 2015-05-19T11:00:00Z',
    ],
    [
      'before the sale, where it is not',
      met('gb', 'mi-band', BEFORE),
      'hidden not - by none - until 2015-05-19T11:00:00Z',
    ],
    [
      'in a market that has no site',
      met('us', 'mi-band', BEFORE, { sites: { 'mi-gb': OPENING.sites['mi-gb'] } }),
      'hidden not - by site - until ever',
    ],
    [
      'in the sale',
      met('gb', 'mi-band', DURING),
      'seen bought 14.99 USD by launch mi-store-opening until 2015-05-20T11:00:00Z',
    ],
    [
      'in a sale that nobody let go',
      met('gb', 'mi-band', DURING, {}, {}, false),
      'hidden not - by launch mi-store-opening until 2015-05-20T11:00:00Z',
    ],
    ['after the sale', met('gb', 'mi-band', AFTER), 'hidden not - by none - until ever'],
    ['of a phone', met('us', 'mi-note', DURING), 'hidden not - by policy us until ever'],
    ['of a bundle that holds one', met('us', 'starter-set', DURING), 'hidden not - by policy us until ever'],
    ['of what there is not', met('us', 'mi-bnd', DURING), 'hidden not - by none - until ever'],
    [
      'where the site opens later',
      met('us', 'mi-band', BEFORE, { sites: { 'mi-us': { ...OPENING.sites['mi-us'], opensAt: '2015-05-19T12:00Z' } } }),
      'hidden not - by site mi-us until 2015-05-19T12:00:00Z',
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  test('a window opens on the clock of its market', () => {
    const listings = {
      us: { 'mi-band': { price: '14.99 USD', window: { from: 'start of 2015-06-01', until: 'end of 2015-06-30' } } },
    };
    expect(met('us', 'mi-band', '2015-06-01T03:59:59Z', {}, { listings })).toBe(
      'hidden not - by none - until 2015-06-01T04:00:00Z',
    );
    expect(met('us', 'mi-band', '2015-06-01T04:00:00Z', {}, { listings })).toBe(
      'seen bought 14.99 USD by listing us/mi-band until 2015-07-01T04:00:00Z',
    );
  });

  test('a frozen site shows and sells nothing', () => {
    const sections = {
      sites: { ...OPENING.sites, 'mi-us': { ...OPENING.sites['mi-us'], role: 'legacy' } },
      shutdowns: {
        s: {
          title: 'S',
          sites: ['mi-us'],
          into: 'mi-gb',
          freeze: '2015-07-01T00:00Z',
          dark: '2015-08-01T00:00Z',
          redirectsUntil: '2017-01-01T00:00Z',
        },
      },
    };
    expect(met('us', 'mi-band', '2015-07-01T00:00:00Z', sections)).toBe(
      'seen not 14.99 USD by site mi-us until 2015-08-01T00:00:00Z',
    );
    expect(met('us', 'mi-band', '2015-08-01T00:00:00Z', sections)).toBe('hidden not - by site mi-us until ever');
  });

  test('an exception outranks the policy for as long as it holds', () => {
    const sections = {
      exceptions: {
        trial: {
          markets: ['us'],
          from: ['catalog'],
          skus: ['mi-note'],
          reason: 'r',
          owner: 'o',
          startsAt: '2015-06-01T00:00Z',
          endsAt: '2015-07-01T00:00Z',
          reviewBy: '2015-07-01T00:00Z',
        },
      },
    };
    const listings = { us: { 'mi-note': { price: '300 USD' } } };
    expect(met('us', 'mi-note', '2015-06-01T00:00:00Z', sections, { listings })).toBe(
      'seen bought 300.00 USD by listing us/mi-note until 2015-07-01T00:00:00Z',
    );
    expect(met('us', 'mi-note', '2015-07-01T00:00:00Z', sections, { listings })).toBe(
      'hidden not - by policy us until ever',
    );
  });
});
