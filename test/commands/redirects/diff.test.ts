import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, temporaryFolder } from '../../cli/support/in-process.ts';
import { installation } from '../../cli/support/platform.ts';

const OLD = 'from,to\n/uk/a,https://www.mi.com/a\n/uk/b,https://www.mi.com/b\n/uk/c,https://www.mi.com/c\n';
const NEW = 'from,to\n/uk/c,https://www.mi.com/c\n/uk/a,https://www.mi.com/new\n/uk/d,https://www.mi.com/d\n';

function folder(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'old.csv'), OLD);
  writeFileSync(join(cwd, 'new.csv'), NEW);
  writeFileSync(join(cwd, 'visited'), '/uk/a\n/uk/a\n/uk/c\n     7 /uk/d\n');
  return cwd;
}

describe('redirects diff between files', () => {
  test('rules added, removed and changed, with their lines', async () => {
    const { stdout, stderr, exit } = await run(['redirects', 'diff', 'old.csv', 'new.csv', '--json'], {
      cwd: folder(),
    });
    expect([exit, stderr]).toEqual([3, '']);
    expect(JSON.parse(stdout).data).toMatchObject({
      before: { name: 'old.csv', rules: 3 },
      after: { name: 'new.csv', rules: 3 },
      options: [],
      added: [{ rule: { from: '/uk/d' }, line: 4 }],
      removed: [{ rule: { from: '/uk/b' }, line: 3 }],
      changed: [{ before: { line: 2 }, after: { rule: { to: 'https://www.mi.com/new' }, line: 3 } }],
      same: 1,
      answers: null,
    });
  });

  test('and the URLs whose answer changes, for people', async () => {
    const argv = ['redirects', 'diff', 'old.csv', 'new.csv', '--urls', 'visited', '--url', 'https://po.co/uk/'];
    const { stdout, exit } = await run(argv, { cwd: folder() });
    expect(exit).toBe(3);
    expect(stdout.split('\n')).toEqual([
      'old.csv → new.csv: 1 added, 1 removed, 1 changed, 1 the same',
      '- /uk/b → https://www.mi.com/b 301',
      '+ /uk/d → https://www.mi.com/d 301',
      '~ /uk/a → https://www.mi.com/a 301',
      '  now https://www.mi.com/new 301',
      '',
      '2 of 3 URLs change their answer',
      'https://po.co/uk/d (7 hits)',
      '  no answer',
      '  now 301 https://www.mi.com/d',
      'https://po.co/uk/a (2 hits)',
      '  301 https://www.mi.com/a',
      '  now 301 https://www.mi.com/new',
      '',
    ]);
  });

  test('nothing differs from itself', async () => {
    const { stdout, exit } = await run(['redirects', 'diff', 'old.csv', 'old.csv'], { cwd: folder() });
    expect([exit, stdout]).toEqual([0, 'old.csv → old.csv: no difference (3 rules)\n']);
  });

  test.each([
    ['one file alone', ['old.csv']],
    ['nothing', []],
    ['a ruleset alone', ['--ruleset', 'x']],
    ['two files and a ruleset', ['old.csv', 'new.csv', '--ruleset', 'x']],
    ['a revision of a file', ['old.csv', 'new.csv', '--revision', '1']],
  ])('%s makes no two sides', async (_, argv) => {
    const { stdout, stderr, exit } = await run(['redirects', 'diff', ...argv], { cwd: folder() });
    expect([exit, stdout, stderr]).toEqual([
      2,
      '',
      expect.stringContaining('Name two files; or a file and --ruleset ID'),
    ]);
  });
});

describe('redirects diff with the platform', () => {
  test('between revisions, and from the latest to a file', async () => {
    const own = installation({ now: Date.UTC(2024, 10, 1) });
    cpSync(join(import.meta.dirname, '../../../examples/poco-2024'), own.folder, { recursive: true });
    const apply = ['apply', '-f', 'storectl.yaml', '--yes', '--confirm', 'poco-2024', '--no-input'];
    expect((await own.run(apply)).exit).toBe(0);
    const add = ['redirects', 'add', 'poco-gb', '--from', '/uk/late', '--to', 'https://www.mi.com/uk/late', '--yes'];
    expect((await own.run(add)).exit).toBe(0);

    const revisions = await own.run(['redirects', 'diff', '--ruleset', 'poco-gb', '--revision', '1', '--json']);
    expect(revisions).toMatchObject({ exit: 3, stderr: '' });
    expect(JSON.parse(revisions.stdout).data).toMatchObject({
      before: { name: 'poco-gb revision 1' },
      after: { name: 'poco-gb revision 2' },
      added: [{ rule: { from: '/uk/late' } }],
      removed: [],
      changed: [],
    });

    const out = await own.run(['redirects', 'export', '--ruleset', 'poco-gb', '--format', 'csv', '--quiet']);
    const same = await own.run(['redirects', 'diff', '-', '--ruleset', 'poco-gb'], { stdin: out.stdout });
    expect([same.exit, same.stdout]).toEqual([0, expect.stringContaining('→ standard input: no difference')]);

    const missing = await own.run(['redirects', 'diff', '--ruleset', 'poco-gb', '--revision', '9']);
    expect([missing.exit, missing.stderr]).toEqual([5, expect.stringContaining('It has the revisions 1 to 2.')]);
  });
});
