import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportDocument } from '../../../src/domain/document/export-document.ts';
import { pathOf, pointerOf } from '../../../src/domain/document/pointer.ts';
import { canonicalRule, contentOfLines, ruleLine, ruleOfLine } from '../../../src/domain/document/rule-lines.ts';
import { type RuleSpec, StoredDocumentSchema } from '../../../src/domain/document/schema.ts';
import { normalizeSpec, specsOfDocument } from '../../../src/domain/document/specs.ts';
import { documentsFrom, POCO, ruleset } from '../state/world.ts';

describe('normalizeSpec', () => {
  test.each([
    [ruleset('s', 'a', { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' }), ruleset('s', 'a')],
    [ruleset('s', 'a', { query: 'drop', trailingSlash: 'strict', case: 'ignore' }), null],
    [
      ruleset('s', 'a', { fallback: { to: 'https://a.b/', status: 302 } }),
      ruleset('s', 'a', { fallback: { to: 'https://a.b/' } }),
    ],
    [ruleset('s', 'a', { fallback: { to: 'https://a.b/', status: 301 } }), null],
    [ruleset('s', 'a', { fallback: { status: 410 } }), null],
    [ruleset('s', 'a', { protected: false }), ruleset('s', 'a')],
    [ruleset('s', 'a', { protected: true }), null],
  ])('leaves out of %j what is so anyway', (spec, expected) => {
    expect(normalizeSpec('rulesets', spec)).toEqual(expected ?? spec);
  });

  test('keeps an empty list only where there has to be one', () => {
    expect(normalizeSpec('markets', { ...POCO.markets.global, currencies: [] })).toEqual(POCO.markets.global);
    const exempt = POCO.exceptions['poco-india'];
    expect(normalizeSpec('exceptions', { ...exempt, from: ['shutdown'], markets: [], urls: [] })).toEqual({
      ...exempt,
      from: ['shutdown'],
    });
  });
});

test('the sections a document has are managed, and no others', () => {
  expect([...specsOfDocument({ version: 1, sites: {}, markets: {} }).managed]).toEqual(['markets', 'sites']);
});

test('an export is a document in its own form, without empty sections, entries by id', () => {
  const exported = exportDocument(documentsFrom(POCO));
  expect(StoredDocumentSchema.safeParse(exported).success).toBe(true);
  expect(Object.keys(exported)).toEqual(['version', 'markets', 'sites', 'shutdowns', 'rulesets', 'exceptions']);
  expect(Object.keys(exported.sites ?? {})).toEqual(['mi-global', 'poco-fr', 'poco-gb', 'poco-global', 'poco-in']);
  expect(exported).toEqual({ version: 1, ...POCO });
});

describe('pointers', () => {
  test('follow RFC 6901', () => {
    expect(pointerOf([])).toBe('');
    expect(pointerOf(['sites', 'a/b', 'c~d', 0, ''])).toBe('/sites/a~1b/c~0d/0/');
  });

  test('lead back to their path', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (path) => {
        expect(pathOf(pointerOf(path))).toEqual(path);
      }),
    );
  });
});

describe('rule lines', () => {
  test.each<[RuleSpec, RuleSpec]>([
    [
      { from: '/a', to: '/b', status: 301, priority: 0, enabled: true, note: '', window: {} },
      { from: '/a', to: '/b' },
    ],
    [
      { from: '/a', status: 410, priority: 1, enabled: false, note: 'n' },
      { from: '/a', status: 410, priority: 1, enabled: false, note: 'n' },
    ],
    [
      { to: '/b', from: '/a', window: { until: 'end of 2025-01-01' } },
      { from: '/a', to: '/b', window: { until: 'end of 2025-01-01' } },
    ],
  ])('of %j says only what is not so anyway', (rule, expected) => {
    expect(ruleOfLine(ruleLine(rule))).toEqual(expected);
    expect(canonicalRule(rule)).toStrictEqual(expected);
  });

  test('are the same for the same rule, however its keys are ordered, and never of two lines', () => {
    const rule = fc.record(
      {
        from: fc.string(),
        to: fc.string(),
        status: fc.constantFrom(301, 302, 410),
        note: fc.string(),
        query: fc.constantFrom<RuleSpec['query'][]>('drop', { significant: ['q'] }),
      },
      { requiredKeys: ['from'] },
    ) as fc.Arbitrary<RuleSpec>;
    fc.assert(
      fc.property(rule, (one) => {
        const reversed = Object.fromEntries(Object.entries(one).reverse()) as RuleSpec;
        const line = ruleLine(one);
        expect(ruleLine(reversed)).toBe(line);
        expect(line).not.toContain('\n');
        expect(ruleLine(ruleOfLine(line))).toBe(line);
        expect(canonicalRule(one)).toStrictEqual(ruleOfLine(line));
      }),
    );
  });

  test('are digested in order, each ended by a line feed', () => {
    const fed: string[] = [];
    const hash = { update: (text: string) => fed.push(text), digest: () => 'digest' };
    expect(contentOfLines(['a', 'b'], hash)).toEqual({ content: 'digest', count: 2 });
    expect(fed.join('')).toBe('a\nb\n');
  });
});
