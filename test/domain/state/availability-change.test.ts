import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Availability, availabilityAt } from '../../../src/domain/state/availability.ts';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { OPENING, PRODUCTS, SHOP, worldOf } from '../opening.ts';

const HOUR = 3_600_000;
const START = Date.parse('2015-05-01T00:00:00Z');
const END = Date.parse('2015-08-01T00:00:00Z');
const instant = fc.integer({ min: START / HOUR, max: END / HOUR }).map((hours) => hours * HOUR);
const span = fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) + HOUR }));
const text = (at: number): string => new Date(at).toISOString();

/** A market in which everything happens at some time: a site opens, freezes and goes dark, exceptions come and go. */
const schedules = fc.record({ opens: instant, listed: span, exempt: span, sale: span, go: fc.option(instant) });

type Schedule = typeof schedules extends fc.Arbitrary<infer T> ? T : never;

function worldAt({ opens, listed, exempt, sale, go }: Schedule) {
  const sections = {
    ...OPENING,
    sites: { ...OPENING.sites, 'mi-us': { ...OPENING.sites['mi-us'], opensAt: text(opens) } },
    exceptions: {
      trial: {
        markets: ['us'],
        from: ['catalog' as const],
        skus: ['mi-note'],
        reason: 'r',
        owner: 'o',
        reviewBy: text(END),
        startsAt: text(exempt.from),
        endsAt: text(exempt.until),
      },
    },
    launches: {
      'mi-store-opening': {
        ...OPENING.launches['mi-store-opening'],
        startsAt: text(sale.from),
        endsAt: text(sale.until),
      },
    },
  };
  const window = { from: text(listed.from), until: text(listed.until) };
  const listings = Object.fromEntries(['mi-band', 'mi-note'].map((sku) => [sku, { price: '9.99 USD', window }]));
  const { documents, contents } = worldOf(sections, { ...SHOP, listings: { us: listings } });
  const launches = new Map([...documents.launches].map(([id, launch]) => [id, { ...launch, version: 1 }]));
  const spec = go === null ? {} : { go: { version: 1, by: 'ops', at: text(go) } };
  const signoffs = new Map([
    ['mi-store-opening', { kind: 'signoffs' as const, id: 'mi-store-opening', version: 1, spec, times: {} }],
  ]);
  return { index: indexDocuments({ ...documents, launches, signoffs }), contents };
}

function gist({ visible, buyable, price, decidedBy }: Availability): string {
  return JSON.stringify([visible, buyable, price, decidedBy]);
}

test('an answer holds until it says that it changes, and is another one then', () => {
  const skus = fc.constantFrom(...Object.keys(PRODUCTS));
  fc.assert(
    fc.property(schedules, skus, instant, fc.double({ min: 0, max: 1, noNaN: true }), (own, sku, at, share) => {
      const { index, contents } = worldAt(own);
      const ask = (when: number): Availability => availabilityAt(index, contents, 'us', sku, when);
      const found = ask(at);
      const until = found.nextChangeAt ?? END + 1000 * HOUR;
      expect(gist(ask(Math.min(until - 1, at + Math.floor(share * (until - at)))))).toBe(gist(found));
      if (found.nextChangeAt !== null) expect(gist(ask(found.nextChangeAt))).not.toBe(gist(found));
      expect(found.why.filter(({ role }) => role === 'decides')).toHaveLength(1);
      expect(found.buyable && !found.visible).toBe(false);
    }),
    { numRuns: 300 },
  );
});
