import { describe, expect, test } from 'vitest';
import { EXIT, Failure } from '../../../src/domain/failure.ts';
import { type Consent, type Consenting, checkConsent } from '../../../src/domain/plan/consent.ts';
import type { GuardName, GuardResult, PlanOperation } from '../../../src/domain/plan/plan.ts';

const NOTHING: Consent = { allowDeletes: false, confirm: [], overrides: [] };

function block(guard: GuardName, override: string | null = `--override ${guard}`): GuardResult {
  return { guard, outcome: 'block', message: `${guard} says no`, targets: [], override };
}

const removal = (id: string): PlanOperation => ({
  target: `sites/${id}`,
  kind: 'sites',
  id,
  verb: 'delete',
  expectedVersion: 1,
  before: null,
  after: null,
  changes: [],
  cause: 'document',
});

const RISKY: Consenting = {
  operations: [removal('a')],
  guards: [block('deletes'), { ...block('dates'), outcome: 'warn' }, { ...block('rules'), outcome: 'pass' }],
  confirmations: [
    { id: 'a', target: 'sites/a', why: 'gone' },
    { id: 'b', target: 'shutdowns/b', why: 'dark' },
  ],
};
const HARMLESS: Consenting = { operations: [], guards: [], confirmations: [] };
const ALL: Consent = { reason: 'meant', allowDeletes: true, confirm: ['a', 'b'], overrides: ['deletes'] };

function refusal(plan: Consenting, consent: Consent): Failure {
  try {
    checkConsent(plan, consent);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function missing(plan: Consenting, consent: Consent): unknown {
  return (refusal(plan, consent).details as { missing: unknown }).missing;
}

describe('consent', () => {
  test('is not needed for what is harmless, nor for warnings', () => {
    expect(() => checkConsent(HARMLESS, NOTHING)).not.toThrow();
    expect(() =>
      checkConsent({ ...HARMLESS, guards: [{ ...block('dates'), outcome: 'warn' }] }, NOTHING),
    ).not.toThrow();
  });

  test('is given by naming everything, and one too many does no harm', () => {
    expect(() => checkConsent(RISKY, ALL)).not.toThrow();
    expect(() =>
      checkConsent(RISKY, { ...ALL, confirm: ['a', 'b', 'c'], overrides: ['deletes', 'rules'] }),
    ).not.toThrow();
    expect(() => checkConsent(HARMLESS, ALL)).not.toThrow();
  });

  test('lists all that is missing at once', () => {
    expect(missing(RISKY, NOTHING)).toEqual([
      '--override deletes',
      '--allow-deletes',
      '--confirm a',
      '--confirm b',
      '--reason TEXT',
    ]);
    expect(missing(RISKY, { ...NOTHING, overrides: ['deletes'], confirm: ['b'] })).toEqual([
      '--allow-deletes',
      '--confirm a',
      '--reason TEXT',
    ]);
    expect(refusal(RISKY, NOTHING).remedy).toBe(
      'mend it and plan again; if that is meant, add --override deletes --allow-deletes --confirm a --confirm b --reason TEXT',
    );
  });

  test.each<[string, Partial<Consent>, string]>([
    ['an override', { overrides: [] }, 'guard-blocked'],
    ['another override', { overrides: ['updates'] }, 'guard-blocked'],
    ['--allow-deletes', { allowDeletes: false }, 'deletes-not-allowed'],
    ['a confirmation', { confirm: ['b'] }, 'confirmation-needed'],
    ['the reason of an override', { reason: undefined }, 'guard-blocked'],
    ['more than a blank reason', { reason: '  ' }, 'guard-blocked'],
  ])('lacks %s', (_name, less, code) => {
    expect(refusal(RISKY, { ...ALL, ...less })).toMatchObject({ code, exit: EXIT.blocked });
  });

  test('cannot be given where nothing may override', () => {
    const fixed = { ...HARMLESS, guards: [block('rules', null)] };
    const failure = refusal(fixed, { ...ALL, overrides: ['rules'] });
    expect(failure).toMatchObject({ code: 'guard-blocked', remedy: 'mend it and plan again' });
  });

  test('to deletions needs no reason where no guard is overridden', () => {
    expect(() => checkConsent({ ...RISKY, guards: [] }, { ...ALL, reason: undefined })).not.toThrow();
  });
});
