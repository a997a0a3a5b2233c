import { describe, expect, it } from 'vitest';
import type { AssertionSpec } from '../../../src/domain/document/assertion-schema.ts';
import { instant, POCO, ruleset, type Sections } from '../state/world.ts';
import { blocking, document, entry, guardsOf, kept, plan } from './planning.ts';

const PAGES: AssertionSpec = {
  kind: 'every-url-ends',
  urls: ['https://po.co/uk/phones/f6', 'https://po.co/uk/support/x'],
  on: ['www.mi.com'],
  from: 'end of 2024-12-31',
  until: 'end of 2026-12-31',
  reason: 'bookmarks must not break',
};
const asserted = (assertions: Readonly<Record<string, AssertionSpec>>): Sections => ({ ...POCO, assertions });
const current = kept(asserted({ 'pages-arrive': PAGES }));
const breaking = { 'poco-gb': ruleset('poco-gb', 'broken'), 'poco-fr': POCO.rulesets['poco-fr'] };
const rules = {
  gb: [
    { from: '/uk/phones/f6', to: 'https://www.mi.com/global/phones/f6' },
    { from: '/uk/support/*', to: 'https://www.mi.com/global/support/:splat' },
  ],
  broken: [{ from: '/uk/phones/f6', status: 410 as const }],
  fr: [],
};

describe('assertions', () => {
  it('that hold pass, with how many URLs were asked for', () => {
    const draft = plan(kept(POCO), document(asserted({ 'pages-arrive': PAGES })), { rules });
    expect(guardsOf(draft, 'assertions')).toEqual([
      {
        guard: 'assertions',
        outcome: 'pass',
        message: 'one assertion holds at every instant from now on (2 URLs)',
        targets: [],
        override: null,
      },
    ]);
  });

  it('that no longer would hold block the plan that breaks them, with a witness', () => {
    const draft = plan(current, document({ rulesets: breaking }), { rules });
    const [result] = guardsOf(draft, 'assertions');
    expect(result).toMatchObject({
      outcome: 'block',
      targets: ['assertions/pages-arrive'],
      override: '--override assertions',
      details: { checked: 2, failed: 1 },
    });
    expect(result?.message).toBe(
      'assertion "pages-arrive" does not hold from 2025-01-01T00:00:00Z until 2027-01-01T00:00:00Z: https://po.co/uk/phones/f6 is gone (410) (rule poco-gb#1); bookmarks must not break',
    );
  });

  it('are held against a date that moves, though no rule changes', () => {
    const later = { 'poco-2024': { ...POCO.shutdowns['poco-2024'], dark: 'end of 2025-01-31' } };
    const draft = plan(current, document({ shutdowns: later }), { rules });
    expect(guardsOf(draft, 'assertions').map(({ message }) => message)).toEqual([
      expect.stringContaining(
        'from 2025-01-01T00:00:00Z until 2025-02-01T00:00:00Z: https://po.co/uk/phones/f6 stays on po.co, where it is served (',
      ),
    ]);
  });

  it('are held against an exception that ends', () => {
    const india: AssertionSpec = { kind: 'nothing-captures', sites: ['poco-in'] };
    const state = kept(asserted({ india }));
    expect(blocking(plan(state, entry('exceptions', 'poco-india', null), { rules }))).toContain('assertions');
  });

  it('are about what is to come: what was cannot be changed by a plan', () => {
    const early: AssertionSpec = { ...PAGES, from: 'start of 2024-12-01' };
    const draft = (now: string) =>
      guardsOf(plan(kept(POCO), document(asserted({ early })), { rules, now: instant(now) }), 'assertions');
    expect(draft('2024-12-15T00:00Z').map(({ outcome }) => outcome)).toEqual(['block']);
    expect(draft('2025-01-01T00:00Z').map(({ outcome }) => outcome)).toEqual(['pass']);
  });

  it('are not asked where nothing of theirs changes', () => {
    const draft = plan(current, entry('markets', 'fr', { ...POCO.markets.fr, name: 'La France' }), { rules });
    expect(guardsOf(draft, 'assertions').map(({ message }) => message)).toEqual([
      'nothing that assertions depend on changes',
    ]);
  });
});
