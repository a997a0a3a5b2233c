import { describe, expect, test } from 'vitest';
import { auditCatalogs, findingText } from '../../../src/domain/catalogs/audit.ts';
import type { ListingSpec } from '../../../src/domain/document/catalog-schema.ts';
import { OPENING, SHOP, worldOf } from '../opening.ts';

/** The day before the opening. */
const NOW = Date.UTC(2015, 4, 18);

function audit(listings: Readonly<Record<string, ListingSpec>>, sections: object = {}, now = NOW) {
  const { documents, contents } = worldOf({ ...OPENING, ...sections }, { ...SHOP, listings: { us: listings } });
  const found = auditCatalogs(documents, contents, now);
  const texts: string[] = [];
  for (let step = found.next(); ; step = found.next()) {
    if (step.done === true) return { texts, ...step.value };
    texts.push(findingText(step.value));
  }
}

const EXCEPTION = {
  markets: ['us'],
  from: ['catalog'],
  reason: 'A trial',
  owner: 'us@example.com',
  reviewBy: 'end of 2015-12-31',
};

describe('an audit', () => {
  test('looks at every listing and every item of a launch', () => {
    expect(audit({ 'mi-band': { price: '14.99 USD' } })).toEqual({ texts: [], listings: 1, launchItems: 16 });
  });

  test('names the path through bundles', () => {
    expect(audit({ 'starter-set': { price: '399 USD' } }).texts).toEqual([
      'us lists `starter-set` (starter-set → phone-kit → mi-note): `mi-note` (phones/smartphones) is no accessory, and the catalog is accessories-only',
    ]);
  });

  test.each<[string, ListingSpec['window'], object, number]>([
    ['whose window is over is history', { until: 'end of 2015-05-16' }, {}, 0],
    ['whose window is to come is not', { from: 'start of 2016-01-01' }, {}, 1],
    ['that an exception covers is allowed', undefined, { exceptions: { x: EXCEPTION } }, 0],
    [
      'of another product than the exception’s is not',
      undefined,
      { exceptions: { x: { ...EXCEPTION, skus: ['y'] } } },
      1,
    ],
    [
      'that goes on after the exception ends is not',
      { until: 'end of 2015-07-31' },
      { exceptions: { x: { ...EXCEPTION, endsAt: 'end of 2015-06-30' } } },
      1,
    ],
    [
      'that ends with the exception is',
      { until: 'end of 2015-06-30' },
      { exceptions: { x: { ...EXCEPTION, endsAt: 'end of 2015-06-30' } } },
      0,
    ],
    [
      'of an exception from launches alone is not',
      undefined,
      { exceptions: { x: { ...EXCEPTION, from: ['launch'] } } },
      1,
    ],
  ])('a listing %s', (_, window, sections, findings) => {
    const listing = { price: '299 USD', ...(window === undefined ? {} : { window }) };
    expect(audit({ 'mi-note': listing }, sections).texts).toHaveLength(findings);
  });

  test('finds the launch of a market without a catalog, while it is not over', () => {
    const { us: _, ...catalogs } = OPENING.catalogs;
    const found = audit({}, { catalogs });
    expect(found.texts).toHaveLength(4);
    expect(found.texts[0]).toBe(
      'launches/mi-store-opening sells `mi-headphones` in us, and us has no catalog that would allow it',
    );
    expect(audit({}, { catalogs }, Date.UTC(2015, 4, 21)).texts).toEqual([]);
  });

  test('leaves out listings of catalogs that were not asked for, and no launch', () => {
    const { documents, contents } = worldOf(OPENING, { ...SHOP, listings: { us: { 'mi-note': { price: '1 USD' } } } });
    const found = auditCatalogs(documents, contents, NOW, new Set(['gb']));
    expect(found.next()).toEqual({ done: true, value: { listings: 0, launchItems: 16 } });
  });
});
