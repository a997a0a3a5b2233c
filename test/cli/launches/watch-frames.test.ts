import { describe, expect, test } from 'vitest';
import { watchFrames } from '../../../src/cli/launches/watch-frames.ts';
import { NO_PALETTE } from '../../../src/cli/output/colours.ts';
import type { LaunchStock } from '../../../src/domain/launches/stock.ts';

const START = Date.parse('2015-05-19T11:00:00Z');

/** A look so many seconds into a sale of 500, with what was sold by then. */
function look(second: number, confirmed: number): LaunchStock {
  const now = START + second * 1000;
  const item = { sku: 'mi-band', price: { minor: 1499, currency: 'USD' }, allocation: 500, limitPerBuyer: 2 };
  const items = [{ ...item, held: 0, confirmed, left: 500 - confirmed }];
  const market = {
    market: 'us',
    state: 'live' as const,
    startsAt: START,
    endsAt: null,
    zone: 'America/New_York',
    items,
  };
  return { launch: 'sale', version: 1, now, at: now, limitScope: 'per buyer', go: null, markets: [market] };
}

async function framesOf(
  looks: readonly LaunchStock[],
  ndjson: boolean,
  width: number | null,
  rows: number | null = null,
) {
  const source = (async function* () {
    yield* looks;
  })();
  const frames: string[] = [];
  const options = { ndjson, view: { width, palette: NO_PALETTE }, rows: () => rows };
  for await (const frame of watchFrames(source, options)) frames.push(frame);
  return frames;
}

describe('a watch in a pipe', () => {
  test('tells of one item at most every ten seconds, and never leaves out how it ended', async () => {
    const looks = [look(0, 0), look(1, 3), look(9, 8), look(10, 9), look(11, 9), look(15, 12)];
    const lines = (await framesOf(looks, false, null)).join('').trim().split('\n');
    expect(lines.map((line) => line.split('\t').filter((_, index) => [0, 6].includes(index)))).toEqual([
      ['2015-05-19T11:00:00Z', '0'],
      ['2015-05-19T11:00:10Z', '9'],
      ['2015-05-19T11:00:15Z', '12'],
    ]);
  });

  test('is silent where nothing is different', async () => {
    expect(await framesOf([look(0, 0), look(20, 0), look(40, 0)], false, null)).toHaveLength(1);
  });
});

describe('a watch as NDJSON', () => {
  test('is one value a line for each change, and a sign of life every ten seconds', async () => {
    const frames = await framesOf([look(0, 0), look(1, 1), look(2, 1), look(11, 1), look(12, 2)], true, null);
    const told = frames
      .map((frame) => JSON.parse(frame))
      .map(({ now, markets }) => [now, markets[0].items[0].confirmed]);
    expect(told).toEqual([
      ['2015-05-19T11:00:00Z', 0],
      ['2015-05-19T11:00:01Z', 1],
      ['2015-05-19T11:00:11Z', 1],
      ['2015-05-19T11:00:12Z', 2],
    ]);
    expect(frames.every((frame) => frame.endsWith('}\n'))).toBe(true);
  });
});

describe('a watch at a terminal', () => {
  test.each([80, 40])('is drawn over itself, line by line, within %i columns', async (width) => {
    const [first = '', second = ''] = await framesOf([look(0, 0), look(1, 3)], false, width);
    const lines = first.split('\n').length - 1;
    expect(second.startsWith(`\u001b[${lines}A\r`)).toBe(true);
    expect(second.split('\n')).toHaveLength(lines + 1);
    for (const line of second.split('\n').slice(1, -1)) {
      expect(line.endsWith('\u001b[K')).toBe(true);
      expect(line.length - '\u001b[K'.length).toBeLessThanOrEqual(width);
    }
    expect(second).toContain('497');
  });

  test('draws no more than a screen holds: what scrolled away could not be drawn over', async () => {
    const many = {
      ...look(0, 0),
      markets: Array.from({ length: 40 }, (_, i) => ({ ...look(0, 0).markets[0], market: `m${i}` })),
    };
    const [frame = ''] = await framesOf([many as LaunchStock], false, 80, 24);
    expect(frame.split('\n').length).toBeLessThanOrEqual(24);
    expect(frame).toContain('more lines');
  });
});
