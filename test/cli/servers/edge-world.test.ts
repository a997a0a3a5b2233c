import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { wrongDocument } from '../../../src/cli/document/load-document.ts';
import {
  documentWorld,
  type FollowOptions,
  followWorld,
  platformWorld,
  type WorldSource,
} from '../../../src/cli/servers/edge-world.ts';
import { faultText } from '../../../src/cli/servers/fault-text.ts';
import { inTurns } from '../../../src/cli/turns.ts';
import type { Problem } from '../../../src/domain/failure.ts';
import { type Answering, answerUrl } from '../../../src/domain/state/answer.ts';
import { STEP } from '../../../src/redirects/steps.ts';
import { parseRequestUrl } from '../../../src/redirects/url.ts';
import { BEFORE, POCO } from '../../platform/poco.ts';
import { documentFile } from '../answers/poco-file.ts';
import { collector, surroundingsFor } from '../support/in-process.ts';
import { pocoPlatform } from './near-platform.ts';

vi.mock('../../../src/cli/turns.ts', async (load) => {
  const real = await load<typeof import('../../../src/cli/turns.ts')>();
  return { ...real, inTurns: vi.fn(real.inTurns) };
});

const DARK = Date.UTC(2025, 0, 1);
const F6 = parseRequestUrl('https://po.co/uk/phones/f6');
const location = (world: Answering, at: number) => answerUrl(world, F6, at).location;

const ruleset = POCO.rulesets?.['poco-gb'];
const moved = {
  ...POCO,
  rulesets: {
    'poco-gb': { ...ruleset, site: 'poco-gb', rules: [{ from: '/uk/phones/f6', to: 'https://www.mi.com/f6' }] },
  },
};

const at = (line: number, severity: 'error' | 'warning' = 'error'): Problem => ({
  ...{ code: 'bad', severity, message: `it is ${severity} ${line}`, place: { file: 'r.csv', line } },
});

describe('what is said of a fault while a server goes on', () => {
  it.each([
    [new Error('wrong'), 'wrong'],
    ['thrown', 'thrown'],
    [wrongDocument('a.yaml', [at(1, 'warning'), at(4)]), 'a.yaml has one error. r.csv:4: it is error 4'],
    [wrongDocument('a.yaml', [at(4)]), 'a.yaml has one error. r.csv:4: it is error 4'],
    [wrongDocument('a.yaml', [at(4), at(5)]), 'a.yaml has 2 errors. The first: r.csv:4: it is error 4'],
  ])('%s', (fault, expected) => expect(faultText(fault)).toBe(expected));
});

describe('a world from a platform', () => {
  it('answers as the platform does, and follows what is applied', async () => {
    const clock = { now: BEFORE };
    const platform = await pocoPlatform(clock);
    const source = platformWorld(platform.client, () => clock.now);
    const before = await source.load();
    expect(location(before, DARK - 1)).toBeNull();
    expect(location(before, DARK)).toBe('https://www.mi.com/global/phones/f6');
    expect(await source.changed()).toBe(false);

    clock.now = Date.UTC(2024, 9, 2);
    await platform.apply(moved);
    expect(await source.changed()).toBe(true);
    const after = await source.load();
    expect(await source.changed()).toBe(false);
    expect(location(after, DARK)).toBe('https://www.mi.com/f6');
    // What was in force before it is asked for another time alone.
    expect(location(before, DARK)).toBe('https://www.mi.com/global/phones/f6');
  });

  it.each([STEP - 1, STEP, STEP + 1])('has all of %i rules, which come in blocks', async (count) => {
    const rules = Array.from({ length: count }, (_, page) => ({
      from: `/uk/p/${page}`,
      to: `https://www.mi.com/p/${page}`,
      ...(page % 7 === 0 ? { note: 'kept as it is' } : {}),
    }));
    const platform = await pocoPlatform();
    await platform.apply({ ...POCO, rulesets: { 'poco-gb': { ...ruleset, site: 'poco-gb', rules } } });
    const world = await platformWorld(platform.client, () => DARK).load();
    const found = rules.map(({ from }) => answerUrl(world, parseRequestUrl(`https://po.co${from}`), DARK).location);
    expect(found).toEqual(rules.map(({ to }) => to));
  });
});

describe('a world from a document', () => {
  it('follows the file, and its rules files', async () => {
    const { stream } = collector();
    const surroundings = surroundingsFor({}, stream, stream);
    const file = documentFile();
    const source = documentWorld(surroundings, file, () => DARK);
    expect(location(await source.load(), DARK)).toBe('https://www.mi.com/global/phones/f6');
    expect(await source.changed()).toBe(false);
    utimesSync(file, 1, 1);
    expect(await source.changed()).toBe(true);
    await source.load();
    expect(await source.changed()).toBe(false);

    const rules = file.replace('storectl.yaml', 'rules.csv');
    writeFileSync(rules, 'from,to,status\n/uk/phones/f6,https://www.mi.com/csv,301\n');
    writeFileSync(file, documentText({ ...POCO, rulesets: { 'poco-gb': { site: 'poco-gb', rules: 'rules.csv' } } }));
    expect(location(await source.load(), DARK)).toBe('https://www.mi.com/csv');
    utimesSync(rules, 1, 1);
    expect(await source.changed()).toBe(true);
    rmSync(file);
    expect(await source.changed()).toBe(true);
    await expect(source.load()).rejects.toMatchObject({ code: 'unreadable-file' });
  });

  it('reads, hashes, checks and compiles rules in steps, between which it answers', async () => {
    const { stream } = collector();
    const file = documentFile();
    writeFileSync(file.replace('storectl.yaml', 'rules.csv'), 'from,to\n/uk/a,https://www.mi.com/a\n');
    writeFileSync(file, documentText({ ...POCO, rulesets: { 'poco-gb': { site: 'poco-gb', rules: 'rules.csv' } } }));
    vi.mocked(inTurns).mockClear();
    await documentWorld(surroundingsFor({}, stream, stream), file, () => DARK).load();
    expect(inTurns).toHaveBeenCalledTimes(4);
  });
});

function documentText(document: unknown): string {
  return JSON.stringify(document);
}

describe('following', () => {
  /** A source whose changes and faults a test decides. */
  function scripted(): WorldSource & { state: { changed: boolean; fault: Error | null; loads: number } } {
    const state = { changed: false, fault: null as Error | null, loads: 0 };
    return {
      state,
      async load() {
        if (state.fault !== null) throw state.fault;
        state.loads += 1;
        state.changed = false;
        return { loads: state.loads } as unknown as Answering;
      },
      changed: async () => state.changed,
    };
  }

  async function following(source: WorldSource) {
    const told: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    let wake = resolve;
    let next = promise;
    const tell = (text: string) => {
      told.push(text);
      wake();
      const later = Promise.withResolvers<void>();
      wake = later.resolve;
      next = later.promise;
    };
    const options: FollowOptions = {
      every: 1,
      onChange: () => told.push('change'),
      onReload: () => tell('reload'),
      onFault: (error) => tell(`fault ${error instanceof Error ? error.message : ''}`),
    };
    const world = await followWorld(source, options);
    onTestFinished(() => world.stop());
    return { world, told, next: () => next };
  }

  it('answers from what is newest, and from the last good one while there is a fault', async () => {
    const source = scripted();
    const { world, told, next } = await following(source);
    const first = world.current();

    source.state.fault = new Error('wrong');
    source.state.changed = true;
    await next();
    expect(world.current()).toBe(first);

    source.state.fault = null;
    await next();
    expect(world.current()).not.toBe(first);
    // One fault is told once, however often it is met.
    expect(told.filter((text) => text !== 'change')).toEqual(['fault wrong', 'reload']);
    expect(told.slice(0, 2)).toEqual(['change', 'fault wrong']);
    expect(told.slice(-2)).toEqual(['change', 'reload']);
  });

  it('tells of a second fault that is counted like the first', async () => {
    const source = scripted();
    const { told, next } = await following(source);
    source.state.changed = true;
    for (const line of [2, 3]) {
      source.state.fault = wrongDocument('a.yaml', [at(line)]);
      await next();
    }
    expect(told.filter((text) => text.startsWith('fault'))).toEqual(Array(2).fill('fault a.yaml has one error.'));
  });

  it('fails where there is nothing to begin with', async () => {
    const source = scripted();
    source.state.fault = new Error('wrong');
    await expect(following(source)).rejects.toThrow('wrong');
  });
});
