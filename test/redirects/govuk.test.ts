import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compileRuleset } from '../../src/redirects/compile.ts';
import { readRulesCsv } from '../../src/redirects/formats/csv.ts';
import { lintRules } from '../../src/redirects/lint/index.ts';
import { matchRule } from '../../src/redirects/match.ts';
import type { RedirectRule } from '../../src/redirects/rule.ts';
import { parseRequestUrl, UrlError } from '../../src/redirects/url.ts';
import { OPTIONS, resolveTime } from './compile-rules.ts';

/** The mappings of some 200 sites that moved into GOV.UK in 2013. They are kept beside the repository, not in it. */
const MAPPINGS = fileURLToPath(new URL('../../../shared/data/govuk/mappings', import.meta.url));
const present = existsSync(MAPPINGS);

function hostsOf(rules: readonly RedirectRule[]): string[] {
  const hosts = new Set<string>();
  for (const { from } of rules) {
    try {
      hosts.add(`https://${parseRequestUrl(from).hostKey}/`);
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
    }
  }
  return [...hosts];
}

describe.skipIf(!present)(
  `GOV.UK’s mappings${present ? '' : ' (skipped: the data is not beside this checkout)'}`,
  () => {
    const sites = (present ? readdirSync(MAPPINGS) : [])
      .filter((name) => name.endsWith('.csv'))
      .map((name) => {
        const csv = readRulesCsv(readFileSync(`${MAPPINGS}/${name}`, 'utf8'), name);
        const compiled = compileRuleset({
          rules: csv.rules,
          options: { ...OPTIONS, query: 'drop', case: 'ignore' },
          siteUrls: hostsOf(csv.rules),
          resolveTime,
          origins: (index) => ({ file: name, line: csv.lines[index] ?? 0 }),
        });
        return { name, csv, compiled };
      });
    const findings = lintRules({
      rulesets: sites.map(({ name, compiled }) => ({ id: name, compiled })),
      exceptions: [],
    });

    test('every line is a rule, but for the statuses that no redirect can have', () => {
      expect(sites.reduce((sum, { csv }) => sum + csv.rules.length, 0)).toBeGreaterThan(150_000);
      expect(sites.flatMap(({ csv }) => csv.problems)).toEqual([]);
      const codes = sites.flatMap(({ compiled }) =>
        compiled.problems.map((problem) => `${problem.code}: ${problem.message}`),
      );
      expect([...new Set(codes)]).toEqual(['invalid-status: 418 is not a status a rule can have']);
    });

    test('every rule answers its own URL with its own answer, unless lint says why not', () => {
      const explained = new Set(findings.flatMap(({ rules }) => rules.map((rule) => `${rule.ruleset} ${rule.index}`)));
      const missed = sites.flatMap(({ name, csv, compiled }) =>
        csv.rules.flatMap((rule, index) => {
          if (explained.has(`${name} ${index}`)) return [];
          const result = matchRule(compiled, parseRequestUrl(rule.from), 0);
          return result.kind === 'rule' && result.index === index ? [] : [`${name}: ${rule.from}`];
        }),
      );
      expect(missed).toEqual([]);
    });

    test('chains that the real move had are found, loops there were none', () => {
      const count = (code: string): number => findings.filter((finding) => finding.code === code).length;
      expect(count('loop') + count('infinite-growth')).toBe(0);
      expect(count('chain')).toBeGreaterThan(20);
    });
  },
);
