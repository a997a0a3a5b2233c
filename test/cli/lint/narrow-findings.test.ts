import { expect, test } from 'vitest';
import { renderFindings } from '../../../src/cli/entries/rules/render-findings.ts';
import { viewOf } from '../../../src/cli/output/view.ts';
import { collector, surroundingsFor } from '../support/in-process.ts';

test('a witness and its instant stay within a narrow terminal, under each other', async () => {
  const { stream } = collector(40);
  const view = await viewOf('stdout', surroundingsFor({ columns: 40, env: { NO_COLOR: '1' } }, stream, stream));
  const finding = {
    code: 'loop-at-instant',
    severity: 'error',
    message: 'it leads back to itself',
    rules: [{ file: 'r.csv', line: 2, from: '/uk/a' }],
    witness: 'https://po.co/uk/a-page',
    at: '2025-01-01T00:00:00Z',
    fix: null,
  } as const;
  const text = renderFindings({ rules: 1, findings: [finding] }, view);
  expect(text).toContain('    see https://po.co/uk/a-page at\n      2025-01-01T00:00:00Z\n');
});

test('an address is never cut or broken, nothing is glued to it, and no line is wider than the terminal but for it', async () => {
  const { stream } = collector(40);
  const view = await viewOf('stdout', surroundingsFor({ columns: 40, env: { NO_COLOR: '1' } }, stream, stream));
  const urls = ['one', 'two', 'three'].map((name) => `https://po.co/uk/${name}/with/more/segments/than/a/line/holds`);
  const [first = '', second = '', third = ''] = urls;
  const file = 'redirects/po.co-uk.csv';
  const rule = (from: string, line: number) => ({ file, line, from });
  const finding = {
    code: 'chain',
    severity: 'warning',
    message: `a chain of 2 redirects: ${urls.join(' → ')}`,
    rules: [rule(first, 2), rule(second, 3), rule('', 4)],
    witness: `${first}?q=1`,
    at: null,
    fix: { kind: 'retarget', rule: { ...rule(first, 2), ruleset: file, index: 0 }, to: third, status: 301 },
  } as const;
  const lines = renderFindings({ rules: 2, findings: [finding] }, view).split('\n');
  for (const line of lines) if (!line.includes('https:')) expect(line.length).toBeLessThanOrEqual(40);
  const words = lines.flatMap((line) =>
    line
      .trim()
      .split(' ')
      .filter((word) => word.includes('po.co/uk/')),
  );
  expect(words).toEqual([first, second, third, first, second, `${first}?q=1`, third]);
  expect(lines.filter((line) => /:$/.test(line))).toEqual([
    'redirects/po.co-uk.csv:2: warning:',
    '    a chain of 2 redirects:',
    `    with redirects/po.co-uk.csv:3:`,
  ]);
});
