import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CompiledRuleset, compileRuleset } from '../../src/redirects/compile.ts';
import { flagsOf, statusOf } from '../../src/redirects/compiled.ts';
import { lintRules } from '../../src/redirects/lint/index.ts';
import { matchRule } from '../../src/redirects/match.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { tableSteps } from '../../src/redirects/rule-table.ts';
import { atOnce } from '../../src/redirects/steps.ts';
import { FLAG } from '../../src/redirects/traits.ts';
import { parseRequestUrl } from '../../src/redirects/url.ts';
import { OPTIONS, resolveTime } from './compile-rules.ts';

const SITES = ['https://po.co/', 'https://*.po.co/', 'https://x.fr/uk'];

function compile(rules: readonly RedirectRule[], options: RulesetOptions, siteUrls = SITES): CompiledRuleset {
  return compileRuleset({ rules, options, siteUrls, resolveTime });
}

/** A switch that is on says nothing, and keeps a rule from being packed. */
const theLongWay = (rules: readonly RedirectRule[]): RedirectRule[] => rules.map((one) => ({ ...one, enabled: true }));

const parts = fc.constantFrom(
  'a', 'B', '/', '/uk', '.', '..', '-', '~', '%20', '%2f', '%', '*', '?', '?a=1', '&b=2', '=', '=:x', ':id', '+', '#', '[', '|', ' ', '\\', 'ü', '@',
); // biome-ignore format: one list
const rest = fc.array(parts, { maxLength: 7 }).map((texts) => texts.join(''));
const start = fc.constantFrom(
  '', 'po.co', 'https://po.co', 'http://www.po.co', 'PO.co', 'a.b.po.co', '*.po.co', 'x.fr', 'po.co:80', '127.1', 'xn--a.po.co', 'a..po.co',
  'http:', 'https', '1.po.co', 'elsewhere.com',
); // biome-ignore format: one list
const from = fc.tuple(start, fc.constantFrom('', '/', '/'), rest).map((texts) => texts.join(''));
const target = fc
  .tuple(fc.constantFrom('', 'https://www.mi.com', 'http://mi.com', 'https://po.co', 'https://MI.com', '//mi.com', 'https://1.2'), rest)
  .map((texts) => texts.join('/')); // biome-ignore format: one tuple
const status = fc.constantFrom(undefined, undefined, 301, 301, 302, 307, 308, 410, 418, 100);
const rule: fc.Arbitrary<RedirectRule> = fc
  .record({ from, to: fc.option(target, { nil: undefined, freq: 9 }), status })
  .map(({ from: written, to, status: given }) => ({
    from: written,
    ...(to === undefined ? {} : { to }),
    ...(given === undefined ? {} : { status: given }),
  }));
const options: fc.Arbitrary<RulesetOptions> = fc.record({
  query: fc.constantFrom<RulesetOptions['query']>('preserve', 'drop', { significant: ['a'] }),
  trailingSlash: fc.constantFrom('ignore', 'strict'),
  case: fc.constantFrom('sensitive', 'sensitive', 'ignore'),
});

describe('the short way to compile a rule is the long one', () => {
  test('rules, problems, answers and findings', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 12 }),
        options,
        fc.array(from, { maxLength: 6 }),
        (rules, given, asked) => {
          const short = compile(rules, given);
          const long = compile(theLongWay(rules), given);
          expect(short.problems).toEqual(long.problems);
          expect([...short.rules]).toEqual(rules);
          expect([...short.traits]).toEqual([...long.traits]);
          expect([...short.traits.keys()].filter((one) => answers(short, one) !== answers(long, one))).toEqual([]);
          const urls = [...rules.map((one) => one.from), ...asked].filter((text) => isRequest(text));
          for (const url of urls) {
            const request = parseRequestUrl(url);
            expect([url, matchRule(short, request, 0)]).toEqual([url, matchRule(long, request, 0)]);
          }
          expect(findings(short)).toEqual(findings(long));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('rules for every host of a site lie in the index of each', () => {
    const rules = [
      { from: '/uk/a', to: 'https://www.mi.com/a' },
      { from: 'po.co/uk/a', to: 'https://www.mi.com/b' },
    ];
    const short = compile(rules, OPTIONS);
    expect(short.placeCounts.get(0)).toBe(3);
    expect(short.placeCounts).toEqual(compile(theLongWay(rules), OPTIONS).placeCounts);
  });
});

function answers(compiled: CompiledRuleset, index: number): string {
  return flagsOf(compiled, index) & FLAG.valid ? `${statusOf(compiled, index)} ${compiled.targets.at(index)}` : '';
}

function findings(compiled: CompiledRuleset): readonly unknown[] {
  return lintRules({ rulesets: [{ id: 'r', compiled }], exceptions: [] });
}

function isRequest(text: string): boolean {
  try {
    parseRequestUrl(text);
    return true;
  } catch {
    return false;
  }
}

test('a table of rules is a list of them', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 12 }), (rules) => {
      const table = atOnce(tableSteps(rules));
      expect([...table]).toEqual(rules);
      expect(table.length).toBe(rules.length);
      expect([table.at(-1), table.at(rules.length)]).toEqual([undefined, undefined]);
      expect(atOnce(tableSteps(table))).toBe(table);
    }),
  );
});

test('colliding and deep rules are filed without a step for each other', () => {
  const count = 20_000;
  const deep = Array.from({ length: count }, (_, index) => ({
    from: `po.co/${'a/'.repeat(index % 200)}${index}`,
    to: 'https://www.mi.com/',
  }));
  const compiled = compile(deep, OPTIONS);
  expect(compiled.paths.size).toBe(count);
  expect(compiled.paths.crowdedSize).toBe(0);
});
