import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Interruption } from '../../../src/cli/interruption.ts';
import { run, temporaryFolder } from '../../cli/support/in-process.ts';
import { AUTHORITY_FILE, loopback, site } from '../../live-verify/loopback.ts';

const CSV = `from,to,status
https://po.co/a,https://www.mi.com/a,301
https://po.co/gone,,410
`;
const GOOD = { 'po.co/a': [301, 'https://www.mi.com/a'], 'po.co/gone': [410], 'www.mi.com/a': [200] } as const;
const BAD = { ...GOOD, 'po.co/a': [301, 'https://www.mi.com/?<b>&"\u00e4'] } as const;

function folder(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'r.csv'), CSV);
  return cwd;
}

async function verify(answers: Parameters<typeof site>[0], ...more: readonly string[]) {
  const port = await loopback(site(answers), 'https');
  const cwd = folder();
  const flags = ['--resolve', `*:443:127.0.0.1:${port}`, '--ca', AUTHORITY_FILE, '--at', '2025-01-01T00:00Z'];
  return { cwd, ...(await run(['redirects', 'verify', 'r.csv', ...flags, ...more], { cwd })) };
}

describe('redirects verify', () => {
  test('ends well where all hosts do as the rules say', async () => {
    const { stdout, stderr, exit } = await verify(GOOD);
    expect([stdout, stderr, exit]).toEqual([
      'Verified: 2 URLs answer as the rules say.\n  2 (100.0%) as the rules say at 2025-01-01T00:00:00Z\n',
      '',
      0,
    ]);
  });

  test('shows what differs, with the rule, and ends with 3', async () => {
    const { stdout, exit } = await verify({ ...GOOD, 'po.co/gone': [404] });
    expect(exit).toBe(3);
    expect(stdout).toContain('Not verified: 1 of 2 URLs answers otherwise.');
    expect(stdout).toContain('  https://po.co/gone (r.csv:3)\n    expected 410\n    got      404\n');
  });

  test('says what to do where only pages of a rehearsal stand in the way', async () => {
    const unlisted = { ...GOOD, 'www.mi.com/a': [200, '', '<meta name=robots content=noindex>'] } as const;
    const { stdout, exit } = await verify(unlisted);
    expect(exit).toBe(3);
    expect(stdout).toContain('--first-hop leaves them out');
    expect((await verify({ ...unlisted, 'po.co/gone': [404] })).stdout).not.toContain('--first-hop');
    expect((await verify(unlisted, '--first-hop')).exit).toBe(0);
  });

  test('names the hosts that have faults, the worst first, and the gravest fault first', async () => {
    const rules = `${CSV}https://po.co.uk/b,,410\nhttps://good.po.co/,,410\n`;
    const answers = { ...GOOD, 'po.co/gone': [200], 'www.mi.com/a': [404], 'good.po.co/': [410] } as const;
    const port = await loopback(site({ ...answers, 'po.co.uk/b': [404] }));
    const cwd = folder();
    writeFileSync(join(cwd, 'r.csv'), rules);
    const resolve = `*:443:http://127.0.0.1:${port}`;
    const { stdout } = await run(['redirects', 'verify', 'r.csv', '--resolve', resolve], { cwd });
    expect(stdout).toContain('  2 of 3 hosts have such URLs:\n    po.co: 2 of 2\n    po.co.uk: 1 of 1\n');
    expect(stdout.indexOf('https://po.co/gone (')).toBeLessThan(stdout.indexOf('https://po.co/a ('));
  });

  test('writes JUnit that is well-formed whatever a host sends, and a summary', async () => {
    const { cwd, stdout, exit } = await verify(BAD, '--report', 'junit', '--out', 'out/verify.xml');
    expect([exit, stdout]).toEqual([3, expect.stringContaining('Not verified: 1 of 2')]);
    const xml = readFileSync(join(cwd, 'out/verify.xml'), 'utf8');
    expect(xml).toContain('<testsuite name="redirects" tests="2" failures="1" errors="0" skipped="0">');
    expect(xml).toContain('<failure type="location" message="expected https://www.mi.com/a, got https://www.mi.com/?');
    expect(xml).toContain('&lt;b&gt;&amp;&quot;');
    expect(xml).toContain('<testcase classname="po.co" name="https://po.co/gone"/>');
  });

  test('gives JSON, of the URLs of a list', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'urls.txt'), '# by hits\npo.co/a?x=1\nhttps://po.co/gone\n');
    const port = await loopback(site({ ...GOOD, 'po.co/a?x=1': [301, 'https://www.mi.com/a?x=1'] }), 'https');
    const flags = ['--resolve', `*:443:127.0.0.1:${port}`, '--ca', AUTHORITY_FILE, '--urls', 'urls.txt', '--json'];
    const { stdout, exit } = await run(['redirects', 'verify', 'r.csv', ...flags], { cwd });
    expect(exit).toBe(3);
    expect(JSON.parse(stdout).data).toMatchObject({
      complete: true,
      urls: 2,
      agreed: 1,
      kinds: { 'page-status': 1 },
      results: [{ url: 'https://po.co/a?x=1', rule: 1, line: 2, verdict: 'differing' }, { verdict: 'agreed' }],
    });
  });

  describe('a document', () => {
    const DOCUMENT = `version: 1
markets: { gb: { name: United Kingdom, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London } }
sites:
  mi: { brand: xiaomi, market: gb, role: unified, urls: ["https://www.mi.com/"] }
  poco: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/"] }
shutdowns:
  end: { title: End, sites: [poco], into: mi, freeze: start of 2024-12-01, dark: end of 2024-12-31, redirectsUntil: end of 2026-12-31 }
rulesets:
  poco: { site: poco, rules: r.csv }
`;

    async function held(answers: Parameters<typeof site>[0], ...more: readonly string[]) {
      const cwd = folder();
      writeFileSync(join(cwd, 'd.yaml'), DOCUMENT);
      const port = await loopback(site(answers), 'https');
      const flags = ['-f', 'd.yaml', '--resolve', `*:443:127.0.0.1:${port}`, '--ca', AUTHORITY_FILE, '--json'];
      const { stdout, exit } = await run(['redirects', 'verify', ...flags, ...more], { cwd });
      return { exit, ...(JSON.parse(stdout) as { data: { at: string; results: readonly unknown[] } }) };
    }

    const SERVING = { 'po.co/a': [200], 'po.co/gone': [200] } as const;

    test('holds a site to its own answers until it is dark, and to its rules from then on', async () => {
      expect((await held(SERVING, '--at', '2024-12-31T23:59:59Z')).exit).toBe(0);
      const { exit, data } = await held(SERVING, '--at', 'end of 2024-12-31');
      expect(exit).toBe(3);
      expect(data).toMatchObject({
        at: 'end of 2024-12-31',
        results: [
          {
            url: 'https://po.co/a',
            decidedBy: { kind: 'rule', id: 'poco#1' },
            rule: 1,
            file: 'r.csv',
            line: 2,
            differences: [{ kind: 'status', expected: '301 to https://www.mi.com/a', got: '200' }],
          },
          { url: 'https://po.co/gone', rule: 2, differences: [{ kind: 'status', expected: '410', got: '200' }] },
        ],
      });
      expect((await held(GOOD, '--at', 'end of 2024-12-31')).exit).toBe(0);
    });

    test('asks for one ruleset that it has', async () => {
      const { exit, data } = await held(GOOD, '--ruleset', 'poco', '--at', '2025-01-01T00:00Z');
      expect([exit, data.at, data.results.length]).toEqual([0, '2025-01-01T00:00:00Z', 2]);
      const argv = ['redirects', 'verify', '-f', 'd.yaml', '--ruleset', 'poko', '--json'];
      const cwd = folder();
      writeFileSync(join(cwd, 'd.yaml'), DOCUMENT);
      expect((await run(argv, { cwd })).exit).toBe(5);
    });
  });

  test.for([[[]], [['r.csv', '-f', 'd.yaml']]])('needs one thing to hold the hosts to: %j', async ([argv]) => {
    const { stdout, exit } = await run(['redirects', 'verify', ...(argv ?? []), '--json'], { cwd: folder() });
    expect([exit, JSON.parse(stdout).error.code]).toEqual([2, 'input-needed']);
  });

  test('ends with 9 where hosts give no answer', async () => {
    const cwd = folder();
    const argv = ['redirects', 'verify', 'r.csv', '--resolve', '*:443:127.0.0.1:1', '--retries', '0'];
    const { stdout, exit } = await run(argv, { cwd });
    expect([exit, stdout]).toEqual([9, expect.stringContaining('Not verified: 2 of 2 URLs gave no answer.')]);
  });

  test('names every line that is no URL, and asks nothing', async () => {
    const argv = ['redirects', 'verify', 'r.csv', '--urls', '-', '--json'];
    const { stdout, exit } = await run(argv, { cwd: folder(), stdin: 'po.co/a\nftp://po.co/\nhttps://\n' });
    expect(exit).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'invalid-urls',
      details: { problems: [{ place: { line: 2 } }, { place: { line: 3 } }] },
    });
  });

  test('tells the lines that it goes on without', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'r.csv'), `${CSV}https://po.co/x,https://www.mi.com/x,soon\n`);
    const argv = ['redirects', 'verify', 'r.csv', '--skip-invalid', '--resolve', '*:443:127.0.0.1:1', '--retries', '0'];
    const { stderr, exit } = await run(argv, { cwd });
    expect([exit, stderr]).toEqual([9, expect.stringContaining('r.csv:4: ')]);
  });

  test('interrupted, writes what was verified so far', async () => {
    const interruption = new Interruption();
    const port = await loopback(({ url }, response) => {
      if (url === '/gone') interruption.request('SIGINT');
      else response.writeHead(200).end();
    }, 'https');
    const cwd = folder();
    const flags = ['--resolve', `*:443:127.0.0.1:${port}`, '--ca', AUTHORITY_FILE, '--concurrency', '1'];
    const report = ['--report', 'json', '--out', 'part.json', '--urls', '-'];
    const stdin = 'https://po.co/free\nhttps://po.co/gone\nhttps://po.co/never\n';
    const { stdout, stderr, exit } = await run(['redirects', 'verify', 'r.csv', ...flags, ...report], {
      cwd,
      interruption,
      stdin,
    });
    expect([exit, stdout]).toEqual([130, '']);
    expect(stderr).toContain('Stopped early: 1 of 3 URLs were checked.');
    const { data } = JSON.parse(readFileSync(join(cwd, 'part.json'), 'utf8'));
    expect(data).toMatchObject({ complete: false, urls: 3, checked: 1, results: [{ url: 'https://po.co/free' }] });
  });
});
