import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { offerIn } from '../../../src/domain/launches/launch-items.ts';
import { type LaunchRun, launchStateAt, nextLaunchChange } from '../../../src/domain/launches/launch-state.ts';
import { launchRun } from '../../../src/domain/launches/launch-times.ts';
import { requireAvailable, type Taken } from '../../../src/domain/launches/reserve.ts';
import { OPENING, worldOf } from '../opening.ts';

const START = Date.parse('2015-05-19T11:00:00Z');
const END = Date.parse('2015-05-20T11:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

const { documents } = worldOf(OPENING);
const stored = documents.launches.get('mi-store-opening');
if (stored === undefined) throw new Error('the launch is there');
const launch = { ...stored, version: 3 };

const go = (version: number, at = '2015-05-18T09:00:00Z') => ({ go: { by: 'ops', at, version } });

describe('the state of a launch', () => {
  const state = (signoff: object | undefined, at: number) => launchStateAt(launchRun(launch, 'us', signoff), at);
  test.each<[string, object | undefined, number, string]>([
    ['before its start', go(3), START - 1, 'scheduled'],
    ['from its start, once it was let go', go(3), START, 'live'],
    ['from its start, where nobody let it go', undefined, START, 'held'],
    ['where an earlier version of it was let go', go(2), START, 'held'],
    ['before the go is given', go(3, '2015-05-19T11:30:00Z'), START + 60_000, 'held'],
    ['after a late go', go(3, '2015-05-19T11:30:00Z'), START + 30 * 60_000, 'live'],
    ['up to its end', go(3), END - 1, 'live'],
    ['from its end', go(3), END, 'ended'],
    ['after an end without a go', undefined, END, 'ended'],
  ])('%s', (_, signoff, at, expected) => {
    expect(state(signoff, at)).toBe(expected);
  });

  test('what is cancelled stays so', () => {
    const cancelled = { ...launch, spec: { ...launch.spec, cancelled: 'no stock' } };
    for (const at of [START - DAY, START, END])
      expect(launchStateAt(launchRun(cancelled, 'us', go(3)), at)).toBe('cancelled');
  });

  test('a launch without a checklist needs no go', () => {
    const { checklist: _, ...spec } = launch.spec;
    expect(launchStateAt(launchRun({ ...launch, spec }, 'us', undefined), START)).toBe('live');
  });

  test('the next change is where the state is another one', () => {
    const run = launchRun(launch, 'us', go(3));
    expect([START - DAY, START, END].map((at) => nextLaunchChange(run, at))).toEqual([START, END, null]);
  });
});

describe('a reservation', () => {
  const run: LaunchRun = launchRun(launch, 'us', go(3));
  const NOBODY: Taken = { inMarket: 0, byBuyer: 0 };

  function outcome(quantity: number, taken: Partial<Taken> = {}, at = START, own: LaunchRun = run): string {
    const request = { launch: launch.id, market: 'us', sku: 'mi-band', buyer: 'b', quantity };
    const offer = offerIn(launch.spec, 'mi-band', 'us');
    if (offer === null) throw new Error('it is offered');
    try {
      requireAvailable(request, own, offer, { ...NOBODY, ...taken }, at);
      return 'granted';
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const left = (error.details as { readonly left?: number }).left;
      return `${error.code}${left === undefined ? '' : `, ${left} left`}: ${error.message}`;
    }
  }

  test.each<[string, string, string]>([
    ['two of two', outcome(2), 'granted'],
    ['three of two', outcome(3), 'over-limit, 2 left: 2 of `mi-band` is the limit per buyer, and this buyer has 0'],
    [
      'one more in another order',
      outcome(1, { byBuyer: 2 }),
      'over-limit, 0 left: 2 of `mi-band` is the limit per buyer, and this buyer has 2',
    ],
    ['the last one', outcome(1, { inMarket: 499 }), 'granted'],
    ['two where one is left', outcome(2, { inMarket: 499 }), 'sold-out, 1 left: 1 of `mi-band` is left in us, not 2'],
    ['one where none is left', outcome(1, { inMarket: 500 }), 'sold-out, 0 left: `mi-band` is sold out in us'],
    [
      'a second too early',
      outcome(1, {}, START - 1000),
      'launch-not-started: launch `mi-store-opening` starts in 1 s, at 2015-05-19T11:00:00Z',
    ],
    [
      'an hour too late',
      outcome(1, {}, END + 3_600_000),
      'launch-ended: launch `mi-store-opening` ended 1 h ago, at 2015-05-20T11:00:00Z',
    ],
    [
      'one that nobody let go',
      outcome(1, {}, START, { ...run, go: null }),
      'launch-held: launch `mi-store-opening` waits for its go since 2015-05-19T11:00:00Z',
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});
