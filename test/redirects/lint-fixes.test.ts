import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Answers } from '../../src/redirects/lint/answers.ts';
import {
  applyFixes,
  type Finding,
  isLintCode,
  type LintInput,
  type LintRuleset,
  lintRules,
} from '../../src/redirects/lint/index.ts';
import { explainMatch } from '../../src/redirects/match.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { parseRequestUrl, parseSiteUrl } from '../../src/redirects/url.ts';
import { compileRules } from './compile-rules.ts';

const SITES = ['https://po.co/', 'https://www.po.co/'];
const INSTANTS = [0, 5, 10, 15] as const;

const path = fc
  .array(fc.constantFrom('a', 'b', 'B'), { minLength: 1, maxLength: 2 })
  .map((segments) => `/${segments.join('/')}`);
const prefixed = (texts: readonly string[]) => fc.constantFrom(...texts);
const window = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  { from: '5' },
  { until: '10' },
  { from: '5', until: '15' },
);

/** Rules that meet each other often: few segments, two hosts, both schemes, queries, windows, priorities. */
const rule: fc.Arbitrary<RedirectRule> = fc
  .record({
    host: prefixed(['', '', '', 'po.co', 'https://po.co', 'http://www.po.co']),
    from: path,
    kind: fc.constantFrom('exact', 'exact', 'exact', 'prefix', 'splat', 'name'),
    query: prefixed(['', '', '', '?q=1', '?r=2']),
    toHost: prefixed(['', 'https://po.co', 'https://www.po.co', 'https://www.mi.com']),
    to: path,
    end: prefixed(['', '', '', '#f', '?q=1', '/']),
    status: fc.constantFrom(301, 302, 308),
    window,
    priority: fc.constantFrom(undefined, undefined, 1),
  })
  .map(({ host, from, kind, query, toHost, to, end, status, window: open, priority }) => {
    const common = {
      status,
      ...(open === undefined ? {} : { window: open }),
      ...(priority === undefined ? {} : { priority }),
    };
    switch (kind) {
      case 'prefix':
        return { from: host + from, to: toHost + to, match: 'prefix' as const, ...common };
      case 'splat':
        return { from: `${host}${from}/*`, to: `${toHost}${to}/:splat`, ...common };
      case 'name':
        return { from: `${host}/:n${from}`, to: `${toHost}${to}/:n`, ...common };
      default:
        return { from: host + from + query, to: toHost + to + end, ...common };
    }
  });
const rules = fc.array(rule, { minLength: 1, maxLength: 8 });
const options: fc.Arbitrary<Partial<RulesetOptions>> = fc.record({
  query: fc.constantFrom('preserve', 'drop'),
  trailingSlash: fc.constantFrom('ignore', 'strict'),
  case: fc.constantFrom('sensitive', 'ignore'),
});

const SEGMENTS = ['a', 'b', 'B', 'example'];
const PATHS = [
  '/',
  ...SEGMENTS.flatMap((one) => [
    `/${one}`,
    `/${one}/`,
    ...SEGMENTS.flatMap((two) => [`/${one}/${two}`, `/${one}/${two}/a`]),
  ]),
];
const URLS = ['https://po.co', 'http://po.co', 'https://www.po.co', 'http://www.po.co'].flatMap((origin) =>
  PATHS.flatMap((one) => ['', '?q=1', '?r=2&q=1'].map((query) => origin + one + query)),
);

function inputOf(all: readonly RedirectRule[], more: Partial<RulesetOptions>): LintInput {
  return { rulesets: [{ id: 'poco', compiled: compileRules(all, more, SITES) }], exceptions: [] };
}

/** Where a visitor ends: a page, or that they never arrive. Fragments are inherited (RFC 9110, section 10.2.2). */
function finalPage(answers: Answers, start: string, at: number): string {
  let url = start;
  let fragment = '';
  for (let hops = 0; hops < 12; hops++) {
    const location = answers.hop(url, at)?.location;
    if (location === undefined) return url + fragment;
    if (location === null) return 'gone';
    const hash = location.indexOf('#');
    if (hash >= 0) fragment = location.slice(hash);
    url = hash < 0 ? location : location.slice(0, hash);
  }
  return 'never';
}

describe('fixes', () => {
  test('after all of them every visitor ends on the same page, at every instant', () => {
    fc.assert(
      fc.property(rules, options, (all, more) => {
        const before = inputOf(all, more);
        const fixed = applyFixes(all, lintRules(before), 'poco');
        fc.pre(fixed.applied.length > 0);
        const [one, other] = [new Answers(before), new Answers(inputOf(fixed.rules, more))];
        const moved = INSTANTS.flatMap((at) =>
          URLS.flatMap((url) => {
            const was = finalPage(one, url, at);
            const is = finalPage(other, url, at);
            return was === 'never' || was === is ? [] : [{ url, at, was, is }];
          }),
        );
        expect(moved).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('whatever ruleset and exception begins or ends when, as long as anybody looks after that page', () => {
    const span = fc.constantFrom(
      {},
      { answers: { from: 5, until: Infinity } },
      { answers: { from: Number.NEGATIVE_INFINITY, until: 10 } },
      { answers: { from: 5, until: 15 } },
    );
    const exempt = fc.constantFrom(
      [],
      [{ id: 'all', urls: [parseSiteUrl('https://www.po.co/')], from: 5, until: 10 }],
      [{ id: 'inner', urls: [parseSiteUrl('https://po.co/b/')], until: 15 }],
    );
    fc.assert(
      fc.property(
        rules,
        rules,
        rules,
        span,
        fc.constantFrom(0, 5),
        exempt,
        (one, other, later, spanOfOne, begins, exceptions) => {
          const inputFor = (lists: Readonly<Record<string, readonly RedirectRule[]>>): LintInput => {
            const own = (id: string, site: string): LintRuleset => ({
              id,
              compiled: compileRules(lists[id] ?? [], {}, [site]),
            });
            return {
              rulesets: [
                { ...own('one', 'https://po.co/'), ...spanOfOne },
                {
                  ...own('other', 'https://www.po.co/'),
                  answers: { from: begins, until: 10 },
                },
                { ...own('later', 'https://www.po.co/'), answers: { from: 10, until: Infinity } },
              ],
              exceptions,
            };
          };
          const lists = { one, other, later };
          const before = inputFor(lists);
          const findings = lintRules(before);
          const mended = Object.entries(lists).map(([id, list]) => [id, applyFixes(list, findings, id).rules] as const);
          const [was, is] = [new Answers(before), new Answers(inputFor(Object.fromEntries(mended)))];
          for (const at of INSTANTS) {
            for (const url of URLS) {
              const end = finalPage(was, url, at);
              if (end === 'never' || (end !== 'gone' && was.isOver(end, at))) continue;
              expect([url, at, finalPage(is, url, at)]).toEqual([url, at, end]);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([
    ['the later of equals goes', undefined, undefined, [undefined]],
    ['the one without a note goes, be it the first', undefined, 'ask Ann', ['ask Ann']],
    ['the one without a note goes, be it the second', 'ask Ann', undefined, ['ask Ann']],
    ['one of two goes that say the same', 'ask Ann', 'ask Ann', ['ask Ann']],
    ['two that say different things are left to a person', 'ask Ann', 'ask Bo', ['ask Ann', 'ask Bo']],
  ])('of two duplicates %s', (_name, first, second, left) => {
    const rule = { from: '/a', to: 'https://www.mi.com/a' };
    const all: RedirectRule[] = [first, second].map((note) => (note === undefined ? rule : { ...rule, note }));
    const findings = lintRules({ rulesets: [{ id: 'poco', compiled: compileRules(all) }], exceptions: [] });
    expect(findings.map(({ code }) => code)).toEqual(['duplicate']);
    expect(applyFixes(all, findings).rules.map(({ note }) => note)).toEqual(left);
  });

  test('a duplicate goes, a chain is led to its end, and a second lint is content', () => {
    const all: readonly RedirectRule[] = [
      { from: '/a', to: '/b', note: 'kept' },
      { from: '/b', to: 'https://www.mi.com/b', status: 302 },
      { from: '/c', to: 'https://www.mi.com/c' },
      { from: '/c/', to: 'https://www.mi.com/c' },
    ];
    const input = (list: readonly RedirectRule[]): LintInput => ({
      rulesets: [{ id: 'poco', compiled: compileRules(list) }],
      exceptions: [],
    });
    const { rules: fixed, applied } = applyFixes(all, lintRules(input(all)));
    expect(fixed).toEqual([
      { from: '/a', to: 'https://www.mi.com/b', note: 'kept', status: 302 },
      { from: '/b', to: 'https://www.mi.com/b', status: 302 },
      { from: '/c', to: 'https://www.mi.com/c' },
    ]);
    expect(applied.map(({ code }) => code)).toEqual(['duplicate', 'chain']);
    expect(lintRules(input(fixed)).map(({ code }) => code)).toEqual(['temporary-status', 'temporary-status']);
  });

  test('a URL that a folder’s rule would send on twice gets a rule of its own', () => {
    const all: readonly RedirectRule[] = [
      { from: '/old/*', to: '/new/:splat' },
      { from: '/new/x', to: 'https://www.mi.com/x', status: 308 },
    ];
    const input: LintInput = { rulesets: [{ id: 'poco', compiled: compileRules(all) }], exceptions: [] };
    const { rules: fixed } = applyFixes(all, lintRules(input));
    expect(fixed.at(-1)).toEqual({ from: 'po.co/old/x', to: 'https://www.mi.com/x', status: 301 });
  });
});

/** Whether asking the engine for a finding's witness shows what the finding says. */
function isShown({ code, rules: concerned, witness = '', at = 0 }: Finding, input: LintInput): boolean {
  const [compiled] = input.rulesets.map((ruleset) => ruleset.compiled);
  if (compiled === undefined) return false;
  const answers = new Answers(input);
  const indexes = concerned.map(({ index }) => index);
  const considered = explainMatch(compiled, parseRequestUrl(witness), at).considered;
  const outcomeOf = (index: number): string | undefined => considered.find((one) => one.index === index)?.outcome;
  const inForce = (outcome: string | undefined): boolean => outcome === 'won' || outcome === 'less-specific';
  switch (code) {
    case 'duplicate':
    case 'conflict':
    case 'window-overlap':
      return indexes.slice(0, 2).every((index) => inForce(outcomeOf(index)));
    case 'unreachable':
      return outcomeOf(indexes[0] ?? -1) === 'less-specific';
    case 'loop':
    case 'loop-at-instant':
    case 'infinite-growth': {
      let url = witness;
      for (let hops = 0; hops < 200 && url.length < 4000; hops++) {
        const location = answers.hop(url, at)?.location;
        if (typeof location !== 'string') return false;
        url = location.split('#', 1)[0] ?? '';
      }
      return true;
    }
    case 'chain':
    case 'chain-at-instant': {
      const first = answers.hop(witness, at);
      const second = answers.hop(first?.location?.split('#', 1)[0] ?? '', at);
      return first?.index === indexes[0] && second !== undefined && finalPage(answers, witness, at) !== 'never';
    }
    case 'gone-target': {
      let hop = answers.hop(witness, at);
      if (hop?.index !== indexes[0]) return false;
      while (typeof hop?.location === 'string') hop = answers.hop(hop.location.split('#', 1)[0] ?? '', at);
      return hop?.location === null;
    }
    case 'http-only':
      return outcomeOf(indexes[0] ?? -1) === 'scheme-differs' && !considered.some(({ outcome }) => outcome === 'won');
    case 'temporary-status':
    case 'insecure-target':
    case 'nested-url':
    case 'empty-segment':
    case 'target-case-twins':
    case 'case-twins':
    case 'looks-like-regex':
      return considered.some(({ index }) => indexes.includes(index));
    default:
      return false;
  }
}

test('every witness shows its finding when the engine is asked for it', () => {
  fc.assert(
    fc.property(rules, options, (all, more) => {
      const input = inputOf(all, more);
      for (const finding of lintRules(input)) {
        expect(isLintCode(finding.code)).toBe(true);
        if (!isShown(finding, input)) expect(finding).toBe('shown by its witness');
      }
    }),
    { numRuns: 300 },
  );
});
