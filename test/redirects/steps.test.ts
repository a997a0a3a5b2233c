import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contentOfLines, contentSteps } from '../../src/domain/document/rule-lines.ts';
import { compileRuleset, compileSteps } from '../../src/redirects/compile.ts';
import { readRulesCsv } from '../../src/redirects/formats/csv.ts';
import { readTableSteps } from '../../src/redirects/formats/read-table.ts';
import { matchRule } from '../../src/redirects/match.ts';
import { STEP, type Steps } from '../../src/redirects/steps.ts';
import { parseRequestUrl } from '../../src/redirects/url.ts';
import { OPTIONS } from './compile-rules.ts';

const COUNT = 3 * STEP + 5;
const lines = Array.from({ length: COUNT }, (_, page) => `/uk/${page},https://www.mi.com/${page},301`);
const TEXT = `from,to,status\n${lines.join('\n')}\n`;

const PIECES = TEXT.match(/.{1,5000}/gs) ?? [];

/** How often work may be left, and what comes of it. */
function counted<T>(steps: Steps<T>): readonly [number, T] {
  for (let pauses = 0; ; pauses++) {
    const step = steps.next();
    if (step.done === true) return [pauses, step.value];
  }
}

const hash = () => {
  const sha = createHash('sha256');
  return { update: (text: string) => void sha.update(text), digest: () => sha.digest('hex') };
};

test('a file is read in steps, and all of it', () => {
  const [pauses, { rules, ...read }] = counted(readTableSteps(PIECES, { format: 'csv' }));
  expect(pauses).toBeGreaterThanOrEqual(PIECES.length);
  expect({ ...read, rules: [...rules] }).toEqual(readRulesCsv(TEXT));
  expect(rules).toHaveLength(COUNT);
});

test('lines are hashed in steps, to the same digest', () => {
  const [pauses, content] = counted(contentSteps(lines, hash()));
  expect(pauses).toBe(3);
  expect(content).toEqual(contentOfLines(lines, hash()));
  const whole = createHash('sha256').update(lines.map((line) => `${line}\n`).join(''));
  expect(content).toEqual({ content: whole.digest('hex'), count: COUNT });
});

test('rules are packed and compiled in steps, and answer alike', () => {
  const { rules } = readRulesCsv(TEXT);
  const input = { rules, options: OPTIONS, siteUrls: ['https://po.co/uk/'], resolveTime: Number };
  const [pauses, compiled] = counted(compileSteps(input));
  expect(pauses).toBeGreaterThanOrEqual(3 + 4);
  const whole = compileRuleset(input);
  for (const page of [0, STEP - 1, STEP, COUNT - 1, COUNT]) {
    const url = parseRequestUrl(`https://po.co/uk/${page}`);
    expect(matchRule(compiled, url, 0)).toEqual(matchRule(whole, url, 0));
    expect(matchRule(compiled, url, 0).kind).toBe(page < COUNT ? 'rule' : 'none');
  }
});

test('rules that share one path are filed by their queries in steps, and answer alike', () => {
  const rules = Array.from({ length: COUNT }, (_, page) => ({
    from: `/uk/index.php?id=${page}${page % 2 === 0 ? '&lang=en' : ''}`,
    to: `https://www.mi.com/${page}`,
  }));
  const input = { rules, options: OPTIONS, siteUrls: ['https://po.co/uk/'], resolveTime: Number };
  const [pauses, compiled] = counted(compileSteps(input));
  // Packed and read; then counted, filed and ordered.
  expect(pauses).toBeGreaterThanOrEqual(3 + 4 + 3 + 3 + 3);
  const whole = compileRuleset(input);
  for (const page of [0, STEP - 1, STEP, COUNT - 1, COUNT]) {
    const url = parseRequestUrl(`https://po.co/uk/index.php?lang=en&id=${page}`);
    expect(matchRule(compiled, url, 0)).toEqual(matchRule(whole, url, 0));
    expect(matchRule(compiled, url, 0).kind).toBe(page < COUNT ? 'rule' : 'none');
  }
});
