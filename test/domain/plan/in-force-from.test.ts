import { describe, expect, test } from 'vitest';
import type { Documents } from '../../../src/domain/document/resources.ts';
import { NO_RULES } from '../../../src/domain/document/rule-lines.ts';
import { stampRevision } from '../../../src/domain/plan/operations.ts';
import type { PlanDraft } from '../../../src/domain/plan/plan.ts';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { explainUrl } from '../../../src/domain/state/explain.ts';
import { timelineOf } from '../../../src/domain/state/timeline.ts';
import {
  answeringFrom,
  contentOf,
  DARK_LONDON,
  documentsFrom,
  instant,
  POCO,
  POCO_RULES,
  ruleset,
} from '../state/world.ts';
import { applied, document, entry, guardsOf, kept, NOW, plan } from './planning.ts';

const MARCH = instant('2025-03-01T00:00:00Z');
const APRIL = instant('2025-04-01T00:00:00Z');
const FEBRUARY = instant('2025-02-01T12:00:00Z');
const URL_OF_RULE = 'https://po.co/uk/phones/f6';
const rules = {
  ...POCO_RULES,
  next: [{ from: '/uk/phones/f6', to: 'https://www.mi.com/global/phones/f7' }],
  other: [{ from: '/uk/phones/f6', to: 'https://www.mi.com/global/phones/f8' }],
};
const later = (content: string, inForceFrom: string) =>
  entry('rulesets', 'poco-gb', ruleset('poco-gb', content, { inForceFrom }));

function revisionsIn(documents: Documents, id = 'poco-gb'): readonly unknown[] {
  return (documents.rulesets.get(id)?.revisions ?? []).map(({ revision, from, spec }) => [
    revision,
    from,
    spec.rules.content === NO_RULES.content
      ? 'none'
      : Object.keys(rules).find((name) => contentOf(name) === spec.rules.content),
  ]);
}

function write(current: Documents, desired: ReturnType<typeof later>, now = NOW): Documents {
  return applied(current, plan(current, desired, { rules, now }), now);
}

const answerAt = (documents: Documents, at: number) =>
  explainUrl(answeringFrom(documents, { ...rules, [NO_RULES.content]: [] }), URL_OF_RULE, at, { reasoning: false });

describe('a ruleset that begins later', () => {
  const current = kept(POCO);

  test('has what it had until then, and says when that ends', () => {
    const written = write(current, later('next', 'start of 2025-03-01'));
    expect(revisionsIn(written)).toEqual([
      [1, null, 'gb'],
      [2, MARCH, 'next'],
    ]);
    expect(answerAt(written, MARCH - 1)).toMatchObject({
      location: 'https://www.mi.com/global/phones/f6',
      nextChangeAt: '2025-03-01T00:00:00Z',
    });
    expect(answerAt(written, MARCH).location).toBe('https://www.mi.com/global/phones/f7');
    const events = timelineOf(indexDocuments(written), MARCH, MARCH + 1);
    expect(events.map(({ kind, subject }) => [kind, subject])).toContainEqual(['revision', 'poco-gb']);
  });

  test('begins when its site goes dark, in the market of that site', () => {
    expect(revisionsIn(write(current, later('next', 'dark')))).toEqual([
      [1, null, 'gb'],
      [2, DARK_LONDON, 'next'],
    ]);
  });

  test('follows the dark instant where that moves', () => {
    const written = write(current, later('next', 'dark'));
    const shutdown = { ...POCO.shutdowns['poco-2024'], dark: 'end of 2024-12-20' };
    const moved = write(written, entry('shutdowns', 'poco-2024', shutdown));
    expect(revisionsIn(moved)).toEqual([
      [1, null, 'gb'],
      [3, instant('2024-12-21T00:00:00Z'), 'next'],
    ]);
  });

  test('gives way to what is written next, at once or later', () => {
    const march = write(current, later('next', 'start of 2025-03-01'));
    const april = write(march, later('other', '2025-04-01T00:00Z'));
    expect(revisionsIn(april)).toEqual([
      [1, null, 'gb'],
      [3, APRIL, 'other'],
    ]);
    const atOnce = write(april, entry('rulesets', 'poco-gb', ruleset('poco-gb', 'next')));
    expect(revisionsIn(atOnce)).toEqual([
      [1, null, 'gb'],
      [4, NOW, 'next'],
    ]);
    const never = write(april, entry('rulesets', 'poco-gb', POCO.rulesets['poco-gb']));
    expect(revisionsIn(never)).toEqual([[1, null, 'gb']]);
  });

  test('is not begun again by the same words once it is in force', () => {
    const written = write(current, later('next', 'start of 2025-03-01'));
    expect(plan(written, later('next', 'start of 2025-03-01'), { rules, now: APRIL }).operations).toEqual([]);
    const unwritten = write(written, entry('rulesets', 'poco-gb', ruleset('poco-gb', 'next')), APRIL);
    expect(revisionsIn(unwritten)).toEqual([
      [1, null, 'gb'],
      [2, MARCH, 'next'],
    ]);
  });

  test('has no rules before, where it is new', () => {
    const written = write(kept({ ...POCO, rulesets: {} }), later('next', 'start of 2025-03-01'));
    expect(revisionsIn(written)).toEqual([
      [1, null, 'none'],
      [2, MARCH, 'next'],
    ]);
    expect(
      answerAt(
        documentsFrom({
          ...POCO,
          rulesets: { 'poco-gb': ruleset('poco-gb', 'next', { inForceFrom: 'start of 2025-03-01' }) },
        }),
        MARCH,
      ).location,
    ).toBe('https://www.mi.com/global/phones/f7');
  });

  test('keeps a revision that began between the plan and its application', () => {
    const march = write(current, later('next', 'start of 2025-03-01'));
    const [operation] = plan(march, entry('rulesets', 'poco-gb', ruleset('poco-gb', 'other')), {
      rules,
      now: MARCH - 5,
    }).operations;
    if (operation === undefined) throw new Error('no operation');
    expect(stampRevision(operation, MARCH + 5).after?.revisions?.map(({ revision, from }) => [revision, from])).toEqual(
      [
        [1, null],
        [2, MARCH],
        [3, MARCH + 5],
      ],
    );
  });

  test('needs no confirmation on a dark site, since nobody meets it yet', () => {
    const all = { ...rules, all: [{ from: '/uk/*', to: 'https://www.mi.com/global/' }] };
    const at = (inForceFrom: Record<string, string>) =>
      plan(current, entry('rulesets', 'poco-gb', ruleset('poco-gb', 'all', inForceFrom)), {
        rules: all,
        now: FEBRUARY,
      });
    expect(at({}).confirmations.map(({ id }) => id)).toEqual(['poco-gb']);
    expect(at({ inForceFrom: 'start of 2025-03-01' }).confirmations).toEqual([]);
  });

  test('must have a dark instant to begin at', () => {
    const sites = { ...POCO.shutdowns['poco-2024'], sites: ['poco-fr'] };
    const without = {
      ...POCO,
      shutdowns: { 'poco-2024': sites },
      rulesets: { 'poco-gb': ruleset('poco-gb', 'gb', { inForceFrom: 'dark' }) },
    };
    expect(() => plan(current, document(without), { rules })).toThrow('in no shutdown');
  });

  test('is pointed out where it begins after the dark instant, whichever of them moves, and where that is past', () => {
    const notes = (draft: PlanDraft) => guardsOf(draft, 'dates').map(({ message }) => message);
    const march = later('next', 'start of 2025-03-01');
    expect(notes(plan(current, march, { rules }))).toEqual([
      'rules of poco-gb begin (2025-03-01 00:00 +00:00) after poco-gb goes dark (2025-01-01 00:00 +00:00); its visitors do without them until then',
    ]);
    expect(notes(plan(current, march, { rules, now: APRIL }))).toEqual([
      'inForceFrom of poco-gb is in the past (2025-03-01 00:00 +00:00): at once',
    ]);
    const before = write(current, later('next', 'start of 2024-12-24'));
    const earlier = { ...POCO.shutdowns['poco-2024'], dark: 'end of 2024-12-20' };
    expect(notes(plan(before, entry('shutdowns', 'poco-2024', earlier), { rules }))).toEqual([
      expect.stringContaining('rules of poco-gb begin (2024-12-24 00:00 +00:00) after poco-gb goes dark (2024-12-21'),
    ]);
  });
});
