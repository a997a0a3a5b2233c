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
