import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ended, run, temporaryFolder } from '../support/in-process.ts';

const RULES = [
  'Old Url;New Url;Status;Note',
  'po.co/a;https://po.co/b;301;"kept; as it is"',
  'po.co/b;https://www.mi.com/b;302;',
  'po.co/c;https://www.mi.com/c;;',
  '',
  'po.co/c/;https://www.mi.com/c;;',
  'po.co/d;https://po.co/d;301;',
];

async function lint(text: string, ...flags: readonly string[]): Promise<Ended & { readonly file: string }> {
  const cwd = temporaryFolder();
  const file = join(cwd, 'rules.csv');
  writeFileSync(file, text);
  const ended = await run(['redirects', 'lint', 'rules.csv', ...flags], { cwd });
  return { ...ended, file };
}

describe('redirects lint', () => {
  test('--fix changes the lines that it mends, and no byte of the others', async () => {
    const { exit, stdout, file } = await lint(RULES.join('\r\n'), '--fix');
    expect(exit).toBe(3);
    expect(stdout).toContain('2 findings mended in the files');
    expect(readFileSync(file, 'utf8').split('\r\n')).toEqual([
      RULES[0],
      'po.co/a;https://www.mi.com/b;302;"kept; as it is"',
      RULES[2],
      RULES[3],
      '',
      RULES[6],
    ]);
  });

  test('--fix says so where a file cannot hold the fix, and writes nothing', async () => {
    const text = 'from,to\npo.co/a,https://po.co/b\npo.co/b,https://www.mi.com/b\n';
    const mended = await lint(text, '--fix');
    expect(readFileSync(mended.file, 'utf8')).toBe(text.replace('https://po.co/b', 'https://www.mi.com/b'));
    const ended = await run(['redirects', 'lint', '-', '--fix'], { cwd: temporaryFolder(), stdin: text });
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toContain('cannot be fixed in place');
  });

  test('--format github marks each line', async () => {
    const { stdout } = await lint(RULES.join('\n'), '--format', 'github');
    expect(stdout.split('\n')).toContain(
      '::error file=rules.csv,line=7,title=loop::po.co/d: a visitor of https://po.co/d is sent there again and again (see https://po.co/d)',
    );
  });

  test('--format sarif is a SARIF 2.1.0 log with a place for each result', async () => {
    const { stdout } = await lint(RULES.join('\n'), '--format', 'sarif');
    const log = JSON.parse(stdout);
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const ids: readonly string[] = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
    for (const { ruleId, ruleIndex, level } of run.results) {
      expect(ids[ruleIndex]).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
    }
    const loop = run.results.find((result: { ruleId: string }) => result.ruleId === 'loop');
    expect(loop.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'rules.csv' },
      region: { startLine: 7 },
    });
  });

  test('--format json is what --json prints', async () => {
    const [one, other] = [await lint(RULES.join('\n'), '--format', 'json'), await lint(RULES.join('\n'), '--json')];
    expect(one.stdout).toBe(other.stdout);
  });

  test('--severity changes what fails; a code that is not known is refused', async () => {
    const { exit, stdout } = await lint(RULES.join('\n'), '--severity', 'loop=warning', '--severity', 'chain=off');
    expect(exit).toBe(0);
    expect(stdout).toContain('warning: a visitor of https://po.co/d');
    expect(stdout).not.toContain('(chain)');
    expect(await lint(RULES.join('\n'), '--severity', 'lop=off')).toMatchObject({ exit: 2, stdout: '' });
  });
});

describe('redirects minimize', () => {
  const PAGES = ['from,to', ...Array.from({ length: 6 }, (_, page) => `/uk/p${page},https://www.mi.com/p${page}`)];

  test('writes fewer rules, and never over a file by accident', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'rules.csv'), `${PAGES.join('\n')}\n`);
    const minimize = () => run(['redirects', 'minimize', 'rules.csv', '--out', 'fewer.csv'], { cwd });
    const ended = await minimize();
    expect(ended).toMatchObject({ exit: 0 });
    expect(ended.stdout).toContain('6 rules → 1');
    expect(readFileSync(join(cwd, 'fewer.csv'), 'utf8')).toContain('/uk/:page,https://www.mi.com/:page,,pattern');
    expect(await minimize()).toMatchObject({ exit: 2 });
  });

  test('a URL of the log keeps its answer', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'rules.csv'), `${PAGES.join('\n')}\n`);
    const { stdout } = await run(
      ['redirects', 'minimize', 'rules.csv', '--url', 'https://po.co/', '--urls', '-', '--json'],
      { cwd, stdin: '/uk/new 12\n' },
    );
    expect(JSON.parse(stdout).data).toMatchObject({
      before: 6,
      after: 6,
      refused: [{ from: '/uk/:page', witness: 'https://po.co/uk/new' }],
    });
  });
});
