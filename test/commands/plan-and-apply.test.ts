import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Interruption } from '../../src/cli/interruption.ts';
import { openClient } from '../../src/client/index.ts';
import { api } from '../../src/contract/operations/index.ts';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { type Installation, installation } from '../cli/support/platform.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/poco-2024');
/** Between the announcement and the dark instant of the example. */
const NOW = Date.UTC(2024, 9, 16);
const LATER = Date.UTC(2025, 2, 1);

function withExample(): Installation & { readonly file: string } {
  const own = installation({ now: NOW });
  cpSync(EXAMPLE, join(own.folder, 'poco'), { recursive: true });
  withoutAssertions(join(own.folder, 'poco/storectl.yaml'));
  return { ...own, file: 'poco/storectl.yaml' };
}

/** What the example asserts forbids what is tried here: dates that move, and an exception that ends. */
function withoutAssertions(path: string): void {
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, text.indexOf('\nassertions:\n') + 1));
}

/** Replaces a text of the document, and returns its line. */
function edit(own: Installation, from: string, to: string): number {
  const path = join(own.folder, 'poco/storectl.yaml');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  return text.slice(0, text.indexOf(from)).split('\n').length;
}

function dataOf(stdout: string) {
  return JSON.parse(stdout).data;
}

function errorOf(stdout: string) {
  return JSON.parse(stdout).error;
}

describe('plan', () => {
  test('shows what would be done and writes nothing but the plan', async () => {
    const own = withExample();
    const planned = await own.run(['plan', '-f', own.file]);
    expect(planned.exit).toBe(0);
    expect(planned.stdout).toContain('+ 14 to create');
    expect(planned.stderr).toBe('');
    expect((await own.run(['changes', 'list', '--json'])).stdout).toBe('{"data":[],"warnings":[]}\n');
  });

  test('--exit-code says whether anything is pending', async () => {
    const own = withExample();
    expect((await own.run(['plan', '-f', own.file, '--exit-code'])).exit).toBe(3);
    await own.run(['apply', '-f', own.file, '--yes']);
    const again = await own.run(['plan', '-f', own.file, '--exit-code']);
    expect(again.exit).toBe(0);
    expect(again.stdout).toContain('Nothing to change');
  });

  test('--json is one value, with every instant in UTC beside its zoned text', async () => {
    const own = withExample();
    const { stdout } = await own.run(['plan', '-f', own.file, '--json']);
    const plan = dataOf(stdout);
    const shutdown = plan.operations.find(({ target }: { target: string }) => target === 'shutdowns/poco-2024');
    const dark = shutdown.changes.find(({ pointer }: { pointer: string }) => pointer === '/dark');
    const inFrance = dark.instants.find(({ market }: { market: string }) => market === 'fr');
    expect(inFrance.after).toEqual({ utc: '2024-12-31T23:00:00Z', zoned: '2025-01-01T00:00:00+01:00[Europe/Paris]' });
    expect(plan.createdAt).toBe('2024-10-16T00:00:00Z');
  });

  test('a wrong document is told with its places, and nothing is asked of a platform', async () => {
    const own = withExample();
    const line = edit(own, 'role: unified', 'role: unifed');
    const planned = await own.run(['plan', '-f', own.file], {
      openClient: async () => {
        throw new Error('the platform was opened');
      },
    });
    expect(planned.exit).toBe(2);
    expect(planned.stderr).toContain(`poco/storectl.yaml:${line}:`);
    expect(planned.stderr).toContain('did you mean `unified`?');
  });

  test('what only the platform can see is placed in the document too', async () => {
    const own = withExample();
    const line = edit(own, 'market: fr, role: legacy', 'market: it, role: legacy');
    const planned = await own.run(['plan', '-f', own.file, '--json']);
    expect(planned.exit).toBe(2);
    const [problem] = errorOf(planned.stdout).details.problems;
    expect(problem).toMatchObject({ code: 'unknown-reference', place: { file: 'poco/storectl.yaml', line } });
  });

  test('what it would break on the platform is not blamed on a line of the document', async () => {
    const own = withExample();
    await own.run(['apply', '-f', own.file, '--yes']);
    writeFileSync(join(own.folder, 'part.yaml'), 'version: 1\nsites: {}\n');
    const planned = await own.run(['plan', '-f', 'part.yaml', '--allow-empty']);
    expect(planned.exit).toBe(2);
    expect(planned.stderr).toContain('exceptions/poco-india, which is on the platform and not in this document');
    expect(planned.stderr).not.toContain('part.yaml:');
  });

  test('so is a time that cannot be read', async () => {
    const own = withExample();
    const line = edit(own, 'dark: end of 2024-12-31', 'dark: 2024-12-31');
    const planned = await own.run(['plan', '-f', own.file]);
    expect(planned.exit).toBe(2);
    expect(planned.stderr).toContain(`poco/storectl.yaml:${line}:5: error invalid-time`);
  });

  test('a rule that cannot be used is placed on its line of the CSV file', async () => {
    const own = withExample();
    const csv = join(own.folder, 'poco/redirects/po.co-uk.csv');
    writeFileSync(csv, readFileSync(csv, 'utf8').replace('/uk/phones/:model/specs,', '/elsewhere/:model/specs,'));
    const planned = await own.run(['plan', '-f', own.file]);
    expect(planned.exit).toBe(2);
    expect(planned.stderr).toContain('poco/redirects/po.co-uk.csv:7');
  });
});

describe('a plan file', () => {
  test('is private, and applied exactly once', async () => {
    const own = withExample();
    await own.run(['plan', '-f', own.file, '--out', 'plan.json']);
    expect(statSync(join(own.folder, 'plan.json')).mode & 0o777).toBe(0o600);
    const applied = await own.run(['apply', 'plan.json', '--yes', '--reason', 'because', '--json']);
    expect(applied.exit).toBe(0);
    expect(dataOf(applied.stdout).change).toMatchObject({ reason: 'because', sequence: 1 });
    const again = await own.run(['apply', 'plan.json', '--yes', '--json']);
    expect(again.exit).toBe(6);
    expect(errorOf(again.stdout).code).toBe('plan-applied');
  });

  test.each<[string, (plan: string) => string, string]>([
    ['altered', (text) => text.replace('Europe/Paris', 'Europe/Rome'), 'plan-altered'],
    ['no plan', () => '{"version": 1}', 'invalid-plan-file'],
    ['no JSON', () => 'version: 1', 'invalid-plan-file'],
  ])('that is %s is refused', async (_, change, code) => {
    const own = withExample();
    await own.run(['plan', '-f', own.file, '--out', 'plan.json']);
    const path = join(own.folder, 'plan.json');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    const applied = await own.run(['apply', 'plan.json', '--yes', '--json']);
    expect(applied.exit).toBe(2);
    expect(errorOf(applied.stdout).code).toBe(code);
  });

  test('goes through a pipe as well', async () => {
    const own = withExample();
    const { stdout } = await own.run(['plan', '-f', own.file, '--out', '-']);
    expect((await own.run(['apply', '-', '--yes'], { stdin: stdout })).exit).toBe(0);
  });

  test('of one platform is refused by another', async () => {
    const own = withExample();
    await own.run(['plan', '-f', own.file, '--out', 'plan.json']);
    const other = await own.run(['apply', 'plan.json', '--yes', '--json'], {
      env: { STORECTL_HOME: join(own.folder, 'other') },
    });
    expect(other.exit).toBe(2);
    expect(errorOf(other.stdout).code).toBe('other-platform');
    expect(errorOf(other.stdout).remedy).toContain('Plan again here, or apply it there.');
    expect(errorOf(other.stdout).message).toMatch(/was made for platform \S+; this is \S+\. Nothing was written\./);
  });
});

describe('apply', () => {
  test('without consent writes nothing, and names every flag at once', async () => {
    const own = withExample();
    const applied = await own.run(['apply', '-f', own.file, '--json'], { now: LATER });
    expect(applied.exit).toBe(2);
    expect(errorOf(applied.stdout)).toMatchObject({
      code: 'consent-needed',
      details: { flags: ['--yes', '--confirm poco-2024'] },
    });
    expect(applied.stderr).toBe('');
    expect(dataOf((await own.run(['changes', 'list', '--json'])).stdout)).toEqual([]);
  });

  test('--yes alone does not confirm what visitors notice at once', async () => {
    const own = withExample();
    expect((await own.run(['apply', '-f', own.file, '--yes'], { now: LATER })).exit).toBe(2);
    const confirmed = ['apply', '-f', own.file, '--yes', '--confirm', 'poco-2024', '--confirm', 'nothing-of-that-name'];
    expect((await own.run(confirmed, { now: LATER })).exit).toBe(0);
  });

  test('shows the plan on standard error and what was done on standard output', async () => {
    const own = withExample();
    const applied = await own.run(['apply', '-f', own.file, '--yes']);
    expect(applied.stderr).toContain('+ shutdown poco-2024');
    expect(applied.stdout).toMatch(
      /^✓ 14 created, at 2024-10-16T00:00:00Z\n {2}change \S+\n {2}undo with: storectl rollback \S+\n$/,
    );
  });

  test('--dry-run shows the plan and writes nothing', async () => {
    const own = withExample();
    const tried = await own.run(['apply', '-f', own.file, '--dry-run']);
    expect(tried.exit).toBe(0);
    expect(tried.stdout).toContain('Nothing was written: this was a dry run.');
    expect(dataOf((await own.run(['changes', 'list', '--json'])).stdout)).toEqual([]);
  });

  test('a plan that something overtook is stale: exit 6, and nothing written', async () => {
    const own = withExample();
    await own.run(['plan', '-f', own.file, '--out', 'plan.json']);
    edit(own, 'end of 2026-12-31', 'end of 2027-12-31');
    await own.run(['apply', '-f', own.file, '--yes']);
    const stale = await own.run(['apply', 'plan.json', '--yes', '--json']);
    expect(stale.exit).toBe(6);
    expect(errorOf(stale.stdout).code).toBe('stale-plan');
    expect(dataOf((await own.run(['changes', 'list', '--json'])).stdout)).toHaveLength(1);
  });

  test('an expired plan: exit 6', async () => {
    const own = withExample();
    await own.run(['plan', '-f', own.file, '--out', 'plan.json']);
    const expired = await own.run(['apply', 'plan.json', '--yes', '--json'], { now: NOW + 25 * 3_600_000 });
    expect(expired.exit).toBe(6);
    expect(errorOf(expired.stdout).code).toBe('plan-expired');
  });

  test('an empty section needs --allow-empty, and the error names its line', async () => {
    const own = withExample();
    await own.run(['apply', '-f', own.file, '--yes']);
    writeFileSync(join(own.folder, 'empty.yaml'), 'version: 1\nexceptions: {}\n');
    const refused = await own.run(['apply', '-f', 'empty.yaml', '--yes']);
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('empty.yaml:2:1');
    expect(refused.stderr).toContain('--allow-empty');
  });

  test('a guard blocks with exit 7 and names its override; an override needs a reason', async () => {
    const own = withExample();
    await own.run(['apply', '-f', own.file, '--yes']);
    writeFileSync(join(own.folder, 'empty.yaml'), 'version: 1\nexceptions: {}\n');
    const remove = [
      'apply',
      '-f',
      'empty.yaml',
      '--yes',
      '--allow-empty',
      '--allow-deletes',
      '--confirm',
      'poco-india',
    ];
    const blocked = await own.run([...remove, '--json']);
    expect(blocked.exit).toBe(7);
    expect(errorOf(blocked.stdout)).toMatchObject({ code: 'guard-blocked' });
    expect(errorOf(blocked.stdout).remedy).toContain('--override deletes');
    const silent = await own.run([...remove, '--override', 'deletes']);
    expect(silent.exit).toBe(2);
    expect(silent.stderr).toContain('--reason TEXT');
    expect((await own.run([...remove, '--override', 'deletes', '--reason', 'India closes too'])).exit).toBe(0);
    const [latest] = dataOf((await own.run(['changes', 'list', '--json'])).stdout);
    expect(latest).toMatchObject({ overrides: ['deletes'], confirmed: ['poco-india'], reason: 'India closes too' });
  });

  test('an empty reason is told by its flag before anything is planned', async () => {
    const applied = await withExample().run(['apply', '-f', 'nowhere.yaml', '--yes', '--reason', '']);
    expect(applied.exit).toBe(2);
    expect(applied.stderr).toMatch(/^Error: --reason is empty: the audit trail would not say why\.\n/);
  });

  test.each([
    [['apply'], 'Neither a plan nor a document is named.'],
    [['apply', 'x', '-f', 'y'], 'A plan and a document are two things to apply.'],
    [['apply', 'no-such-plan'], 'There is neither a file nor a plan "no-such-plan".'],
    [
      ['apply', 'no-such-plan', '--yes', '--override', 'freze'],
      '--override: there is no "freze". Did you mean freeze-window?',
    ],
  ])('%j is refused', async (argv, message) => {
    const { exit, stderr } = await withExample().run(argv);
    expect([2, 5]).toContain(exit);
    expect(stderr).toContain(message);
  });

  test('Ctrl-C while it is applied takes effect afterwards, and says what became of it', async () => {
    const own = withExample();
    const interruption = new Interruption();
    const applied = await own.run(['apply', '-f', own.file, '--yes'], {
      interruption,
      openClient: async (target, options) => {
        const client = await openClient(target, options);
        const call: typeof client.call = async (operation, request) => {
          if (operation.name === api.plans.apply.name) interruption.request('SIGINT');
          return client.call(operation, request);
        };
        return { ...client, call };
      },
    });
    expect(applied.exit).toBe(130);
    expect(applied.stderr).toMatch(/It was applied before the interruption took effect, as change \S+\./);
    expect(applied.stderr).toContain('storectl changes list');
    expect(dataOf((await own.run(['changes', 'list', '--json'])).stdout)).toHaveLength(1);
  });
});

describe('rollback and changes', () => {
  async function changedOnce() {
    const own = withExample();
    await own.run(['apply', '-f', own.file, '--yes']);
    edit(own, 'dark: end of 2024-12-31', 'dark: end of 2025-01-31');
    const applied = await own.run(['apply', '-f', own.file, '--yes', '--json']);
    return { own, change: dataOf(applied.stdout).change.id as string };
  }

  test('a rollback restores what the change replaced', async () => {
    const { own, change } = await changedOnce();
    const tried = await own.run(['rollback', change, '--dry-run']);
    expect(tried.stdout).toContain('end of 2025-01-31 → end of 2024-12-31');
    const back = await own.run(['rollback', change, '--yes', '--json']);
    expect(back.exit).toBe(0);
    expect(dataOf(back.stdout).change.rollbackOf).toBe(change);
    edit(own, 'dark: end of 2025-01-31', 'dark: end of 2024-12-31');
    expect((await own.run(['plan', '-f', own.file, '--exit-code'])).exit).toBe(0);
  });

  test('a change that is not there: exit 5', async () => {
    expect((await withExample().run(['rollback', 'nothing', '--yes'])).exit).toBe(5);
  });

  test('changes are listed newest first and shown with every operation', async () => {
    const { own, change } = await changedOnce();
    const listed = dataOf((await own.run(['changes', 'list', '--json'])).stdout);
    expect(listed.map(({ sequence }: { sequence: number }) => sequence)).toEqual([2, 1]);
    expect(listed[0]).toMatchObject({ id: change, at: '2024-10-16T00:00:00Z' });
    expect(dataOf((await own.run(['changes', 'list', '--limit', '1', '--json'])).stdout)).toHaveLength(1);
    const shown = await own.run(['changes', 'show', change]);
    expect(shown.stdout).toContain('~ shutdown poco-2024');
    expect(shown.stdout).toContain('1 changed');
  });

  test('verify proves the trail', async () => {
    const { own } = await changedOnce();
    const verified = await own.run(['changes', 'verify']);
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain('2 changes, the chain is whole');
  });

  test('verify ends with 3 where the trail does not hold', async () => {
    const finding = { change: null, message: 'sites/x is not what was left\u001b[2J' };
    const { exit, stdout } = await withExample().run(['changes', 'verify'], {
      openClient: async (target) => ({
        target,
        call: async () => ({ value: { intact: false, changeSets: 2, head: 'h', findings: [finding] } }) as never,
        listAll: () => {
          throw new Error('nothing to list');
        },
        close: async () => {},
      }),
    });
    expect(exit).toBe(3);
    expect(stdout).toContain('the state: sites/x is not what was left\\x1b[2J');
  });
});

describe('the example', () => {
  test('is right, without any warning', async () => {
    const { stdout, exit } = await installation().run(['validate', '-f', join(EXAMPLE, 'storectl.yaml'), '--json'], {
      cwd: temporaryFolder(),
    });
    expect(exit).toBe(0);
    expect(dataOf(stdout)).toMatchObject({ problems: [], unchecked: [], entries: { sites: 5, exceptions: 1 } });
  });
});
