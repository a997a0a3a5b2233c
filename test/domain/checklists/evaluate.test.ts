import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../src/domain/checklists/checks.ts';
import { evaluateChecks } from '../../../src/domain/checklists/evaluate.ts';
import { blocking, itemStatuses } from '../../../src/domain/checklists/item-state.ts';
import { checklistOf, shippedChecklists } from '../../../src/domain/checklists/templates.ts';
import type { LaunchSpec, SignoffSpec } from '../../../src/domain/document/launch-schema.ts';
import { ChecklistSpec } from '../../../src/domain/document/launch-schema.ts';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { OPENING, PRODUCTS, SHOP, worldOf } from '../opening.ts';

const NOW = Date.parse('2015-05-01T00:00:00Z');

function results(sections: object = {}, shop: Partial<typeof SHOP> = {}) {
  const { documents, contents } = worldOf({ ...OPENING, ...sections }, { ...SHOP, ...shop });
  const launch = documents.launches.get('mi-store-opening');
  if (launch === undefined) throw new Error('the launch is there');
  return evaluateChecks({ index: indexDocuments(documents), contents, launch, now: NOW });
}

const launch = (own: Partial<LaunchSpec>) => ({
  launches: { 'mi-store-opening': { ...OPENING.launches['mi-store-opening'], ...own } },
});
const items = (own: object) => launch({ items: { ...OPENING.launches['mi-store-opening'].items, ...own } });

test('everything that the platform can prove holds of the opening, and says why', () => {
  const found = results();
  expect(CHECKS.filter((check) => found.get(check)?.holds !== true)).toEqual([]);
  for (const check of CHECKS) expect(found.get(check)?.why.length, check).toBeGreaterThan(0);
});

/** Another launch of the day after, in the United States. */
const beside = (own: object) => ({
  launches: {
    ...OPENING.launches,
    second: {
      ...OPENING.launches['mi-store-opening'],
      markets: ['us'],
      startsAt: '2015-05-21T13:00-04:00[America/New_York]',
      endsAt: '2015-05-22T13:00-04:00[America/New_York]',
      ...own,
    },
  },
});

test('what other launches allocate counts until they have ended, and not where they are cancelled', () => {
  const items = { 'mi-band': { allocation: 1, limitPerBuyer: 1, price: '14.99 USD' } };
  const ended = { startsAt: '2015-04-01T13:00Z', endsAt: '2015-04-02T13:00Z' };
  expect(results(beside({ items, ...ended })).get('allocations')?.holds).toBe(true);
  expect(results(beside({ items, cancelled: 'no longer wanted' })).get('allocations')?.holds).toBe(true);
  expect(results(beside({ items, markets: ['fr'] })).get('allocations')?.why).toContain(
    'fr: 500 of `mi-band` are allocated besides 1 in second, and 500 are in stock',
  );
});

test('a bundle with a stock of its own takes nothing from its components', () => {
  const pair = {
    title: 'Two',
    category: 'bundles',
    components: { 'mi-band': 2 },
    stock: { us: 9, gb: 9, fr: 9, de: 9 },
  };
  const sold = items({
    ...OPENING.launches['mi-store-opening'].items,
    'band-pair': { allocation: 9, limitPerBuyer: 1, price: '25.00 USD' },
  });
  const found = results(sold, { products: { ...PRODUCTS, 'band-pair': pair } }).get('allocations');
  expect(found?.why.filter((why) => why.startsWith('us: ') && /band/.test(why))).toEqual([
    'us: 500 of 500 `mi-band`',
    'us: 9 of 9 `band-pair`',
  ]);
});

describe('an automatic item that does not hold says what is missing', () => {
  const note = { allocation: 5, limitPerBuyer: 1, price: '300.00 USD' };
  const { fr: _, ...levels } = OPENING.serviceLevels;
  test.each<[(typeof CHECKS)[number], object, Partial<typeof SHOP>, RegExp]>([
    [
      'policy',
      items({ 'mi-note': note }),
      {},
      /sells `mi-note` in us: `mi-note` \(phones\/smartphones\) is no accessory/,
    ],
    ['policy', items({ 'starter-set': note }), {}, /\(starter-set → phone-kit → mi-note\)/],
    [
      'prices',
      items({ 'mi-band': { ...note, price: { us: '14.99 USD', gb: '14.99 USD', fr: '149.90 USD', de: '14.99 USD' } } }),
      {},
      /^fr: `mi-band` costs 149.90 USD, and 14.99 USD in us$/,
    ],
    ['prices', items({ 'mi-band': { ...note, price: '0 USD' } }), {}, /^us: `mi-band` costs nothing$/],
    [
      'locales',
      {},
      {
        products: { ...PRODUCTS, 'mi-band': { ...PRODUCTS['mi-band'], locales: ['en-US', 'fr-FR', 'de-DE'] } as never },
      },
      /^gb: the texts of `mi-band` are not complete in en-GB$/,
    ],
    [
      'certifications',
      {
        certifications: {
          ...OPENING.certifications,
          fcc: { ...OPENING.certifications.fcc, until: 'end of 2015-05-19' },
        },
      },
      {},
      /^us: the certification of `mi-headphones` ends at 2015-05-20T04:00:00Z$/,
    ],
    [
      'certifications',
      { certifications: { fcc: OPENING.certifications.fcc } },
      {},
      /^gb: `mi-headphones` has no certification$/,
    ],
    [
      'allocations',
      items({ 'mi-band': { ...note, price: '14.99 USD', allocation: 501 } }),
      {},
      /^us: 501 of `mi-band` are allocated, and 500 are in stock$/,
    ],
    [
      'allocations',
      beside({ items: { 'mi-band': { allocation: 1, limitPerBuyer: 1, price: '14.99 USD' } } }),
      {},
      /^us: 500 of `mi-band` are allocated besides 1 in second, and 500 are in stock$/,
    ],
    [
      'allocations',
      items({ 'band-pair': { ...note, allocation: 1, price: '25.00 USD' } }),
      { products: { ...PRODUCTS, 'band-pair': { title: 'Two', category: 'bundles', components: { 'mi-band': 2 } } } },
      /^us: 502 of `mi-band` are allocated, and 500 are in stock$/,
    ],
    [
      'sites',
      { sites: { ...OPENING.sites, 'mi-de': { ...OPENING.sites['mi-de'], opensAt: '2016-01-01T00:00Z' } } },
      {},
      /mi-de is prelaunch/,
    ],
    [
      'schedule',
      { freezeWindows: { w: { from: '2015-05-19T00:00Z', until: '2015-05-20T00:00Z', reason: 'audit' } } },
      {},
      /inside the freeze window w: audit/,
    ],
    ['payment-methods', { serviceLevels: levels }, {}, /^fr: no payment method is named$/],
    ['delivery', { serviceLevels: levels }, {}, /^fr: no delivery promise is made$/],
    ['returns', { serviceLevels: levels }, {}, /^fr: no returns window is stated$/],
    [
      'limits',
      { ...launch({ kind: 'standard', items: { 'mi-band': { price: '14.99 USD' } } }) },
      {},
      /^us: `mi-band` has no limit per buyer$/,
    ],
  ])('%s', (check, sections, shop, expected) => {
    const found = results(sections, shop).get(check);
    expect(found?.holds).toBe(false);
    expect(found?.why.join('\n')).toMatch(new RegExp(expected.source, 'm'));
  });
});

describe('the items of a checklist', () => {
  const checklist = checklistOf(new Map(), 'flash-sale');
  if (checklist === undefined) throw new Error('it is shipped');
  const statuses = (signoff: SignoffSpec, at = NOW) =>
    itemStatuses({ checklist, signoff, results: results(), version: 3, at });
  const stateOf = (signoff: SignoffSpec, item: string, at = NOW) =>
    statuses(signoff, at).find((one) => one.item === item);
  const signed = {
    by: 'anna',
    at: '2015-04-30T00:00:00Z',
    until: '2015-05-14T00:00:00Z',
    link: 'https://example.com/load',
  };
  const waiver = {
    by: 'ben',
    at: '2015-04-30T00:00:00Z',
    reason: 'tested last week',
    owner: 'carla',
    until: '2015-05-20T00:00:00Z',
  };

  test('manual ones are open until a person signs, and again when the signature ends', () => {
    expect(stateOf({}, 'load-test')).toMatchObject({ state: 'open', blocks: true });
    expect(stateOf({ evidence: { 'load-test': signed } }, 'load-test')).toMatchObject({
      state: 'signed',
      blocks: false,
      evidence: { by: 'anna' },
      until: '2015-05-14T00:00:00Z',
    });
    const later = Date.parse('2015-05-14T00:00:00Z');
    expect(stateOf({ evidence: { 'load-test': signed } }, 'load-test', later)).toMatchObject({
      state: 'expired',
      blocks: true,
      until: null,
    });
  });

  test('what is signed or waived later does not count before', () => {
    const before = Date.parse('2015-04-29T00:00:00Z');
    expect(stateOf({ evidence: { 'load-test': signed } }, 'load-test', before)?.state).toBe('open');
    expect(stateOf({ waivers: { 'load-test': waiver } }, 'load-test', before)?.state).toBe('open');
  });

  test('a signature that was given for an earlier version of the launch says so', () => {
    const early = { ...signed, version: 2 };
    expect(stateOf({ evidence: { 'load-test': early } }, 'load-test')?.why).toContain(
      'signed when the launch was at version 2; it is at 3 now',
    );
    expect(stateOf({ evidence: { 'load-test': { ...signed, version: 3 } } }, 'load-test')?.why).toEqual([
      'signed by anna at 2015-04-30T00:00:00Z',
      'https://example.com/load',
    ]);
  });

  test('a waiver lets an item be open until it ends, and hides nothing', () => {
    const waived = stateOf({ waivers: { 'load-test': waiver } }, 'load-test');
    expect(waived).toMatchObject({ state: 'waived', blocks: false, waiver, until: '2015-05-20T00:00:00Z' });
    expect(waived?.why).toEqual(['waived by ben: tested last week (carla answers for it)']);
    const ended = stateOf({ waivers: { 'load-test': waiver } }, 'load-test', Date.parse('2015-05-20T00:00:00Z'));
    expect(ended).toMatchObject({ state: 'open', blocks: true, waiver: null });
    expect(ended?.why).toContain('its waiver ended at 2015-05-20T00:00:00Z');
  });

  test('what blocks is what is required, open and not waived', () => {
    const items = Object.entries(checklist.items);
    const manual = items.flatMap(([item, spec]) => ('check' in spec ? [] : [item]));
    expect(blocking(statuses({})).map(({ item }) => item)).toEqual(manual);
    const [first, ...others] = manual;
    const signoff = { evidence: { [first ?? '']: signed }, waivers: { [others[0] ?? '']: waiver } };
    expect(blocking(statuses(signoff)).map(({ item }) => item)).toEqual(others.slice(1));
    const optional = { items: { nice: { title: 'Nice to have', required: false } } };
    const standing = { checklist: optional, signoff: {}, results: new Map(), version: 1, at: NOW };
    expect(itemStatuses(standing)).toMatchObject([{ state: 'open', blocks: false }]);
  });

  test('every shipped checklist has its form, and a document replaces one whole', () => {
    for (const [id, shipped] of Object.entries(shippedChecklists())) {
      expect(ChecklistSpec.safeParse(shipped).error, id).toBeUndefined();
    }
    const own = { items: { approval: { title: 'Somebody approves' } } };
    expect(checklistOf(new Map([['flash-sale', own]]), 'flash-sale')).toBe(own);
  });
});
