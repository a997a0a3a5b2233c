import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, temporaryFolder } from '../support/in-process.ts';

const CHAIN = 'from,to\npo.co/a,https://po.co/b\npo.co/b,https://www.mi.com/b\n';

function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

async function found(cwd: string, ...argv: readonly string[]) {
  const { stdout } = await run(['redirects', 'lint', ...argv, '--json'], { cwd });
  const { data } = JSON.parse(stdout);
  return data as { readonly rules: number; readonly findings: readonly { readonly code: string; message: string }[] };
}

describe('--fallback of redirects lint', () => {
  const AWAY = 'from,to\npo.co/a,https://po.co/no-rule-takes-this\n';

  test('shows the ways that lead through it', async () => {
    const cwd = folderWith({ 'r.csv': AWAY });
    const codes = async (...argv: readonly string[]) => (await found(cwd, 'r.csv', ...argv)).findings;
    expect(await codes()).toEqual([]);
    expect(await codes('--fallback', 'https://www.mi.com/')).toMatchObject([
      { code: 'chain', message: expect.stringContaining('it goes on through a fallback'), fix: null },
    ]);
    expect(await codes('--fallback', '410')).toMatchObject([{ code: 'gone-target' }]);
    expect(await codes('--fallback', 'https://po.co/a')).toMatchObject([{ code: 'loop' }]);
  });

  test('answers after the rules of every file', async () => {
    const cwd = folderWith({
      'a.csv': 'from,to\npo.co/a,https://po.co/b\n',
      'b.csv': 'from,to\npo.co/b,https://po.co/a\n',
    });
    const { findings } = await found(
      cwd,
      'a.csv',
      'b.csv',
      '--url',
      'https://po.co/',
      '--fallback',
      'https://www.mi.com/',
    );
    expect(findings).toMatchObject([{ code: 'loop', rules: [{ from: 'po.co/a' }, { from: 'po.co/b' }] }]);
  });

  test.each(['nowhere', '//', 'javascript:alert(1)'])('%s is refused', async (fallback) => {
    const ended = await run(['redirects', 'lint', 'r.csv', '--fallback', fallback], {
      cwd: folderWith({ 'r.csv': AWAY }),
    });
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toContain(`--fallback "${fallback}" leads nowhere`);
  });

  test('stands with files, as what else says what they mean', async () => {
    const argv = ['redirects', 'lint', '--ruleset', 'poco-gb', '--fallback', '410', '--case', 'ignore'];
    const { exit, stderr } = await run(argv, { cwd: temporaryFolder() });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('--case, --fallback: these are for files of rules')]);
  });
});

describe('a file that is named twice', () => {
  test('is linted once, and mended as if it were named once', async () => {
    const cwd = folderWith({ 'r.csv': CHAIN });
    symlinkSync('r.csv', join(cwd, 'link.csv'));
    expect(await found(cwd, 'r.csv', './r.csv', 'link.csv')).toMatchObject({ rules: 2, findings: [{ code: 'chain' }] });
    const { exit } = await run(['redirects', 'lint', 'link.csv', 'r.csv', '--fix'], { cwd });
    expect(exit).toBe(0);
    expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toBe(CHAIN.replace('https://po.co/b', 'https://www.mi.com/b'));
  });

  test('--fix leaves its permissions as they are', async () => {
    const cwd = folderWith({});
    const file = join(cwd, 'r.csv');
    writeFileSync(file, CHAIN, { mode: 0o600 });
    await run(['redirects', 'lint', 'r.csv', '--fix'], { cwd });
    expect(readFileSync(file, 'utf8')).not.toBe(CHAIN);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

test('an empty name is told as one', async () => {
  const { exit, stderr } = await run(['redirects', 'lint', ''], { cwd: temporaryFolder() });
  expect([exit, stderr]).toEqual([2, expect.stringContaining('The name of a rules file is empty.')]);
});

describe('what a file begins and ends with', () => {
  const BOM = '\uFEFF';
  test.each<[string, string, string]>([
    [
      'r.csv',
      `${BOM}From;To;Note\r\npo.co/a;https://po.co/b;"kept; as it is"\r\n\r\npo.co/b;https://www.mi.com/b;`,
      `${BOM}From;To;Note\r\npo.co/a;https://www.mi.com/b;"kept; as it is"\r\n\r\npo.co/b;https://www.mi.com/b;`,
    ],
    [
      'r.ndjson',
      `${BOM}{"from":"po.co/b/","to":"https://www.mi.com/b"}\r\n{"from":"po.co/b","to":"https://www.mi.com/b"}\r\n`,
      `${BOM}{"from":"po.co/b/","to":"https://www.mi.com/b"}\r\n`,
    ],
    [
      '_redirects',
      `${BOM}https://po.co/a https://po.co/b 301 # first\r\n# kept\r\nhttps://po.co/b https://www.mi.com/b 301`,
      `${BOM}https://po.co/a https://www.mi.com/b 301 # first\r\n# kept\r\nhttps://po.co/b https://www.mi.com/b 301`,
    ],
    [
      'bulk.csv',
      'https://po.co/a,https://po.co/b,,TRUE\r\nhttps://po.co/b,https://www.mi.com/b,302,TRUE',
      'https://po.co/a,https://www.mi.com/b,302,TRUE\r\nhttps://po.co/b,https://www.mi.com/b,302,TRUE',
    ],
  ])('stays when %s is mended', async (name, text, mended) => {
    const cwd = folderWith({ [name]: text });
    await run(['redirects', 'lint', name, '--fix'], { cwd });
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(mended);
    expect((await found(cwd, name, '--severity', 'temporary-status=off')).findings).toEqual([]);
  });
});

describe('lines that give no rule', () => {
  const BAD = 'from,to\n/a,/b\n,x\n';

  test.each<[string, readonly string[], boolean]>([
    ['minimize', [], false],
    ['minimize', ['--out', 'fewer.csv'], true],
    ['convert', ['--to', 'csv'], true],
    ['coverage', ['--rules', 'r.csv'], false],
  ])('%s %s says that nothing was written where it writes', async (command, flags, writes) => {
    const cwd = folderWith({ 'r.csv': BAD, 'urls.txt': '/a\n' });
    const file = command === 'coverage' ? 'urls.txt' : 'r.csv';
    const { exit, stderr } = await run(['redirects', command, file, ...flags], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain('One line gives no rule, 1 does.');
    expect(stderr.includes('Nothing was written')).toBe(writes);
  });

  test('minimize goes on without them where that is said, and tells each', async () => {
    const cwd = folderWith({ 'r.csv': BAD });
    const { exit, stderr } = await run(['redirects', 'minimize', 'r.csv', '--skip-invalid'], { cwd });
    expect([exit, stderr]).toEqual([0, expect.stringContaining('r.csv:3')]);
  });
});

test('--format github has the worst first, and says where the other rule stands', async () => {
  const cwd = folderWith({ 'r.csv': `${CHAIN}po.co/b/,https://www.mi.com/b\npo.co/d,https://po.co/d\n` });
  const { stdout } = await run(['redirects', 'lint', 'r.csv', '--format', 'github'], { cwd });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => /^::(\w+) .*title=([\w-]+)/.exec(line)?.slice(1))).toEqual([
    ['error', 'loop'],
    ['warning', 'chain'],
    ['warning', 'duplicate'],
  ]);
  expect(lines[2]).toMatch(/same answer \(with r\.csv:4; see https:\/\/po\.co\/b\)$/);
});

test('what a fix would do is said, and that it can be done', async () => {
  const cwd = folderWith({ 'r.csv': `${CHAIN}po.co/b/,https://www.mi.com/b\n` });
  const { stdout } = await run(['redirects', 'lint', 'r.csv'], { cwd });
  expect(stdout).toContain('    fix: lead r.csv:2 to https://www.mi.com/b (301)\n');
  expect(stdout).toContain('    fix: take out r.csv:4\n');
  expect(stdout).toMatch(/2 findings can be mended with --fix\n?$/);
});
