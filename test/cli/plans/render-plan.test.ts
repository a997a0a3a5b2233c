import { describe, expect, test } from 'vitest';
import { NO_PALETTE } from '../../../src/cli/output/colours.ts';
import { affectedIn } from '../../../src/cli/plans/affected.ts';
import { applyCommand } from '../../../src/cli/plans/apply-command.ts';
import { renderOperation } from '../../../src/cli/plans/render-operation.ts';
import { renderPlan } from '../../../src/cli/plans/render-plan.ts';
import type { Plan } from '../../../src/contract/shapes.ts';
import { NO_CONTENTS } from '../../../src/domain/catalogs/contents.ts';
import { documentsOf } from '../../../src/domain/document/resources.ts';
import type { StoredDocument } from '../../../src/domain/document/schema.ts';
import { draftPlan } from '../../../src/domain/plan/draft-plan.ts';
import type { PlanDraft, PlanOperation, Verb } from '../../../src/domain/plan/plan.ts';

const NOW = Date.UTC(2024, 9, 1);

const DOCUMENT: StoredDocument = {
  version: 1,
  markets: {
    gb: { name: 'United Kingdom', countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'Europe/London' },
    fr: { name: 'France', countries: ['FR'], currency: 'EUR', locales: ['fr-FR'], timeZone: 'Europe/Paris' },
  },
  sites: {
    'poco-gb': { brand: 'poco', market: 'gb', role: 'legacy', urls: ['https://po.co/uk/'] },
    'poco-fr': { brand: 'poco', market: 'fr', role: 'legacy', urls: ['https://po.co/fr/'] },
    mi: { brand: 'xiaomi', market: 'gb', role: 'unified', urls: ['https://www.mi.com/global/'] },
  },
  shutdowns: {
    close: {
      title: 'Closing',
      sites: ['poco-gb', 'poco-fr'],
      into: 'mi',
      freeze: 'start of 2024-10-21',
      dark: 'end of 2024-12-31',
      redirectsUntil: '2027-01-01T00:00Z',
    },
  },
};

function drafted(document: StoredDocument, present: StoredDocument | null = null, now = NOW): PlanDraft {
  const input = { now, tzdb: '2025b', allowEmpty: true, rulesOf: () => [], contents: NO_CONTENTS };
  const none = documentsOf([]);
  const resources = (
    present === null ? [] : draftPlan({ ...input, current: none, desired: whole(present) }).operations
  ).flatMap((operation) =>
    operation.after === null ? [] : [{ kind: operation.kind, id: operation.id, version: 1, ...operation.after }],
  );
  return draftPlan({ ...input, current: documentsOf(resources), desired: whole(document) });
}

function whole(document: StoredDocument) {
  return { kind: 'document' as const, document };
}

function planOf(draft: PlanDraft): Plan {
  return {
    id: 'plan-1',
    platform: 'p',
    basis: 'b',
    documentHash: null,
    rollbackOf: null,
    actor: 'tester',
    createdAt: NOW,
    expiresAt: NOW + 86_400_000,
    tzdb: '2025b',
    ...(draft as unknown as Pick<Plan, 'operations' | 'guards'>),
    confirmations: draft.confirmations,
    warnings: draft.warnings,
    unchanged: draft.unchanged,
    appliedAs: null,
    digest: 'd',
  };
}

function rendered(
  plan: Plan,
  { width = null as number | null, full = false, present = null as StoredDocument | null } = {},
) {
  const apply = applyCommand(plan, plan.id, null);
  const affected = affectedIn(plan, present);
  return renderPlan(plan, { affected, where: 'local', full, apply }, { width, palette: NO_PALETTE });
}

test('what is kept by name in an entry stands on lines of its own, and a window under its text', () => {
  const change = (pointer: string, after?: unknown) => ({ pointer, ...(after === undefined ? {} : { after }) });
  const lines = renderOperation(
    {
      target: 'launches/sale',
      kind: 'launches',
      id: 'sale',
      verb: 'create',
      expectedVersion: 0,
      before: null,
      after: null,
      changes: [
        change('/items', { 'mi-band': { price: '14.99 USD', allocation: 500 }, case: { price: '9.99 USD' } }),
        change('/window start of 2015-06-01'),
      ],
      cause: 'document',
    },
    [],
    { width: 64, palette: NO_PALETTE, full: false },
  );
  expect(lines.join('\n')).toContain(`      items           mi-band: price 14.99 USD, allocation 500
                      case: price 9.99 USD
      window          start of 2015-06-01`);
});

describe('rules', () => {
  const told = (verb: Verb, before: number, after: number): string => {
    const rules = {
      before,
      after,
      added: Math.max(after - before, 0),
      removed: Math.max(before - after, 0),
      changed: 0,
    };
    const lines = renderOperation(
      {
        target: 'rulesets/poco-gb',
        kind: 'rulesets',
        id: 'poco-gb',
        verb,
        expectedVersion: 1,
        before: null,
        after: null,
        changes: [{ pointer: '/rules', after: { content: 'c', count: after } }],
        rules,
        cause: 'document',
      },
      [],
      { width: null, palette: NO_PALETTE, full: false },
    );
    return lines.at(-1)?.trim() ?? '';
  };

  test.each<[Verb, number, number, string]>([
    ['update', 13, 0, '13 → 0 rules: - 13 removed'],
    ['update', 1, 0, '1 → 0 rules: - 1 removed'],
    ['update', 0, 1, '0 → 1 rule: + 1 added'],
    ['update', 3, 5, '3 → 5 rules: + 2 added'],
    ['create', 0, 13, '13 rules'],
    ['create', 0, 0, '0 rules'],
  ])('%s of %d to %d', (verb, before, after, expected) => {
    expect(told(verb, before, after)).toBe(`rules           ${expected}`);
  });
});

test('what answers visitors at once is said under its change, and wraps', () => {
  const atOnce = 'site poco-gb is dark: this answers its visitors at once';
  const operation: PlanOperation = {
    target: 'rulesets/poco-gb',
    kind: 'rulesets',
    id: 'poco-gb',
    verb: 'update',
    expectedVersion: 1,
    before: null,
    after: null,
    changes: [],
    cause: 'document',
    atOnce,
  };
  expect(renderOperation(operation, [], { width: 40, palette: NO_PALETTE, full: false })).toEqual([
    '  ~ ruleset poco-gb',
    '      ! site poco-gb is dark: this',
    '        answers its visitors at once',
  ]);
});

describe('times', () => {
  const text = rendered(planOf(drafted(DOCUMENT)));

  test('one field shows each of its instants, in UTC and on the market’s clock', () => {
    expect(text).toContain('dark            end of 2024-12-31');
    expect(text).toMatch(/fr +2025-01-01 00:00 \+01:00 {2}= 2024-12-31T23:00:00Z/);
    expect(text).toMatch(/gb +2025-01-01 00:00 \+00:00 {2}= 2025-01-01T00:00:00Z/);
  });

  test('a common instant is on the clock of every affected market', () => {
    expect(text).toMatch(/fr +2027-01-01 01:00 \+01:00 {2}= 2027-01-01T00:00:00Z/);
  });

  test('what moves shows both instants', () => {
    const close = DOCUMENT.shutdowns?.['close'];
    const later = { version: 1 as const, shutdowns: { close: { ...close, dark: 'end of 2025-01-31' } as never } };
    const moved = rendered(planOf(drafted(later, DOCUMENT)), { present: DOCUMENT });
    expect(moved).toContain('~ shutdown close');
    expect(moved).toContain('end of 2024-12-31 → end of 2025-01-31');
    expect(moved).toMatch(/fr {2}2025-01-01 00:00 \+01:00 → 2025-02-01 00:00 \+01:00/);
    expect(moved).toContain('2024-12-31T23:00:00Z → 2025-01-31T23:00:00Z');
  });
});

describe('many operations', () => {
  const sites = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [
      `s-${i}`,
      { brand: 'b', market: 'gb', role: 'standalone' as const, urls: [`https://s${i}.example.com/`] },
    ]),
  );
  const plan = planOf(drafted({ ...DOCUMENT, sites: { ...DOCUMENT.sites, ...sites } }));

  test('are summed up by kind, with the way to see them all', () => {
    const text = rendered(plan, { width: 100 });
    expect(text.split('\n').length).toBeLessThan(60);
    expect(text).toContain('+ 2,003 sites');
    expect(text).toContain('--full shows every operation.');
  });

  test('are all shown with --full', () => {
    const text = rendered(plan, { full: true });
    for (const id of ['s-0', 's-1234', 's-1999']) expect(text).toContain(`+ site ${id}\n`);
    expect(text).not.toContain('--full');
  });
});

describe('what stands in the way', () => {
  const nothing: StoredDocument = { version: 1, markets: {}, sites: {}, shutdowns: {} };
  const plan = planOf(drafted(nothing, DOCUMENT, Date.UTC(2025, 5, 1)));
  const text = rendered(plan);

  test('blocking guards come first, with their override; those that pass share a line', () => {
    const guards = text.slice(text.indexOf('Guards'));
    expect(guards.indexOf('✗ blocks')).toBeGreaterThan(0);
    expect(guards.indexOf('✗ blocks')).toBeLessThan(guards.indexOf('✓ pass'));
    expect(guards).toContain('If it is meant: --override deletes --reason TEXT');
    expect(guards.match(/✓ pass/g)).toHaveLength(1);
  });

  test('the apply command has every flag that is needed', () => {
    const command = applyCommand(plan, 'plan-1', 'prod');
    expect(command.slice(0, 5)).toEqual(['storectl', 'apply', 'plan-1', '--context', 'prod']);
    for (const flag of ['--yes', '--allow-deletes', '--override', '--reason']) expect(command).toContain(flag);
    for (const { id } of plan.confirmations) {
      expect(command[command.lastIndexOf(id) - 1]).toBe('--confirm');
    }
    expect(plan.confirmations.length).toBeGreaterThan(0);
  });

  test('a guard that nothing lets through offers no command', () => {
    const guards = [{ guard: 'dates', outcome: 'block', message: 'no', targets: [], override: null }] as const;
    const stuck = rendered({ ...plan, guards });
    expect(stuck).toContain('This cannot be applied');
    expect(stuck).not.toContain('storectl apply');
  });
});

test('at 40 columns what comes and what goes stay with their signs', () => {
  const urls = ['https://www.po.co/en-gb/', 'https://www.poco.example/'];
  const changed = {
    ...DOCUMENT,
    sites: { ...DOCUMENT.sites, 'poco-gb': { brand: 'poco', market: 'gb', role: 'legacy' as const, urls } },
  };
  const text = rendered(planOf(drafted(changed, DOCUMENT)), { width: 40, present: DOCUMENT });
  expect(text).toContain(
    [
      '      urls',
      '        + https://www.po.co/en-gb/,',
      '          https://www.poco.example/',
      '        - https://po.co/uk/',
    ].join('\n'),
  );
});

test('on a narrow terminal only ids, URLs and the command are wider than it', () => {
  const lines = rendered(planOf(drafted(DOCUMENT)), { width: 40 }).split('\n');
  const wide = lines.filter((line) => line.length > 40 && !/https:|storectl apply|plan-1/.test(line));
  expect(wide).toEqual([]);
});

test('text of the document cannot act on the terminal', () => {
  const title = 'ok\u001b[2J\u202ereversed';
  const close = { ...DOCUMENT.shutdowns?.['close'], title } as never;
  const text = rendered(planOf(drafted({ ...DOCUMENT, shutdowns: { close } })));
  expect(text).not.toContain('\u001b');
  expect(text).not.toContain('\u202e');
  expect(text).toContain('\\x1b[2J');
});

test('a plan without operations says so and offers nothing', () => {
  const text = rendered(planOf(drafted(DOCUMENT, DOCUMENT)));
  expect(text).toBe('✓ Nothing to change for local. 6 entries as they are.');
});

test('at 40 columns it says so between words', () => {
  const text = rendered(planOf(drafted(DOCUMENT, DOCUMENT)), { width: 40 });
  expect(text).toBe('✓ Nothing to change for local. 6 entries\n  as they are.');
});

test('at 40 columns the id stands whole under the title, and a count beside its sign', () => {
  const { mi, 'poco-fr': fr, ...others } = { ...DOCUMENT.sites };
  if (mi === undefined || fr === undefined) throw new Error('no such sites');
  const sites = { ...others, 'poco-fr': { ...fr, urls: ['https://po.co/f/'] }, one: mi };
  const changed = { ...DOCUMENT, sites, shutdowns: {} };
  const id = '84f6c088-f487-434f-a669-ab84a23f5945';
  const text = rendered({ ...planOf(drafted(changed, DOCUMENT)), id, guards: [] }, { width: 40 });
  expect(text).toContain(`Plan for local\n  ${id}\n`);
  expect(text).toContain('+ 1 to create, ~ 1 to change,\n- 2 to delete; 3 as they are\n');
  expect(rendered({ ...planOf(drafted(changed, DOCUMENT)), id }, { width: 80 })).toContain(`Plan for local  ${id}\n`);
});

test('at 40 columns what cannot be applied says so between words', () => {
  const guards = [{ guard: 'dates', outcome: 'block', message: 'no', targets: [], override: null }] as const;
  const stuck = rendered({ ...planOf(drafted(DOCUMENT)), guards }, { width: 40 });
  expect(stuck).toContain('This cannot be applied: mend what blocks\nand plan again.');
});
