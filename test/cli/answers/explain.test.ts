import { describe, expect, it } from 'vitest';
import type { SubmittedDocument } from '../../../src/domain/document/schema.ts';
import { POCO } from '../../platform/poco.ts';
import { run } from '../support/in-process.ts';
import { documentFile } from './poco-file.ts';

const F6 = 'https://po.co/uk/phones/f6?utm=1';
const explain = (...argv: readonly string[]) => run(['explain', '-f', documentFile(), ...argv]);

describe('explain of one URL', () => {
  it('gives the answer first, then when, why and where it leads', async () => {
    const { stdout, stderr, exit } = await explain(F6, '--at', '2025-01-01T00:00Z');
    expect(exit).toBe(0);
    expect(stderr).toBe('');
    expect(stdout.split('\n')[0]).toBe('301 → https://www.mi.com/global/phones/f6?utm=1');
    expect(stdout).toContain('Site        poco-gb, dark\n');
    expect(stdout).toContain('At          2025-01-01T00:00:00Z  2025-01-01 00:00 +00:00  Europe/London\n');
    expect(stdout).toContain('Decided by  rule poco-gb#1\n');
    expect(stdout).toContain(
      'Changes     2027-01-01T00:00:00Z  2027-01-01 00:00 +00:00  Europe/London  (730 days later)\n',
    );
    expect(stdout).toMatch(/● rule poco-gb#1/);
    expect(stdout).toMatch(/└ https:\/\/www\.mi\.com\/global\/phones\/f6\?utm=1 \(mi-global\): 200 served/);
  });

  it('has in JSON what the specification names, in UTC and on the market’s clock', async () => {
    const { stdout } = await explain(F6, '--at', '2025-01-01T00:00Z', '--json');
    const { data, warnings } = JSON.parse(stdout);
    expect(warnings).toEqual([]);
    expect(data).toMatchObject({
      url: F6,
      at: '2025-01-01T00:00:00Z',
      site: 'poco-gb',
      state: 'dark',
      decidedBy: { kind: 'rule', id: 'poco-gb#1' },
      outcome: 'redirect',
      status: 301,
      location: 'https://www.mi.com/global/phones/f6?utm=1',
      nextChangeAt: '2027-01-01T00:00:00Z',
      local: { nextChangeAt: '2027-01-01T00:00:00+00:00[Europe/London]', zone: 'Europe/London' },
    });
    expect(data.hops).toHaveLength(1);
    expect(data.reasoning.length).toBeGreaterThan(1);
  });

  it('fits a narrow terminal between values', async () => {
    const { stdout } = await run(['explain', '-f', documentFile(), F6, '--at', '2025-01-01T00:00Z'], {
      columns: 40,
      env: { NO_COLOR: '1' },
    });
    const facts = stdout.split('\n').filter((line) => /^(At|Changes| {12})/.test(line));
    expect(facts).toContain('At          2025-01-01T00:00:00Z');
    expect(facts).toContain('            2025-01-01 00:00 +00:00');
    expect(Math.max(...facts.map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

describe('a time without a zone', () => {
  it('is read in the market of each URL', async () => {
    const { stdout } = await explain(F6, 'https://po.co/fr/', '--at', 'end of 2024-12-31', '--json');
    const { data } = JSON.parse(stdout);
    expect(data.map(({ at, state }: { at: string; state: string }) => [at, state])).toEqual([
      ['2025-01-01T00:00:00Z', 'dark'],
      ['2024-12-31T23:00:00Z', 'dark'],
    ]);
  });

  it('needs a zone where the URL is on no site', async () => {
    const { stderr, exit } = await explain('https://example.com/', '--at', 'end of 2024-12-31');
    expect(exit).toBe(2);
    expect(stderr).toContain('Europe/Paris');
  });
});

describe('explain of several', () => {
  it('goes by URL, then by instant, as rows in a pipe', async () => {
    const times = ['--at', '2024-12-31T23:59:59.999Z', '--at', '2025-01-01T00:00Z'];
    const { stdout } = await explain(F6, 'https://poco.in/x', ...times);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
    expect(rows.map(([url, at, status]) => [url, at, status])).toEqual([
      [F6, '2024-12-31T23:59:59.999Z', '200'],
      [F6, '2025-01-01T00:00:00Z', '301'],
      ['https://poco.in/x', '2024-12-31T23:59:59.999Z', '200'],
      ['https://poco.in/x', '2025-01-01T00:00:00Z', '200'],
    ]);
  });

  it('names every one that is no URL, and answers none', async () => {
    const { stdout, exit } = await explain('ftp://x', F6, 'not a url', '--json');
    expect(exit).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'invalid-url',
      details: { urls: ['ftp://x', 'not a url'] },
    });
  });
});

describe('explain -', () => {
  const lines = (stdin: string, ...argv: readonly string[]) =>
    run(['explain', '-', '-f', documentFile(), '--at', '2025-01-01T00:00Z', ...argv], { stdin });

  it('answers each line in NDJSON, in order, a bad one with its problem and exit 2', async () => {
    const { stdout, stderr, exit } = await lines(`${F6}\r\n\nnot a url\nhttps://poco.in/x`);
    const values = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(values.map(({ url, status, line, problem }) => [url, status, line, problem?.code])).toEqual([
      [F6, 301, undefined, undefined],
      ['not a url', undefined, 3, 'invalid-url'],
      ['https://poco.in/x', 200, undefined, undefined],
    ]);
    expect(stderr).toBe('No URL: 1 of 3 lines. Each has its "problem" in the answers.\n');
    expect(exit).toBe(2);
  });

  it('is one JSON value with --json', async () => {
    const urls = Array.from({ length: 1200 }, (_, n) => `https://po.co/uk/${n}`);
    const { stdout, exit } = await lines(urls.join('\n'), '--json');
    const { data, warnings } = JSON.parse(stdout);
    expect(data.map(({ url }: { url: string }) => url)).toEqual(urls);
    expect(warnings).toEqual([]);
    expect(exit).toBe(0);
    expect(JSON.parse((await lines('', '--json')).stdout)).toEqual({ data: [], warnings: [] });
  });

  it('means one instant by now, however long the lines take', async () => {
    const urls = Array.from({ length: 1200 }, (_, n) => `https://po.co/uk/${n}`);
    let now = Date.UTC(2024, 10, 1);
    const world = { stdin: urls.join('\n') };
    Object.defineProperty(world, 'now', { get: () => now++ });
    const { stdout } = await run(['explain', '-', '-f', documentFile()], world);
    const instants = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).at);
    expect(instants).toHaveLength(1200);
    expect(new Set(instants).size).toBe(1);
  });

  it('prints nothing for nothing', async () => {
    expect(await lines('\n\n')).toEqual({ stdout: '', stderr: '', exit: 0 });
  });

  it('takes a line that is far too long for no URL', async () => {
    const { stdout, exit } = await lines(`https://po.co/${'x'.repeat(300_000)}\n${F6}\n`);
    const [long, fine] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(long.problem.code).toBe('invalid-url');
    expect(long.url.length).toBeLessThan(300);
    expect(fine.status).toBe(301);
    expect(exit).toBe(2);
  });

  it('stands alone', async () => {
    expect((await lines('', 'https://po.co/')).exit).toBe(2);
    expect((await lines('', '--at', 'now')).exit).toBe(2);
    expect((await run(['explain', '-', '-f', '-'], { stdin: '' })).exit).toBe(2);
  });
});

describe('a document that is wrong', () => {
  it('is reported with its places', async () => {
    const wrong = { ...POCO, shutdowns: { 'poco-2024': { ...POCO.shutdowns?.['poco-2024'], dark: '2024-12-31' } } };
    const file = documentFile(wrong as SubmittedDocument);
    const { stderr, exit } = await run(['explain', '-f', file, 'https://po.co/']);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/storectl\.yaml:\d+:\d+: error/);
  });
});
