import { describe, expect, test } from 'vitest';
import { affectedIn } from '../../../src/cli/plans/affected.ts';
import { carryOut, type Scene } from '../../../src/cli/plans/carry-out.ts';
import type { WriteFlags } from '../../../src/cli/plans/plan-consent.ts';
import { Progress } from '../../../src/cli/progress.ts';
import type { Ask, Question, Reply } from '../../../src/cli/prompts/ask.ts';
import type { Consented, Plan } from '../../../src/contract/shapes.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { collector, surroundingsFor } from '../support/in-process.ts';

const PLAN: Plan = {
  id: 'plan-1',
  platform: 'p',
  basis: 'b',
  documentHash: null,
  rollbackOf: null,
  actor: 'tester',
  createdAt: 0,
  expiresAt: 1000,
  tzdb: '2025b',
  operations: [
    {
      target: 'exceptions/stays',
      kind: 'exceptions',
      id: 'stays',
      verb: 'delete',
      expectedVersion: 1,
      before: { kind: 'exceptions', id: 'stays', version: 1, spec: { reason: 'because' }, times: {} },
      after: null,
      changes: [],
      cause: 'document',
    },
  ],
  guards: [],
  confirmations: [{ id: 'stays', target: 'exceptions/stays', why: 'it is no longer exempt' }],
  warnings: [],
  unchanged: 0,
  appliedAs: null,
  digest: 'd',
};

const BLOCKED: Plan = {
  ...PLAN,
  guards: [{ guard: 'deletes', outcome: 'block', message: '1 of 1', targets: [], override: '--override deletes' }],
};

const NO_FLAGS: WriteFlags = { yes: false, 'allow-deletes': false, 'dry-run': false };
const ALL_FLAGS: WriteFlags = { yes: true, 'allow-deletes': true, confirm: ['stays'], 'dry-run': false };

/** Carries out a plan that nothing comes of, and tells what was asked, said and consented to. */
async function carried(plan: Plan, flags: WriteFlags, replies: readonly Reply[] | null, madeBefore = false) {
  const out = collector(100);
  const err = collector(100);
  const surroundings = surroundingsFor({ env: { NO_COLOR: '1' } }, out.stream, err.stream);
  const asked: Question[] = [];
  const said: string[] = [];
  const given: Consented[] = [];
  const queue = [...(replies ?? [])];
  const ask: Ask = async (question) => {
    asked.push(question);
    return queue.shift() ?? '';
  };
  const scene: Scene = {
    surroundings,
    where: 'local',
    ask: replies === null ? null : ask,
    progress: new Progress(surroundings, { quiet: true }),
    heard: true,
    say: async (message) => void said.push(message),
    tellWarnings: async () => void err.stream.write('what is worth knowing\n'),
    affected: async (own) => affectedIn(own, null),
    full: false,
  };
  const write = {
    madeBefore,
    plan: async () => plan,
    apply: async (_: Plan, consent: Consented) => {
      given.push(consent);
      return null;
    },
  };
  const failure = await carryOut(write, flags, scene).then(
    () => null,
    (error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    },
  );
  return { failure, asked, said: said.join('\n'), shown: err.text(), given };
}

test('whoever is asked reads what is worth knowing before the plan', async () => {
  const { shown } = await carried(PLAN, NO_FLAGS, ['no']);
  expect(shown.startsWith('what is worth knowing\n')).toBe(true);
  expect(shown).toContain('exception stays');
});

test('a plan that cannot be made leaves no line of progress behind', async () => {
  const [out, err] = [collector(100), collector(100)];
  const surroundings = surroundingsFor({ env: { NO_COLOR: '1' } }, out.stream, err.stream);
  const fails = async () => {
    throw new Failure({ code: 'not-found', exit: 5, message: 'nothing' });
  };
  const scene: Scene = {
    surroundings,
    where: 'local',
    ask: null,
    progress: new Progress(surroundings, { quiet: false }),
    heard: true,
    say: async () => {},
    tellWarnings: async () => {},
    affected: async (own) => affectedIn(own, null),
    full: false,
  };
  await expect(carryOut({ plan: fails, apply: fails }, NO_FLAGS, scene)).rejects.toThrow('nothing');
  expect(err.text()).toContain('Planning');
  expect(err.text().endsWith('\r\u001b[K')).toBe(true);
});

describe('consent', () => {
  test('is asked for one thing after the other, the whole last, with the plan in view', async () => {
    const { asked, shown, given, failure } = await carried(PLAN, NO_FLAGS, ['stays', true, true]);
    expect(failure).toBeNull();
    expect(asked.map(({ kind }) => kind)).toEqual(['text', 'yes-no', 'yes-no']);
    expect(shown).toContain('- exception');
    expect(given).toEqual([{ allowDeletes: true, confirm: ['stays'], overrides: [] }]);
  });

  test.each<[string, readonly Reply[]]>([
    ['another id', ['other']],
    ['no to the deletes', ['stays', false]],
    ['no to the whole', ['stays', true, false]],
  ])('%s writes nothing', async (_, replies) => {
    const { failure, given } = await carried(PLAN, NO_FLAGS, replies);
    expect(failure).toMatchObject({ code: 'declined', exit: 2 });
    expect(given).toEqual([]);
  });

  test('given in full by flags, nothing is asked', async () => {
    const { asked, given } = await carried(PLAN, { ...ALL_FLAGS, reason: 'because' }, []);
    expect(asked).toEqual([]);
    expect(given).toEqual([{ reason: 'because', allowDeletes: true, confirm: ['stays'], overrides: [] }]);
  });

  test('with nobody to ask, everything that is missing is named at once', async () => {
    const { failure, given } = await carried(PLAN, NO_FLAGS, null);
    expect(failure).toMatchObject({ code: 'consent-needed', exit: 2 });
    expect(failure?.details).toMatchObject({ flags: ['--yes', '--allow-deletes', '--confirm stays'] });
    expect(given).toEqual([]);
  });
});

describe('guards', () => {
  test('are not talked over at a prompt', async () => {
    const { failure, asked } = await carried(BLOCKED, NO_FLAGS, ['stays', true, true]);
    expect(failure).toMatchObject({ code: 'guard-blocked', exit: 7 });
    expect(failure?.remedy).toBe(
      `Mend it and plan again; or, if it is meant, add:
  --yes \\
  --allow-deletes \\
  --confirm stays \\
  --override deletes \\
  --reason 'why it is meant'`,
    );
    expect(asked).toEqual([]);
  });

  test('are told once: in the plan where it is shown, else in the error', async () => {
    const shown = await carried(BLOCKED, ALL_FLAGS, null);
    expect(shown.said).toContain('✗ blocks      deletes: 1 of 1');
    expect(shown.said).not.toContain('If it is meant');
    expect(shown.failure?.message).toBe('Nothing was written: a guard blocks this.');
    const before = await carried(BLOCKED, ALL_FLAGS, null, true);
    expect(before.failure?.message).toBe('Nothing was written: a guard blocks this.\n  deletes: 1 of 1');
  });

  test('that are overridden say so with the reason, and offer no way out', async () => {
    const { said } = await carried(BLOCKED, { ...ALL_FLAGS, override: ['deletes'], reason: 'India closes too' }, null);
    expect(said).toContain('! overridden  deletes: 1 of 1\n                why: India closes too');
    expect(said).not.toContain('blocks');
    expect(said).not.toContain('If it is meant');
  });

  test('an override asks for its reason, which goes to the audit trail', async () => {
    const flags: WriteFlags = { ...ALL_FLAGS, override: ['deletes'] };
    const { given } = await carried(BLOCKED, flags, ['India closes too']);
    expect(given).toMatchObject([{ reason: 'India closes too', overrides: ['deletes'] }]);
  });

  test('an override with nobody to give its reason names the flag', async () => {
    const { failure } = await carried(BLOCKED, { ...ALL_FLAGS, override: ['deletes'] }, null);
    expect(failure?.details).toMatchObject({ flags: expect.arrayContaining(['--reason TEXT']) });
  });

  test('a dry run is blocked as the real one would be', async () => {
    const { failure, given } = await carried(BLOCKED, { ...ALL_FLAGS, 'dry-run': true }, null);
    expect(failure).toMatchObject({ code: 'guard-blocked', exit: 7 });
    expect(given).toEqual([]);
  });
});

describe('what is shown', () => {
  test('a plan made before is not shown in full again where nobody is asked', async () => {
    const { said, shown } = await carried(PLAN, ALL_FLAGS, null, true);
    expect(said).toBe('Plan plan-1: 1 to delete');
    expect(shown).toBe('');
  });

  test('a dry run needs no consent and applies nothing', async () => {
    const { failure, given } = await carried(PLAN, { ...NO_FLAGS, 'dry-run': true }, null);
    expect(failure).toBeNull();
    expect(given).toEqual([]);
  });
});
