import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProgram, serverPath } from '../../../src/edge-proof/running-server.ts';
import { run, temporaryFolder } from '../../cli/support/in-process.ts';

const CSV = `from,to,status
/uk/a,https://www.mi.com/a,
/uk/p/:id,https://www.mi.com/p/:id.html,308
/uk/q?id=3,https://www.mi.com/q,
/uk/gone,,410
`;
const UK = ['--url', 'https://po.co/uk/'];

function rulesFolder(files: Readonly<Record<string, string>> = { 'r.csv': CSV }): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const nginx = (await findProgram(['nginx'], serverPath(process.env['PATH'] ?? '', process.cwd()))) !== undefined;
const skipped = nginx ? '' : ' (skipped: nginx is not installed)';

describe('redirects prove', () => {
  test('takes files or a ruleset, and not both', async () => {
    const argv = ['redirects', 'prove', 'r.csv', '--ruleset', 'x', '--edge', 'nginx'];
    const { exit, stderr } = await run(argv, { cwd: rulesFolder() });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('Files and --ruleset were both named.')]);
  });

  test.skipIf(!nginx)(`says that nginx answers like the engine${skipped}`, async () => {
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'nginx', ...UK, '--requests', '300', '--seed', '7'];
    const { exit, stdout } = await run(argv, { cwd: rulesFolder() });
    expect(stdout).toMatch(/^Proven: nginx answers 300 requests like the engine\.\n {2}\d+ agreed\n/);
    expect(stdout).toContain('The same requests again: --seed 7\n');
    expect(exit).toBe(0);
  });

  test.skipIf(!nginx)(`gives all of a proof to a script${skipped}`, async () => {
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'nginx', ...UK, '--requests', '60', '--json'];
    const { exit, stdout, stderr } = await run(argv, { cwd: rulesFolder() });
    const { data } = JSON.parse(stdout);
    expect(data).toEqual({
      edge: 'nginx',
      seed: 1,
      requests: 60,
      agreed: expect.any(Number),
      refused: expect.any(Number),
      spelling: expect.any(Number),
      lost: 0,
      leftOut: 0,
      losses: [],
      differences: [],
      asked: [
        { kind: 'pattern', asked: 1, of: 1 },
        { kind: 'exact', asked: 3, of: 3 },
      ],
      unusable: [],
      skipped: 0,
    });
    expect(data.agreed + data.refused + data.spelling).toBe(60);
    expect([exit, stderr]).toEqual([0, '']);
  });

  test('names the rules that a host of static sites gives another meaning, and proves the others', async () => {
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'netlify', ...UK, '--requests', '300'];
    const { exit, stdout } = await run(argv, { cwd: rulesFolder() });
    expect(stdout).toMatch(/^Proven: netlify answers 300 requests like the engine\.\n/);
    expect(stdout).toContain('2 rules left out, since netlify gives them another meaning:\n');
    expect(stdout).toContain('r.csv:4: query-condition: /uk/q?id=3: ');
    expect(stdout).toContain('r.csv:5: status: /uk/gone: 410 cannot be said; it is left out\n');
    expect(exit).toBe(0);
  });

  test('does not say "Proven" where every rule is left out', async () => {
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'netlify', ...UK, '--requests', '60'];
    const { exit, stdout } = await run(argv, { cwd: rulesFolder({ 'r.csv': 'from,to,status\n/uk/gone,,410\n' }) });
    expect(stdout).toMatch(/^Not proven: netlify keeps the meaning of no rule, so that none was asked for\.\n/);
    expect(stdout).toContain('1 rule left out, since netlify gives it another meaning:\n');
    expect(exit).toBe(3);
  });

  test.skipIf(!nginx)(`names rules that cannot be used, and proves nothing of them${skipped}`, async () => {
    const folder = { 'r.csv': `${CSV}/uk/a,https://www.mi.com/other,301\n` };
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'nginx', ...UK, '--requests', '60'];
    const { exit, stdout } = await run(argv, { cwd: rulesFolder(folder) });
    expect(stdout).toMatch(
      /^Not proven: 2 rules cannot be used, so that no proof is of them\. nginx answers 60 requests/,
    );
    expect(stdout).toContain('\n  r.csv:2 /uk/a: conflict: ');
    expect(stdout).toContain('\n  r.csv:6 /uk/a: conflict: ');
    expect(exit).toBe(3);
  });

  test.skipIf(!nginx)(`says that lines were left out, where that was allowed${skipped}`, async () => {
    const folder = { 'r.csv': `${CSV}/uk/s,https://www.mi.com/s,999\n/uk/t,notaurl,301\n` };
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'nginx', ...UK, '--requests', '60'];
    expect((await run(argv, { cwd: rulesFolder(folder) })).exit).toBe(2);
    const { exit, stdout } = await run([...argv, '--skip-invalid'], { cwd: rulesFolder(folder) });
    expect(stdout).toMatch(/^Proven, without 2 lines that give no rule: nginx answers 60 requests/);
    expect(exit).toBe(0);
  });

  test.skipIf(!nginx)(`does not say "Proven" where a kind of rule was not asked for${skipped}`, async () => {
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'nginx', ...UK, '--requests', '1'];
    const { exit, stdout } = await run(argv, { cwd: rulesFolder() });
    expect(stdout).toMatch(/^Not proven: rules of one kind or more were not asked for; give more --requests/);
    expect(stdout).toContain('0 of 1 rules asked for by pattern\n');
    expect(exit).toBe(3);
  });

  test('shows what differs, and exits with 3', async () => {
    // A matcher that knows no rules stands for an edge that lost them.
    const broken = `export class RedirectsHandler { match() { return Promise.resolve(undefined); } }`;
    const cwd = rulesFolder({
      'r.csv': CSV,
      'node_modules/@netlify/redirects/package.json':
        '{"name":"@netlify/redirects","type":"module","exports":"./main.js"}',
      'node_modules/@netlify/redirects/main.js': broken,
    });
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'netlify', ...UK, '--requests', '20'];
    const { exit, stdout } = await run(argv, { cwd });
    expect(stdout).toMatch(/^Not proven: netlify answers \d+ of 20 requests otherwise than the engine\.\n/);
    expect(stdout).toContain(
      '  https://po.co/uk/a\n    expected 301 https://www.mi.com/a (rule 1)\n    got      404: the engine answers otherwise\n',
    );
    expect(exit).toBe(3);
    const json = await run([...argv, '--json'], { cwd });
    const { differences } = JSON.parse(json.stdout).data;
    expect(differences.find(({ rule }: { readonly rule: number }) => rule === 1)).toEqual({
      scheme: 'https',
      host: 'po.co',
      target: '/uk/a',
      why: 'the engine answers otherwise',
      rule: 1,
      expected: { status: 301, location: 'https://www.mi.com/a' },
      actual: { status: 404, location: null },
    });
    expect(json.exit).toBe(3);
  });

  test('says how to get what is missing', async () => {
    const argv = ['redirects', 'prove', 'r.csv', '--edge', 'cloudflare', ...UK];
    const { exit, stderr } = await run(argv, { cwd: rulesFolder() });
    expect(stderr).toContain('cloudflare is not installed here, so nothing can be proven on it.');
    expect(stderr).toContain('npm install wrangler');
    expect(exit).toBe(2);
  });
});
