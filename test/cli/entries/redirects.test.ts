import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/in-process.ts';
import { smallWorld } from './world.ts';

const dataOf = (stdout: string) => JSON.parse(stdout).data;
const RULE = ['redirects', 'add', 'poco-gb', '--from', '/uk/f6', '--to', 'https://www.mi.com/uk/f6'];
const QUIET = ['--yes', '--quiet'];

async function withRule() {
  const program = await smallWorld();
  const { exit, stderr } = await program.run([...RULE, '--site', 'poco-gb', ...QUIET]);
  if (exit !== 0) throw new Error(stderr);
  const rules = async (...flags: string[]) =>
    dataOf((await program.run(['redirects', 'show', 'poco-gb', '--rules', '--json', ...flags])).stdout).rules;
  return { ...program, rules };
}

describe('redirects', () => {
  it('makes the ruleset with its first rule, for which it needs a site', async () => {
    const program = await smallWorld();
    const without = await program.run([...RULE, ...QUIET]);
    expect(without.exit).toBe(2);
    expect(without.stderr).toContain('Missing --site.');
    const { exit } = await program.run([...RULE, '--site', 'poco-gb', ...QUIET]);
    expect(exit).toBe(0);
    const list = await program.run(['redirects', 'list']);
    expect(list.stdout).toBe(
      'ID\tSITE\tRULES\tREVISION\tIN FORCE FROM\tFALLBACK\npoco-gb\tpoco-gb\t1\t1\talways\tthe unified site (302)\n',
    );
  });

  it('adds, changes and removes one rule, each as a revision', async () => {
    const { run, rules } = await withRule();
    await run(['redirects', 'add', 'poco-gb', '--from', '/uk/app', '--status', '410', ...QUIET]);
    await run(['redirects', 'change', 'poco-gb', '--from', '/uk/f6', '--note', 'why', ...QUIET]);
    expect(await rules()).toEqual([
      { from: '/uk/f6', to: 'https://www.mi.com/uk/f6', note: 'why' },
      { from: '/uk/app', status: 410 },
    ]);
    const removed = await run([
      'redirects',
      'remove',
      'poco-gb',
      '--from',
      '/uk/app',
      ...QUIET,
      '--allow-deletes',
      '--override',
      'deletes',
      '--reason',
      'small set',
    ]);
    expect(removed.exit).toBe(0);
    expect(await rules()).toHaveLength(1);
    expect(await rules('--revision', '1')).toEqual([{ from: '/uk/f6', to: 'https://www.mi.com/uk/f6' }]);
    expect((await run(['redirects', 'show', 'poco-gb', '--revision', '9'])).exit).toBe(5);
  });

  it('changes the options of the ruleset and leaves its rules', async () => {
    const { run, rules } = await withRule();
    const before = await rules();
    const { exit } = await run(['redirects', 'change', 'poco-gb', '--fallback', '410', '--query', 'drop', ...QUIET]);
    expect(exit).toBe(0);
    const { spec } = dataOf((await run(['redirects', 'show', 'poco-gb', '--json'])).stdout);
    expect(spec).toMatchObject({ fallback: { status: 410 }, query: 'drop' });
    expect(await rules()).toEqual(before);
  });

  it('names the flag of a rule that cannot be', async () => {
    const { run } = await withRule();
    const { exit, stderr } = await run([
      'redirects',
      'add',
      'poco-gb',
      '--from',
      '/fr/x',
      '--to',
      'https://x.y/',
      '--yes',
    ]);
    expect(exit).toBe(2);
    expect(stderr).toContain('--from: error outside-site');
  });

  it('does not write a loop', async () => {
    const { run } = await withRule();
    const { exit, stderr } = await run([
      'redirects',
      'add',
      'poco-gb',
      '--from',
      '/uk/a',
      '--to',
      'https://po.co/uk/a',
      '--yes',
    ]);
    expect(exit).toBe(7);
    expect(stderr).toContain('loop');
  });

  it('keeps a ruleset with its site', async () => {
    const { run } = await withRule();
    const { exit, stderr } = await run([
      'redirects',
      'add',
      'poco-gb',
      '--site',
      'poco-fr',
      '--from',
      '/uk/x',
      '--status',
      '410',
    ]);
    expect(exit).toBe(2);
    expect(stderr).toContain('is for the site poco-gb, not poco-fr');
  });
});

describe('redirects lint', () => {
  function csv(...lines: string[]) {
    const file = join(temporaryFolder(), 'rules.csv');
    writeFileSync(file, ['from,to', ...lines].join('\n'));
    return file;
  }

  it('answers with findings that name their rules by line, and exits 3 for an error', async () => {
    const file = csv('/uk/a,https://po.co/uk/b', '/uk/b,https://po.co/uk/a');
    const program = await smallWorld();
    const { exit, stdout } = await program.run(['redirects', 'lint', file, '--url', 'https://po.co/uk/', '--json']);
    expect(exit).toBe(3);
    const data = dataOf(stdout);
    expect(data.rules).toBe(2);
    expect(data.findings).toEqual([
      expect.objectContaining({
        code: 'loop',
        severity: 'error',
        rules: [
          { file, line: 2, from: '/uk/a' },
          { file, line: 3, from: '/uk/b' },
        ],
        witness: 'https://po.co/uk/a',
      }),
    ]);
    const text = await program.run(['redirects', 'lint', file, '--url', 'https://po.co/uk/']);
    expect(text.stdout).toContain(`${file}:2: error: `);
    expect(text.stdout).toContain(`with ${file}:3: /uk/b`);
  });

  it('reports every line that gives no rule', async () => {
    const file = csv('/uk/a', ',https://x.y/', '/uk/b,https://www.mi.com/uk/b');
    const program = await smallWorld();
    const { exit, stdout } = await program.run(['redirects', 'lint', file, '--json']);
    expect(exit).toBe(3);
    const lines = dataOf(stdout).findings.map((finding: { rules: { line: number }[] }) => finding.rules[0]?.line);
    expect(lines.toSorted()).toEqual([2, 3]);
  });

  it('passes rules that are right, from standard input, without a platform', async () => {
    const program = await smallWorld();
    const { exit, stdout } = await program.run(['redirects', 'lint', '-'], {
      stdin: 'from,to\n/uk/b,https://www.mi.com/uk/b\n',
      openClient: async () => {
        throw new Error('no platform is needed');
      },
    });
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: '✓ 1 rule: nothing found\n' });
  });

  it('looks at a ruleset of the platform', async () => {
    const { run } = await withRule();
    const { exit, stdout } = await run(['redirects', 'lint', '--ruleset', 'poco-gb', '--json']);
    expect(exit).toBe(0);
    expect(dataOf(stdout)).toEqual({ rules: 1, findings: [] });
    expect((await run(['redirects', 'lint', '--ruleset', 'poco-g'])).exit).toBe(5);
  });

  it.each([[[]], [['rules.csv', '--ruleset', 'poco-gb']]])('wants files or a ruleset (%j)', async (more) => {
    const program = await smallWorld();
    expect((await program.run(['redirects', 'lint', ...more])).exit).toBe(2);
  });
});
