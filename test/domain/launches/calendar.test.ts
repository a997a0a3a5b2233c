import { describe, expect, test } from 'vitest';
import { launchCalendar } from '../../../src/domain/launches/calendar.ts';
import { launchStock } from '../../../src/domain/launches/stock.ts';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { timelineOf } from '../../../src/domain/state/timeline.ts';
import { formatInstant } from '../../../src/domain/time/format-time.ts';
import { OPENING, worldOf } from '../opening.ts';

const OPENING_LAUNCH = OPENING.launches['mi-store-opening'];
const START = Date.parse('2015-05-19T11:00:00Z');
const ALWAYS = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

function documentsWith(launches: object) {
  return worldOf({ ...OPENING, launches: launches as (typeof OPENING)['launches'] }).documents;
}

const local = { ...OPENING_LAUNCH, startsAt: '2015-05-19T13:00', endsAt: '2015-05-19T15:00', checklist: undefined };

describe('a calendar', () => {
  test('is in the order of starts: one local time is many instants', () => {
    const calendar = launchCalendar(indexDocuments(documentsWith({ local })), ALWAYS, START);
    expect(calendar.map(({ market, startsAt, state }) => [market, formatInstant(startsAt), state])).toEqual([
      ['fr', '2015-05-19T11:00:00Z', 'live'],
      ['de', '2015-05-19T11:00:00Z', 'live'],
      ['gb', '2015-05-19T12:00:00Z', 'scheduled'],
      ['us', '2015-05-19T17:00:00Z', 'scheduled'],
    ]);
  });

  test.each<[string, string, readonly string[]]>([
    ['2015-05-19T13:00:00Z', '2015-05-19T17:00:00Z', ['gb']],
    ['2015-05-19T17:00:00Z', '2015-05-19T17:00:01Z', ['us']],
    ['2015-05-19T19:00:00Z', '2016-01-01T00:00:00Z', []],
  ])('from %s until %s has what runs then; ends are no part of it', (from, until, markets) => {
    const range = { from: Date.parse(from), until: Date.parse(until) };
    const calendar = launchCalendar(indexDocuments(documentsWith({ local })), range, START);
    expect(calendar.map(({ market }) => market)).toEqual(markets);
  });

  test('says of each market what stands in the way there', () => {
    const index = indexDocuments(documentsWith({ local, other: { ...local, markets: ['gb'] } }));
    const calendar = launchCalendar(index, ALWAYS, START);
    const conflicting = calendar.filter(({ conflicts }) => conflicts.length > 0);
    expect(conflicting.map(({ launch, market }) => `${launch} ${market}`)).toEqual(['local gb', 'other gb']);
  });
});

describe('stock', () => {
  const documents = documentsWith({ local });
  const launch = documents.launches.get('local');
  if (launch === undefined) throw new Error('the launch is there');

  test('is the allocation of a market less what is held or sold there, and never below nothing', () => {
    const taken = [
      { launch: 'local', market: 'us', sku: 'mi-band', held: 2, confirmed: 3 },
      { launch: 'local', market: 'gb', sku: 'mi-band', held: 0, confirmed: 501 },
    ];
    const { markets } = launchStock(documents, launch, taken, { now: START, at: START });
    const bands = markets.map(({ market, items }) => [market, items.find(({ sku }) => sku === 'mi-band')?.left]);
    expect(bands).toEqual([
      ['us', 495],
      ['gb', 0],
      ['fr', 500],
      ['de', 500],
    ]);
  });
});

test('starts and ends are on the timeline, in each market by itself; a cancelled launch has no effect there', () => {
  const events = (launches: object) =>
    timelineOf(indexDocuments(documentsWith(launches)), START, Number.POSITIVE_INFINITY)
      .filter(({ kind }) => kind.startsWith('launch-'))
      .map(({ at, kind, market, effective }) => `${formatInstant(at)} ${kind} ${market} ${effective}`);
  expect(events({ local: { ...local, markets: ['gb', 'us'] } })).toEqual([
    '2015-05-19T12:00:00Z launch-starts gb true',
    '2015-05-19T14:00:00Z launch-ends gb true',
    '2015-05-19T17:00:00Z launch-starts us true',
    '2015-05-19T19:00:00Z launch-ends us true',
  ]);
  expect(events({ local: { ...local, markets: ['gb'], cancelled: 'wrong price' } })).toEqual([
    '2015-05-19T12:00:00Z launch-starts gb false',
    '2015-05-19T14:00:00Z launch-ends gb false',
  ]);
});
