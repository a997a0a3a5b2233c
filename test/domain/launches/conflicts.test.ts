import { describe, expect, test } from 'vitest';
import { launchConflicts } from '../../../src/domain/launches/conflicts.ts';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { OPENING, worldOf } from '../opening.ts';

const OPENING_LAUNCH = OPENING.launches['mi-store-opening'];

function conflicts(sections: object = {}): string[] {
  const { documents } = worldOf({ ...OPENING, ...sections });
  const launch = documents.launches.get('mi-store-opening');
  if (launch === undefined) throw new Error('the launch is there');
  return launchConflicts(indexDocuments(documents), launch).map(
    ({ kind, market, blocks, with: other }) => `${blocks ? 'blocks' : 'warns'} ${market} ${kind} ${other}`,
  );
}

const legacy = (id: string, market: string, url: string) => ({
  [id]: { brand: 'old', market, role: 'legacy', urls: [url] },
});
const shutdown = (freeze: string, dark = freeze) => ({
  shutdowns: {
    s: { title: 'S', sites: ['old-gb'], into: 'mi-us', freeze, dark, redirectsUntil: 'end of 2017-01-01' },
  },
});

describe('what stands in the way of a launch', () => {
  test('nothing, of the opening as it was', () => {
    expect(conflicts()).toEqual([]);
  });

  test('the only site of a market, which opens later', () => {
    const sites = { ...OPENING.sites, 'mi-gb': { ...OPENING.sites['mi-gb'], opensAt: 'start of 2015-06-01' } };
    expect(conflicts({ sites })).toEqual(['blocks gb site mi-gb']);
  });

  test('the only site of a market, which is frozen then, and not one that closes beside another', () => {
    const { 'mi-gb': _, ...others } = OPENING.sites;
    const old = legacy('old-gb', 'gb', 'https://old.example/uk/');
    expect(conflicts({ sites: { ...others, ...old }, ...shutdown('start of 2015-05-19') })).toEqual([
      'blocks gb site old-gb',
    ]);
    expect(conflicts({ sites: { ...OPENING.sites, ...old }, ...shutdown('start of 2015-05-19') })).toEqual([]);
  });

  test('the site that freezes before the launch ends is worth a look', () => {
    const { 'mi-gb': _, ...others } = OPENING.sites;
    const sites = { ...others, ...legacy('old-gb', 'gb', 'https://old.example/uk/') };
    expect(conflicts({ sites, ...shutdown('2015-05-20T09:00Z') })).toEqual(['warns gb site old-gb']);
    expect(conflicts({ sites, ...shutdown('2015-05-20T11:00Z') })).toEqual([]);
  });

  test('a market without a site', () => {
    const { 'mi-de': _, ...sites } = OPENING.sites;
    expect(conflicts({ sites })).toEqual(['blocks de no-site de']);
  });

  test('a freeze window that it starts in', () => {
    const window = { from: '2015-05-19T00:00Z', until: '2015-05-19T11:00Z', reason: 'board meeting' };
    expect(conflicts({ freezeWindows: { w: window } })).toEqual([]);
    expect(conflicts({ freezeWindows: { w: { ...window, until: '2015-05-19T11:01Z' } } })).toHaveLength(4);
  });

  test('another launch of the same product in the same market at the same time', () => {
    const other = { ...OPENING_LAUNCH, markets: ['de'], startsAt: '2015-05-20T10:59Z', endsAt: '2015-05-21T00:00Z' };
    expect(conflicts({ launches: { ...OPENING.launches, other } })).toEqual(['blocks de launch other']);
    const later = { ...other, startsAt: '2015-05-20T11:00Z' };
    expect(conflicts({ launches: { ...OPENING.launches, other: later } })).toEqual([]);
    expect(conflicts({ launches: { ...OPENING.launches, other: { ...other, cancelled: 'no stock' } } })).toEqual([]);
  });

  test('an exception that keeps launches away, for the products that it names', () => {
    const exception = { markets: ['fr'], from: ['launch'], reason: 'r', owner: 'o', reviewBy: 'end of 2016-01-01' };
    expect(conflicts({ exceptions: { e: exception } })).toEqual(['blocks fr exception e']);
    expect(conflicts({ exceptions: { e: { ...exception, skus: ['mi-note'] } } })).toEqual([]);
    expect(conflicts({ exceptions: { e: { ...exception, endsAt: '2015-05-19T11:00Z' } } })).toEqual([]);
  });
});
