import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Ended } from '../cli/support/in-process.ts';
import { installation } from '../cli/support/platform.ts';

const MARKETS = `markets:
  gb: { name: UK, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
`;
const SITES = `sites:
  poco-gb: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
  poco-in: { brand: poco, market: gb, role: legacy, urls: ["https://poco.in/"] }
  mi: { brand: xiaomi, market: gb, role: unified, urls: ["https://www.mi.com/global/"] }
`;
const RULESET = `rulesets:
  poco-gb: { site: poco-gb, rules: r.csv }
`;

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly message: string;
  readonly remedy: string | null;
}

interface Validated {
  readonly problems: readonly Found[];
  readonly unchecked: readonly string[];
  readonly entries: unknown;
  readonly rules: number;
  readonly exit: number;
  readonly text: Ended;
}

async function validate(document: string, csv = 'from,to\n'): Promise<Validated> {
  const own = installation();
  writeFileSync(join(own.folder, 'd.yaml'), document);
  writeFileSync(join(own.folder, 'r.csv'), csv);
  const json = await own.run(['validate', '-f', 'd.yaml', '--json']);
  const text = await own.run(['validate', '-f', 'd.yaml']);
  return { ...JSON.parse(json.stdout).data, exit: json.exit, text };
}

describe('what is wrong is told at its place, without any platform', () => {
  test.each<[string, string, string, string]>([
    ['an unknown key', `version: 1\n${MARKETS}shutdown: {}\n`, 'unknown-key', 'd.yaml:4:1'],
    [
      'a bare date',
      `version: 1\nfreezeWindows:\n  w:\n    from: 2024-12-24\n    until: end of 2024-12-26[UTC]\n    reason: x\n`,
      'invalid-time',
      'd.yaml:4:5',
    ],
    [
      'a reference into a section that is there',
      `version: 1\n${MARKETS}${SITES.replace('market: gb', 'market: bg')}`,
      'unknown-reference',
      'd.yaml:5:27',
    ],
    [
      'an unknown zone',
      `version: 1\n${MARKETS.replace('Europe/London', 'Europe/Londn')}`,
      'invalid-time-zone',
      'd.yaml:3:69',
    ],
    ['broken YAML', 'version: 1\nmarkets: {\n', 'invalid-yaml', 'd.yaml:3:1'],
  ])('%s', async (_, document, code, place) => {
    const { problems, exit, text } = await validate(document);
    expect(exit).toBe(2);
    expect(problems.map(({ code: own, file, line, column }) => `${own} ${file}:${line}:${column}`)).toContain(
      `${code} ${place}`,
    );
    expect(text.exit).toBe(2);
    expect(text.stdout).toContain(`${place}: error: `);
  });

  test('rules that are unsafe are told on their lines of the CSV file', async () => {
    const csv = [
      'from,to',
      '/uk/a,https://po.co/uk/b',
      '/uk/b,https://po.co/uk/a',
      '/uk/c/:id,https://www.mi.com/:nope',
      '/uk/d,https://www.mi.com/1',
      '/uk/d,https://www.mi.com/2',
    ].join('\n');
    const { problems, exit } = await validate(`version: 1\n${MARKETS}${SITES}${RULESET}`, csv);
    expect(exit).toBe(2);
    const found = problems.map(({ code, file, line }) => `${code} ${file}:${line}`);
    expect(found).toContain('unknown-placeholder r.csv:4');
    expect(found.some((text) => /^loop r\.csv:[23]$/.test(text))).toBe(true);
    expect(found.some((text) => /^conflict r\.csv:[56]$/.test(text))).toBe(true);
  });

  test('problems come in the order of files and lines, and each once', async () => {
    const csv = 'from,to,status\n/uk/a,https://www.mi.com/,nope\n/uk/c/:id,https://www.mi.com/:nope,301\n';
    const { problems } = await validate(`version: 1\n${MARKETS}${SITES}${RULESET}`, csv);
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(['r.csv:2', 'r.csv:3']);
  });
});

describe('what cannot be known here is not judged', () => {
  test('references into sections that are absent', async () => {
    const { problems, exit } = await validate(`version: 1\n${SITES}`);
    expect(problems).toEqual([]);
    expect(exit).toBe(0);
  });

  test('rules of a site that is elsewhere, and the command says so', async () => {
    const { problems, unchecked, exit, text } = await validate(
      `version: 1\n${RULESET}`,
      'from,to\n/uk/a,https://www.mi.com/\n',
    );
    expect(problems).toEqual([]);
    expect(exit).toBe(0);
    expect(unchecked).toEqual(['rules of poco-gb: its site is not in this document, or not right']);
    expect(text.stdout).toContain('not checked');
  });

  test.each([
    ['shutdowns', 'freeze: end of 2024-12-01', 'markets, sites'],
    ['shutdowns', 'freeze: end of 2024-12-01', 'sites', MARKETS],
    ['shutdowns', 'freeze: 2024-12-01T00:00Z', null],
  ])('dates of %s that say %s, where %s are elsewhere', async (section, freeze, lacking, more = '') => {
    const dates = `${freeze}, dark: 2024-12-31T00:00Z, redirectsUntil: 2025-12-31T00:00Z`;
    const shutdown = `shutdowns: { s: { title: S, sites: [poco-gb], into: mi-global, ${dates} } }\n`;
    const { problems, unchecked } = await validate(`version: 1\n${more}${shutdown}`);
    expect(problems).toEqual([]);
    const found = `dates without a zone in ${section}: the document has no ${lacking}; a plan reads them on the platform`;
    expect(unchecked).toEqual(lacking === null ? [] : [found]);
  });

  test('a zone of a market that is elsewhere does not make a window wrong', async () => {
    const csv = 'from,to,window.until\n/uk/a,https://www.mi.com/,end of 2025-01-31\n';
    const { problems } = await validate(`version: 1\n${SITES}${RULESET}`, csv);
    expect(problems).toEqual([]);
  });
});

test('a right document is summed up', async () => {
  const { entries, rules, text } = await validate(
    `version: 1\n${MARKETS}${SITES}${RULESET}`,
    'from,to\n/uk/a,https://www.mi.com/\n',
  );
  expect(entries).toEqual({ markets: 1, sites: 3, rulesets: 1 });
  expect(rules).toBe(1);
  expect(text.stdout).toBe('✓ d.yaml is right\n  1 market, 3 sites, 1 ruleset, 1 rule\n');
});

test('a document that is not there ends with exit 2 and the way to a first one', async () => {
  const { exit, stderr } = await installation().run(['validate']);
  expect(exit).toBe(2);
  expect(stderr).toContain('There is no document storectl.yaml');
  expect(stderr).toContain('storectl init');
});

test('of very many warnings of one code the first are shown, and how to see all; errors are all shown', async () => {
  const rules = Array.from({ length: 60 }, (_, page) => [
    `/uk/${page},http://www.mi.com/${page},301`,
    `/uk/bad/${page},https://www.mi.com/,399`,
  ]);
  const own = installation();
  writeFileSync(join(own.folder, 'd.yaml'), `version: 1\n${MARKETS}${SITES}${RULESET}`);
  writeFileSync(join(own.folder, 'r.csv'), `from,to,status\n${rules.flat().join('\n')}\n`);
  const shown = async (...flags: readonly string[]): Promise<readonly [number, number, string]> => {
    const { stdout } = await own.run(['validate', '-f', 'd.yaml', ...flags]);
    const times = (code: string): number => stdout.split(`(${code})`).length - 1;
    return [times('insecure-target'), times('invalid-status'), stdout];
  };
  const [warnings, errors, text] = await shown();
  expect([warnings, errors]).toEqual([10, 60]);
  expect(text).toContain('and 50 warnings more of insecure-target (--all shows them)\n');
  expect((await shown('--all')).slice(0, 2)).toEqual([60, 60]);
  const json = await own.run(['validate', '-f', 'd.yaml', '--json']);
  expect(JSON.parse(json.stdout).data.problems).toHaveLength(120);
});
