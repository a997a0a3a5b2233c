import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/cli/entries/entry.ts';
import { renderFindings } from '../../../src/cli/entries/rules/render-findings.ts';
import { renderRuleset } from '../../../src/cli/entries/rules/render-ruleset.ts';
import { NO_PALETTE, paletteFor } from '../../../src/cli/output/colours.ts';

const spec = { site: 'poco-gb', rules: { content: 'c', count: 1 } };
const RULESET: Entry<'rulesets'> = {
  kind: 'rulesets',
  id: 'poco-gb',
  version: 2,
  spec,
  times: {},
  revisions: [
    { revision: 1, from: null, spec },
    { revision: 2, from: { utc: '2024-11-01T00:00:00Z', zoned: '2024-11-01T00:00:00+00:00[Europe/London]' }, spec },
  ],
};
const RULES = [{ from: '/uk/f6', to: 'https://www.mi.com/uk/f6', note: 'a\u001b[2Jb', enabled: false }];

describe('renderRuleset', () => {
  it.each([40, 60, 100])('fits %i columns and says all of each rule', (width) => {
    const text = renderRuleset(RULESET, RULES, { width, palette: NO_PALETTE });
    expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(text).not.toContain('\u001b');
    expect(text.replace(/\s+/g, ' ')).toContain('disabled');
  });

  it('says the same with and without colours', async () => {
    const plain = renderRuleset(RULESET, RULES, { width: 40, palette: NO_PALETTE });
    const coloured = renderRuleset(RULESET, RULES, { width: 40, palette: await paletteFor(1) });
    expect(coloured).not.toBe(plain);
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('is lines of tabs in a pipe', () => {
    const lines = renderRuleset(RULESET, RULES, { width: null, palette: NO_PALETTE }).split('\n');
    expect(lines.at(-1)).toBe('1\t/uk/f6\thttps://www.mi.com/uk/f6\t301\t\tdisabled; “a\\x1b[2Jb”');
  });
});

describe('renderFindings', () => {
  const finding = {
    code: 'loop',
    severity: 'error' as const,
    message: 'a loop of 2 redirects\u001b[2J: https://po.co/uk/a → https://po.co/uk/b → https://po.co/uk/a',
    rules: [
      { file: 'r.csv', line: 2, from: '/uk/a' },
      { file: 'r.csv', line: 3, from: '/uk/b' },
    ],
    witness: 'https://po.co/uk/a',
    at: null,
    fix: null,
  };
  const warning = { ...finding, code: 'insecure-target', severity: 'warning' as const };

  it('puts errors first, each on one line in a pipe', () => {
    const text = renderFindings({ rules: 3, findings: [warning, finding] }, { width: null, palette: NO_PALETTE });
    const [first] = text.split('\n');
    expect(first).toMatch(/^r\.csv:2: error: a loop of 2 redirects\\x1b\[2J: .* \(loop\)$/);
    expect(text.split('\n').at(-1)).toBe('✗ 3 rules: 1 error, 1 warning');
  });

  it('is broken between words on a terminal', () => {
    const text = renderFindings({ rules: 3, findings: [finding] }, { width: 40, palette: NO_PALETTE });
    expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(60);
    expect(text.split('\n').length).toBeGreaterThan(6);
  });
});
