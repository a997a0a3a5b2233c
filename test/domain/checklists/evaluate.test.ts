import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../src/domain/checklists/checks.ts';
import { evaluateChecks } from '../../../src/domain/checklists/evaluate.ts';
import { blocking, evidenceEnd, itemStatuses } from '../../../src/domain/checklists/item-state.ts';
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
  expect(CHECKS.filter((check) => !found[check].holds)).toEqual([]);
  for (const check of CHECKS) expect(found[check].why.length, check).toBeGreaterThan(0);
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
    const { holds, why } = results(sections, shop)[check];
    expect(holds).toBe(false);
    expect(why.join('\n')).toMatch(new RegExp(expected.source, 'm'));
  });
});

describe('the items of a checklist', () => {
  const checklist = checklistOf(new Map(), 'flash-sale');
  if (checklist === undefined) throw new Error('it is shipped');
  const statuses = (signoff: SignoffSpec, at = NOW) => itemStatuses(checklist, signoff, results(), at);
  const stateOf = (signoff: SignoffSpec, item: string, at = NOW) =>
    statuses(signoff, at).find((one) => one.item === item);
  const signed = {
    by: 'anna',
    at: '2015-04-30T00:00:00Z',
    until: '2015-05-14T00:00:00Z',
    link: 'https://example.com/load',
  };

  test('manual ones are open until a person signs, and again when the signature ends', () => {
    expect(stateOf({}, 'load-test')).toMatchObject({ state: 'open', blocks: true });
    expect(stateOf({ evidence: { 'load-test': signed } }, 'load-test')).toMatchObject({
      state: 'signed',
      blocks: false,
      by: 'anna',
    });
    const later = Date.parse('2015-05-14T00:00:00Z');
    expect(stateOf({ evidence: { 'load-test': signed } }, 'load-test', later)).toMatchObject({
      state: 'expired',
      blocks: true,
    });
  });

  test('a waiver lets an item be open until it ends, and hides nothing', () => {
    const waiver = {
      by: 'ben',
      at: '2015-04-30T00:00:00Z',
      reason: 'tested last week',
      owner: 'ben',
      until: '2015-05-20T00:00:00Z',
    };
    const waived = stateOf({ waivers: { 'load-test': waiver } }, 'load-test');
    expect(waived).toMatchObject({ state: 'waived', blocks: false, until: '2015-05-20T00:00:00Z' });
    expect(waived?.why).toEqual(['waived by ben: tested last week', 'nobody has signed it']);
    const ended = stateOf({ waivers: { 'load-test': waiver } }, 'load-test', Date.parse('2015-05-20T00:00:00Z'));
    expect(ended).toMatchObject({ state: 'open', blocks: true });
    expect(ended?.why).toContain('its waiver ended at 2015-05-20T00:00:00Z');
  });

  test('what blocks is what is required, open and not waived', () => {
    expect(blocking(statuses({})).map(({ item }) => item)).toEqual([
      'payment-tried',
      'buying-guide',
      'account-notice',
      'load-test',
      'on-call',
      'commerce-approval',
      'operations-approval',
    ]);
  });

  test('a signature ends after its days, and never where none are said', () => {
    const item = checklist.items['load-test'];
    expect(item && evidenceEnd(item, NOW)).toBe('2015-05-15T00:00:00Z');
    expect(evidenceEnd({ title: 'once' }, NOW)).toBeUndefined();
  });

  test('every shipped checklist has its form, and a document replaces one whole', () => {
    for (const [id, shipped] of Object.entries(shippedChecklists())) {
      expect(ChecklistSpec.safeParse(shipped).error, id).toBeUndefined();
    }
    const own = { items: { approval: { title: 'Somebody approves' } } };
    expect(checklistOf(new Map([['flash-sale', own]]), 'flash-sale')).toBe(own);
  });
});
