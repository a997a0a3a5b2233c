import { describe, expect, it } from 'vitest';
import {
  addRule,
  changeRule,
  editRule,
  removeRule,
  requireRuleChosen,
} from '../../../src/cli/entries/rules/edit-rules.ts';
import type { RuleSpec } from '../../../src/domain/document/schema.ts';

const RULES: readonly RuleSpec[] = [
  { from: '/uk/a', to: 'https://x.y/a' },
  { from: '/uk/b', to: 'https://x.y/b', window: { until: '2024-01-01T00:00Z' }, note: 'n' },
  { from: '/uk/b', to: 'https://x.y/c', window: { from: '2024-01-01T00:00Z' } },
];

describe('editRule', () => {
  it.each([
    ['texts', { to: 'https://x.y/z', note: 'why' }, { to: 'https://x.y/z', note: 'why' }],
    ['a window', { 'window-from': '2024-01-01T00:00Z' }, { window: { from: '2024-01-01T00:00Z' } }],
    ['a query policy', { query: 'significant:q,id' }, { query: { significant: ['q', 'id'] } }],
    [
      'numbers and switches',
      { status: 302, priority: 0, enabled: false },
      { status: 302, priority: 0, enabled: false },
    ],
  ])('sets %s', (_, said, expected) => {
    const rule = { from: '/a', to: 'https://x.y/' };
    expect(editRule(rule, said)).toEqual({ ...rule, ...expected });
  });

  it('takes keys away for empty texts, and keeps the rest', () => {
    const rule: RuleSpec = { from: '/a', to: 'b', note: 'n', query: 'drop', window: { from: 'f', until: 'u' } };
    expect(editRule(rule, { to: '', note: '', query: '', 'window-from': '' })).toEqual({
      from: '/a',
      window: { until: 'u' },
    });
    expect(editRule(rule, { 'window-from': '', 'window-until': '' })).not.toHaveProperty('window');
  });

  it('refuses a query policy that is none', () => {
    expect(() => editRule({ from: '/a' }, { query: 'significant:' })).toThrow(
      expect.objectContaining({ code: 'invalid-query', exit: 2 }),
    );
  });
});

describe('addRule', () => {
  it('adds at the end', () => {
    const rule = { from: '/uk/c', to: 'https://x.y/' };
    expect(addRule(RULES, rule)).toEqual([...RULES, rule]);
  });

  it('refuses what takes the same URLs in the same window', () => {
    expect(() => addRule(RULES, { from: '/uk/a', to: 'https://other/' })).toThrow(
      expect.objectContaining({
        code: 'already-exists',
        message: 'Rule 1 is from /uk/a already, to https://x.y/a. Nothing was written.',
      }),
    );
    expect(addRule(RULES, { from: '/uk/a', to: 'https://other/', match: 'prefix' })).toHaveLength(4);
  });
});

describe('one rule among others', () => {
  it('is changed in its place', () => {
    expect(changeRule(RULES, { from: '/uk/a' }, { status: 410, to: '' })).toEqual([
      { from: '/uk/a', status: 410 },
      RULES[1],
      RULES[2],
    ]);
  });

  it('is removed', () => {
    expect(removeRule(RULES, { from: '/uk/b', number: 3 })).toEqual(RULES.slice(0, 2));
  });

  it('has to be there', () => {
    expect(() => removeRule(RULES, { from: '/uk/aa' })).toThrow(
      expect.objectContaining({ exit: 5, message: 'There is no rule from /uk/aa. Did you mean /uk/a?' }),
    );
  });

  it('has to be one alone', () => {
    expect(() => removeRule(RULES, { from: '/uk/b' })).toThrow(
      expect.objectContaining({ code: 'ambiguous-rule', details: { from: '/uk/b', numbers: [2, 3] } }),
    );
    expect(() => removeRule(RULES, { from: '/uk/b', number: 1 })).toThrow(
      expect.objectContaining({ message: 'Rules from /uk/b have the numbers 2, 3.' }),
    );
  });

  it('has to be named before it can be changed', () => {
    expect(() => requireRuleChosen({ to: 'https://x.y/', query: 'drop', enabled: false })).toThrow(
      expect.objectContaining({ code: 'input-needed', details: { flags: ['--to', '--enabled'] } }),
    );
    expect(() => requireRuleChosen({ query: 'drop' })).not.toThrow();
  });
});
