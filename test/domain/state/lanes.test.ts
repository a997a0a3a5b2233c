import { describe, expect, it } from 'vitest';
import { lanesOf } from '../../../src/domain/state/lanes.ts';
import { siteStateAt } from '../../../src/domain/state/state-at.ts';
import { pocoWorld } from '../../edge/poco-world.ts';

const { index } = pocoWorld();
const lanes = lanesOf(index);

describe('the lane of a site', () => {
  it('is there for every site, with its market', () => {
    expect(lanes.map(({ site, market }) => [site, market])).toEqual([
      ['mi-global', 'global'],
      ['poco-gb', 'gb'],
      ['poco-fr', 'fr'],
      ['poco-in', 'in'],
    ]);
  });

  it.each(lanes)('of $site has no gap and no end, and says what the site’s state says', ({ site, stretches }) => {
    expect(stretches[0]?.from).toBeNull();
    expect(stretches.at(-1)?.until).toBeNull();
    for (const [i, { from, until, state, exception }] of stretches.entries()) {
      const next = stretches[i + 1];
      if (next !== undefined) {
        expect(until).toBe(next.from);
        expect([next.state, next.exception]).not.toEqual([state, exception]);
      }
      const instants = [from ?? Date.UTC(1970, 0, 1), until === null ? Date.UTC(2100, 0, 1) : until - 1];
      for (const at of instants) expect(siteStateAt(index, site, at)).toMatchObject({ state, exception });
    }
  });

  it('joins what nobody could tell apart', () => {
    expect(lanes.find(({ site }) => site === 'poco-in')?.stretches).toEqual([
      { from: null, until: null, state: 'active', exception: 'poco-india' },
    ]);
  });
});
