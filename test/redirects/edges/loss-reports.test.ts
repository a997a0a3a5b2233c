import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileRuleset } from '../../../src/redirects/compile.ts';
import type { CompiledRuleset } from '../../../src/redirects/compiled.ts';
import { EDGES, type Edge, type EdgeExport, exceeded } from '../../../src/redirects/edges/edge.ts';
import { exportRules } from '../../../src/redirects/edges/export.ts';
import { readRules } from '../../../src/redirects/formats/read.ts';
import { OPTIONS } from '../compile-rules.ts';

const fixture = (name: string): string => new URL(`../../fixtures/every-feature/${name}`, import.meta.url).pathname;
const rulesOf = (format: 'csv' | 'ndjson') => readRules(readFileSync(fixture(`rules.${format}`), 'utf8'), { format });

const AT = Date.UTC(2024, 10, 1);
const ruleset: CompiledRuleset = compileRuleset({
  rules: rulesOf('csv').rules,
  options: { ...OPTIONS, fallback: { to: 'https://www.mi.com/global/', status: 302 } },
  siteUrls: ['https://po.co/uk/', 'https://www.po.co/uk/', 'https://po.co:8443/uk/port/'],
  resolveTime: (text) => Date.parse(text),
});

const exports: ReadonlyMap<Edge, EdgeExport> = new Map(
  EDGES.map((edge) => [edge, exportRules(edge, { ruleset, at: AT })]),
);

/** What becomes of every rule on every edge, as a person reads it. */
function report(): string {
  const names = [...ruleset.rules].map(({ from }) => from);
  const cell = (edge: Edge, rule: number): string => {
    const lost = exports.get(edge)?.losses.filter((loss) => loss.rule === rule) ?? [];
    if (lost.length === 0) return 'kept';
    return lost.some((loss) => loss.lost.includes('it is left out')) ? 'left out' : 'less';
  };
  const row = (cells: readonly string[]): string => `| ${cells.map((one) => one.replaceAll('|', '\\|')).join(' | ')} |`;
  const rules = [...names.keys(), -1];
  const summary = [
    row(['rule', ...EDGES]),
    row(['---', ...EDGES.map(() => '---')]),
    ...rules.map((rule) => row([`\`${names[rule] ?? '(fallback)'}\``, ...EDGES.map((edge) => cell(edge, rule))])),
    row(['**kept**', ...EDGES.map((edge) => `**${rules.filter((rule) => cell(edge, rule) === 'kept').length}**`)]),
  ];
  const details = [...exports].flatMap(([edge, { losses, limits, notes, validUntil }]) => [
    `## ${edge}`,
    '',
    ...losses.map(({ rule, feature, lost }) => `- ${feature}: \`${names[rule] ?? '(fallback)'}\`: ${lost}`),
    ...(losses.length === 0 ? ['Nothing is lost.'] : []),
    '',
    ...limits.map(({ name, allowed, used }) => `Limit: ${name}: ${used}${allowed === null ? '' : ` of ${allowed}`}.`),
    ...notes.map((note) => `Note: ${note}`),
    ...(validUntil === null ? [] : [`Export again at ${new Date(validUntil).toISOString()}.`]),
    '',
  ]);
  return [
    '# What each edge keeps of a rule for every feature',
    '',
    'Kept: it answers as written. Less: it answers, and the list below says what is otherwise. Left out: it is not there.',
    '',
    ...summary,
    '',
    ...details,
  ].join('\n');
}

describe('a set of rules with every feature', () => {
  test('is the same rules as CSV and as NDJSON, and all of them can be used', () => {
    expect(rulesOf('csv').problems).toEqual([]);
    expect(rulesOf('ndjson')).toEqual({ ...rulesOf('csv'), lines: expect.anything() });
    expect(ruleset.problems).toEqual([]);
  });

  test('is within the limits of every edge', () => {
    for (const [edge, { limits }] of exports) expect([edge, exceeded(limits)]).toEqual([edge, []]);
  });

  test('loses what its report says, and nothing else', async () => {
    await expect(report()).toMatchFileSnapshot(fixture('losses.md'));
  });
});
