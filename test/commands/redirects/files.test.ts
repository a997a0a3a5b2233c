import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { run, temporaryFolder } from '../../cli/support/in-process.ts';
import { type Installation, installation } from '../../cli/support/platform.ts';

const CSV = `from,to,status
/uk/a,https://www.mi.com/a,
/uk/p/:id,https://www.mi.com/p/:id.html,308
/uk/gone,,410
`;
const NDJSON = `{"from":"/uk/a","to":"https://www.mi.com/a"}
{"from":"/uk/p/:id","to":"https://www.mi.com/p/:id.html","status":308}
{"from":"/uk/gone","status":410}
`;
const UK = ['--url', 'https://po.co/uk/'];

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe('redirects convert', () => {
  test('turns one format into another, without any platform, and back', async () => {
    const cwd = folderWith({ 'r.csv': CSV });
    const there = await run(['redirects', 'convert', 'r.csv', '--to', 'ndjson'], { cwd });
    expect(there).toEqual({ stdout: NDJSON, stderr: '3 rules for ndjson.\n', exit: 0 });
    const back = await run(['redirects', 'convert', '-', '--to', 'csv', '--quiet'], { stdin: NDJSON });
    expect(back.stderr).toBe('');
    expect(back.stdout.replaceAll('\r', '').split('\n')).toContain(
      '/uk/p/:id,https://www.mi.com/p/:id.html,308,,,,,,,',
    );
  });

  test.each([
    ['convert', ['--to', 'csv', '--quiet']],
    ['minimize', ['--out', '-']],
  ])(
    '%s shows a terminal the control characters of a note, and gives them to a pipe as they are',
    async (verb, more) => {
      const cwd = folderWith({ 'r.csv': 'from,to,status,note\n/uk/a,https://www.mi.com/,301,x\u001b[2Jy\n' });
      const argv = ['redirects', verb, 'r.csv', ...more];
      expect((await run(argv, { cwd })).stdout).toContain(',x\u001b[2Jy,\r\n');
      const { stdout } = await run(argv, { cwd, columns: 80 });
      expect(stdout).toContain(',x\\x1b[2Jy,\n');
      expect(stdout).not.toContain('\u001b[2J');
    },
  );

  test('masks the password of a URL in a text on standard output, and writes it to a file to the letter', async () => {
    const cwd = folderWith({
      'r.csv': 'from,to,status,note\n/uk/a,https://www.mi.com/,301,see https://me:pw@po.co/\n',
    });
    const argv = ['redirects', 'convert', 'r.csv', '--to', 'csv', '--quiet'];
    expect((await run(argv, { cwd })).stdout).toContain(',see https://me:***@po.co/,');
    expect((await run([...argv, '--out', 'new'], { cwd })).exit).toBe(0);
    expect(readFileSync(join(cwd, 'new/redirects.csv'), 'utf8')).toContain(',see https://me:pw@po.co/,');
  });

  test('reads gzip, and columns by another name', async () => {
    const text = CSV.replace('from,to,status', 'Alt,Neu,status');
    const cwd = folderWith({ 'r.csv.gz': gzipSync(text) });
    const { stdout, exit } = await run(
      ['redirects', 'convert', 'r.csv.gz', '--map', 'from=Alt,to=Neu', '--to', 'ndjson'],
      { cwd },
    );
    expect([stdout, exit]).toEqual([NDJSON, 0]);
  });

  test('refuses what an edge would lose, rule by rule, and writes it when told', async () => {
    const cwd = folderWith({ 'r.csv': CSV });
    const argv = ['redirects', 'convert', 'r.csv', '--to', 'cloudflare', ...UK, '--out', 'edge'];
    const refused = await run(argv, { cwd });
    expect(refused.exit).toBe(7);
    expect(refused.stderr).toContain('r.csv:4: status: /uk/gone: 410 cannot be said; it is left out');
    expect(() => readFileSync(join(cwd, 'edge/_redirects'))).toThrow();
    const written = await run([...argv, '--allow-losses', '--json'], { cwd });
    expect(JSON.parse(written.stdout).data).toMatchObject({
      format: 'cloudflare',
      rules: 3,
      files: [{ name: '_redirects', path: 'edge/_redirects' }],
      losses: [{ rule: 3, line: 4, feature: 'status' }],
      validUntil: null,
    });
    expect(readFileSync(join(cwd, 'edge/_redirects'), 'utf8')).toContain('/uk/a https://www.mi.com/a 301\n');
    expect((await run([...argv, '--allow-losses'], { cwd })).stderr).toContain('edge/_redirects is there already');
  });

  test('needs a folder for more than one file', async () => {
    const cwd = folderWith({ 'r.csv': CSV });
    const { stderr, exit } = await run(['redirects', 'convert', 'r.csv', '--to', 'nginx', ...UK], { cwd });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('Name a folder for them: --out DIR')]);
  });

  test('reports every bad line, and skips them when told', async () => {
    const stdin = 'from,to\n/a,/b\n,x\n/c,d,e\n';
    const refused = await run(['redirects', 'convert', '-', '--to', 'ndjson'], { stdin });
    expect(refused).toMatchObject({ stdout: '', exit: 2 });
    expect(refused.stderr).toContain('2 lines give no rule, 1 does. Nothing was written.');
    expect(refused.stderr).toContain('standard input:3: error invalid-csv: `from` is empty: ,x');
    expect(refused.stderr).toContain('standard input:4: error invalid-csv: it has 3 fields and the header 2: /c,d,e');
    const skipped = await run(['redirects', 'convert', '-', '--to', 'ndjson', '--skip-invalid'], { stdin });
    expect(skipped).toMatchObject({ stdout: '{"from":"/a","to":"/b"}\n', exit: 0 });
    expect(skipped.stderr).toContain('Warning: standard input:3:');
  });

  test.each([
    ['an empty file', '', 'e holds no rules: it is empty.'],
    ['a zip', Buffer.from('PK\u0003\u0004x'), 'e is a zip archive (or a spreadsheet).'],
    ['damaged gzip', Buffer.from([0x1f, 0x8b, 1, 2]), 'e is damaged gzip.'],
    ['a NUL', Buffer.from('from,to\n/a\u0000,/b'), 'e:2 holds a NUL byte: it is no text.'],
    ['invalid UTF-8', Buffer.from([0x2f, 0x61, 0xff]), 'e:1 is not UTF-8.'],
    ['a line of 2 MB', `from,to\n/${'a'.repeat(2_000_000)},/b`, 'it has 2000004 characters, more than 65536'],
  ])('has a clear error for %s', async (_, content, message) => {
    const { stderr, exit } = await run(['redirects', 'convert', 'e', '--to', 'csv'], {
      cwd: folderWith({ e: content }),
    });
    expect([exit, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr.length).toBeLessThan(1000);
  });

  test('has a clear error for a folder', async () => {
    const { stderr, exit } = await run(['redirects', 'convert', '.', '--to', 'csv'], { cwd: temporaryFolder() });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('is a folder, and no rules file.')]);
  });
});

describe('redirects import and export', () => {
  const AT = Date.UTC(2024, 10, 1);

  async function poco(now = AT): Promise<Installation> {
    const own = installation({ now });
    cpSync(join(import.meta.dirname, '../../../examples/poco-2024'), own.folder, { recursive: true });
    const { exit, stderr } = await own.run([
      'apply',
      '-f',
      'storectl.yaml',
      '--yes',
      '--confirm',
      'poco-2024',
      '--no-input',
    ]);
    expect([exit, stderr]).toEqual([0, expect.anything()]);
    writeFileSync(join(own.folder, 'r.csv'), CSV);
    return own;
  }

  test('joins the rules that are there, and comes out as it went in', async () => {
    const own = await poco();
    const imported = await own.run([
      'redirects',
      'import',
      'r.csv',
      '--ruleset',
      'poco-gb',
      '--add',
      '--yes',
      '--json',
    ]);
    expect([imported.exit, imported.stderr]).toEqual([0, '']);
    const out = await own.run(['redirects', 'export', '--ruleset', 'poco-gb', '--format', 'ndjson', '--quiet']);
    expect(out.exit).toBe(0);
    expect(out.stdout.endsWith(NDJSON)).toBe(true);
    const again = await own.run(['redirects', 'import', '-', '--ruleset', 'poco-gb', '--dry-run', '--json'], {
      stdin: out.stdout,
    });
    expect(JSON.parse(again.stdout).data.plan.operations).toEqual([]);
  });

  test('nothing is imported where one line is bad', async () => {
    const own = await poco();
    const before = await own.run(['redirects', 'show', 'poco-gb', '--json']);
    const { exit } = await own.run(['redirects', 'import', '-', '--ruleset', 'poco-gb', '--yes'], {
      stdin: `${CSV},x\n`,
    });
    expect(exit).toBe(2);
    expect((await own.run(['redirects', 'show', 'poco-gb', '--json'])).stdout).toBe(before.stdout);
  });

  test('a site that is dark gets no rules that nobody called for', async () => {
    const own = await poco(Date.UTC(2025, 2, 1));
    const argv = ['redirects', 'import', 'r.csv', '--ruleset', 'poco-gb', '--add', '--yes'];
    const refused = await own.run(argv);
    expect([refused.exit, refused.stderr]).toEqual([7, expect.stringContaining('say --in-force now')]);
    expect((await own.run([...argv, '--in-force', 'now'])).exit).toBe(0);
  });

  test('a new ruleset needs its site', async () => {
    const own = await poco();
    const { exit, stderr } = await own.run(['redirects', 'import', 'r.csv', '--ruleset', 'other', '--yes']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('Add --site ID')]);
  });

  test('an export for an edge says until when it is right', async () => {
    const own = await poco();
    const { stdout } = await own.run([
      'redirects',
      'export',
      '--ruleset',
      'poco-gb',
      '--format',
      'nginx',
      '--out',
      'edge',
      '--json',
    ]);
    expect(JSON.parse(stdout).data).toMatchObject({ losses: [], validUntil: '2025-02-01T00:00:00Z' });
  });
});
