import { describe, expect, test } from 'vitest';
import { govukIsPresent } from '../../scripts/govuk-corpus.ts';
import { compileRuleset } from '../../src/redirects/compile.ts';
import { Answers } from '../../src/redirects/lint/answers.ts';
import { applyFixes, type Finding, type LintRuleset, lintRules } from '../../src/redirects/lint/index.ts';
import { matchRule } from '../../src/redirects/match.ts';
import { minimizeRules } from '../../src/redirects/minimize/index.ts';
import { parseRequestUrl } from '../../src/redirects/url.ts';
import { resolveTime } from './compile-rules.ts';
import { mappedSites, wholeSites } from './govuk-sites.ts';

const counts = (findings: readonly Finding[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(findings, ({ code }) => code)].map(([code, group]) => [code, group.length]));

/** Where a visitor ends, without the fragment. */
function finalPage(answers: Answers, start: string): string {
  let url = start;
  for (let hops = 0; hops < 20; hops++) {
    const hop = answers.hop(url, 0);
    if (hop === undefined) return url;
    if (hop.location === null) return 'gone';
    url = hop.location.split('#', 1)[0] ?? '';
  }
  return 'never';
}

describe.skipIf(!govukIsPresent)(
  `GOV.UK’s mappings${govukIsPresent ? '' : ' (skipped: the data is not beside this checkout)'}`,
  () => {
    const sites = mappedSites();
    const findings = lintRules({ rulesets: sites, exceptions: [] });

    test('every line is a rule, but for the statuses that no redirect can have', () => {
      expect(sites.reduce((sum, { csv }) => sum + csv.rules.length, 0)).toBeGreaterThan(150_000);
      expect(sites.flatMap(({ csv }) => csv.problems)).toEqual([]);
      const codes = sites.flatMap(({ compiled }) =>
        compiled.problems.map((problem) => `${problem.code}: ${problem.message}`),
      );
      expect([...new Set(codes)]).toEqual(['invalid-status: 418 is not a status a rule can have']);
    });

    test('every rule answers its own URL with its own answer, unless a tie says why not', () => {
      const tied = findings.filter(
        ({ code }) => code === 'duplicate' || code === 'conflict' || code === 'invalid-status',
      );
      const explained = new Set(tied.flatMap(({ rules }) => rules.map((rule) => `${rule.ruleset} ${rule.index}`)));
      const missed = sites.flatMap(({ id, csv, compiled }) =>
        csv.rules.flatMap((rule, index) => {
          if (explained.has(`${id} ${index}`)) return [];
          const result = matchRule(compiled, parseRequestUrl(rule.from), 0);
          return result.kind === 'rule' && result.index === index ? [] : [`${id}: ${rule.from}`];
        }),
      );
      expect(missed).toEqual([]);
    });

    // Samples of each code were looked at, one by one: the faults are real, and nothing else is reported.
    test('what the real move had', () => {
      expect(counts(findings)).toEqual({
        'invalid-status': 892,
        duplicate: 2,
        // Each file of them: nobody thought of https: then.
        'http-only': 195,
        conflict: 7,
        chain: 46,
        'gone-target': 41,
        'insecure-target': 4222,
        'mass-target': 21,
        // Eight pages of the Cabinet Office, and a department that is spelt with a capital twice.
        'nested-url': 8,
        'empty-segment': 6,
        'target-case-twins': 1,
        // `…/newsroom/*.*` and the like: meant for whole folders, and taken for those very characters.
        'looks-like-regex': 4,
      });
    });

    test('chains are led to their ends, and no rule’s own URL ends elsewhere', () => {
      const fixed: readonly LintRuleset[] = sites.map(({ id, csv, compiled }) => ({
        id,
        compiled: compileRuleset({
          rules: applyFixes(csv.rules, findings, id).rules,
          options: compiled.options,
          siteUrls: compiled.sites.map(({ hostKey }) => `https://${hostKey}/`),
          resolveTime,
        }),
      }));
      const after = lintRules({ rulesets: fixed, exceptions: [] });
      expect(counts(after)['chain'] ?? 0).toBeLessThan(5);
      const [before, now] = [
        new Answers({ rulesets: sites, exceptions: [] }),
        new Answers({ rulesets: fixed, exceptions: [] }),
      ];
      const moved = sites.flatMap(({ csv }) =>
        csv.rules.map(({ from }) => from).filter((from) => finalPage(before, from) !== finalPage(now, from)),
      );
      expect(moved).toEqual([]);
    });

    test('fewer rules answer every URL of a site alike', () => {
      const site = sites.find(({ id }) => id === 'bis.csv');
      const rules = site?.csv.rules ?? [];
      const { rules: fewer, proven } = minimizeRules({
        rules,
        options: { query: 'drop', trailingSlash: 'ignore', case: 'ignore' },
        siteUrls: ['https://www.bis.gov.uk/'],
        resolveTime,
      });
      expect(fewer.length).toBeLessThan(rules.length);
      expect(proven).toBeGreaterThan(rules.length);
    });
  },
);

describe.skipIf(!govukIsPresent)(
  `GOV.UK’s later sites${govukIsPresent ? '' : ' (skipped: the data is not beside this checkout)'}`,
  () => {
    const sites = wholeSites();

    test('sites that move as a whole: chains through other such sites, and targets that are not encrypted', () => {
      expect(sites.length).toBeGreaterThan(400);
      expect(sites.flatMap(({ compiled }) => compiled.problems)).toEqual([]);
      expect(counts(lintRules({ rulesets: sites, exceptions: [] }))).toEqual({
        chain: 9,
        'gone-target': 2,
        'insecure-target': 26,
      });
    });

    test('together with the mappings there is still no loop', () => {
      const found = counts(lintRules({ rulesets: [...sites, ...mappedSites()], exceptions: [] }));
      expect(Object.keys(found).filter((code) => code.startsWith('loop') || code === 'infinite-growth')).toEqual([]);
      expect(found['chain']).toBe(87);
    });
  },
);
