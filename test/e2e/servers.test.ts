import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentFile } from '../cli/answers/poco-file.ts';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { POCO } from '../platform/poco.ts';
import { endOf, start, storectl } from './support/installed.ts';
import { CTRL_C, hasTerminal, inTerminal } from './support/terminal.ts';

/** The first line of standard output: where a server listens. */
function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.on('close', () => reject(new Error('the server ended before it listened')));
  });
}

/** The answer to a request with a Host header, redirects not followed. */
function ask(url: string, host: string, path: string): Promise<{ status: number; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { headers: { host } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
    })
      .on('error', reject)
      .end();
  });
}

describe('edge serve', () => {
  it.each([
    ['2024-12-31T23:59:59.999Z', 200, undefined],
    ['2025-01-01T00:00:00Z', 301, 'https://www.mi.com/global/phones/f6?utm=1'],
    ['2027-01-01T00:00:00Z', 410, undefined],
  ])('answers real HTTP at %s with %i', async (at, status, location) => {
    const child = start(['edge', 'serve', '-f', documentFile(), '--at', at]);
    const ended = endOf(child);
    const url = await firstLine(child);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await ask(url, 'po.co', '/uk/phones/f6?utm=1')).toEqual({ status, location });
    expect(await ask(url, 'poco.in', '/x')).toEqual({ status: 200, location: undefined });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exit: 143, stdout: `${url}\n` });
  });

  it('is one JSON value with --json, and ends by Ctrl-C with 130', async () => {
    const child = start(['edge', 'serve', '-f', documentFile(), '--at', '2025-01-01T00:00Z', '--json']);
    const ended = endOf(child);
    const { data } = JSON.parse(await firstLine(child));
    expect(data).toEqual({ url: expect.stringMatching(/^http:/), at: '2025-01-01T00:00:00Z', sites: 4 });
    child.kill('SIGINT');
    const { stdout, stderr, exit } = await ended;
    expect(JSON.parse(stdout)).toEqual({ data, warnings: [] });
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 130 });
  });

  it('listens where it is told, and says why it cannot', async () => {
    const argv = ['edge', 'serve', '-f', documentFile(), '--host', '127.0.0.2'];
    const child = start([...argv, '--quiet']);
    const url = await firstLine(child);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
    expect(await ask(url, 'poco.in', '/x')).toEqual({ status: 200, location: undefined });
    const { stdout, stderr, exit } = await storectl([...argv, '--port', new URL(url).port]);
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
    expect(stderr).toContain('is taken by another program');
    child.kill('SIGTERM');
    expect(await endOf(child)).toMatchObject({ exit: 143 });
  });

  it('follows its document', async () => {
    const file = documentFile();
    const child = start(['edge', 'serve', '-f', file, '--at', '2025-01-01T00:00Z', '--quiet']);
    const url = await firstLine(child);
    const rules = [{ from: '/uk/phones/f6', to: 'https://www.mi.com/moved' }];
    writeFileSync(file, JSON.stringify({ ...POCO, rulesets: { 'poco-gb': { site: 'poco-gb', rules } } }));
    let location: string | undefined;
    while (location !== 'https://www.mi.com/moved') ({ location } = await ask(url, 'po.co', '/uk/phones/f6'));
  });

  it.skipIf(!hasTerminal)('tells a person how to ask, and leaves on Ctrl-C without complaint', async () => {
    const terminal = inTerminal(['edge', 'serve', '-f', documentFile()]);
    await terminal.shows("curl -i -H 'Host: ");
    terminal.type(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(terminal.text()).not.toContain('Error');
  });
});

describe('platform serve', () => {
  it('serves what the embedded platform has, to who has a token', async () => {
    const home = temporaryFolder();
    const near = { STORECTL_HOME: home };
    const child = start(['platform', 'serve', '--port', '0'], { env: near });
    const ended = endOf(child);
    const url = await firstLine(child);
    const { stdout: secret } = await storectl(['platform', 'token', 'create', 'anna', '--role', 'viewer'], {
      env: near,
    });
    expect(secret).toMatch(/^sct_\S+\n$/);

    const far = { STORECTL_HOME: temporaryFolder(), STORECTL_URL: url, STORECTL_TOKEN: secret.trim() };
    expect(await storectl(['status', '--json'], { env: far })).toMatchObject({ exit: 0 });
    const urls = Array.from({ length: 1200 }, (_, n) => `https://po.co/${n}`);
    const explained = await storectl(['explain', '-'], { env: far, stdin: `${urls.join('\n')}\n` });
    expect(explained.exit).toBe(0);
    expect(
      explained.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).url),
    ).toEqual(urls);
    const list = await storectl(['platform', 'token', 'list', '--json'], { env: far });
    expect(list.exit).toBe(4);
    expect(list.stdout + list.stderr).not.toContain(secret.trim());

    const revoke = ['platform', 'token', 'revoke', 'anna'];
    expect(await storectl(revoke, { env: near })).toMatchObject({ exit: 2 });
    expect(await storectl([...revoke, '--yes'], { env: near })).toMatchObject({ exit: 0, stdout: 'Revoked anna.\n' });
    expect(await storectl(['status'], { env: far })).toMatchObject({ exit: 4 });

    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exit: 130, stdout: `${url}\n` });
    expect(await storectl(['status'], { env: far })).toMatchObject({ exit: 9 });
    expect(existsSync(join(home, 'data/platform.sqlite'))).toBe(true);
    expect(readFileSync(join(home, 'data/platform.sqlite')).includes(secret.trim())).toBe(false);
  });

  it.each([
    [['--host', '0.0.0.0'], '--allow-insecure'],
    [['--tls-cert', 'cert.pem'], '--tls-key'],
    [['--tls-cert', 'nowhere.pem', '--tls-key', 'nowhere.pem'], 'nowhere.pem'],
  ])('refuses %j', async (argv, remedy) => {
    const { stdout, stderr, exit } = await storectl(['platform', 'serve', '--port', '0', ...argv]);
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
    expect(stderr).toContain(remedy);
  });
});

describe('explain -', () => {
  const many = Array.from({ length: 100_000 }, (_, n) => `https://po.co/uk/${n}\n`).join('');

  it('answers a hundred thousand lines, in order', async () => {
    const argv = ['explain', '-', '-f', documentFile(), '--at', '2025-01-01T00:00Z'];
    const { stdout, exit } = await storectl(argv, { stdin: many });
    const lines = stdout.trimEnd().split('\n');
    expect(exit).toBe(0);
    expect(lines).toHaveLength(100_000);
    expect(JSON.parse(lines[99_999] ?? '')).toMatchObject({ url: 'https://po.co/uk/99999', status: 302 });
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = start(['explain', '-', '-f', documentFile()]);
    const ended = endOf(child);
    child.stdin.write(many);
    expect(JSON.parse(await firstLine(child)).url).toBe('https://po.co/uk/0');
    child.stdout.destroy();
    expect(await ended).toMatchObject({ stderr: '', exit: 0 });
  });

  it('answers a line at a time as they come', async () => {
    const child = start(['explain', '-', '-f', documentFile()]);
    child.stdin.write('https://poco.in/\n');
    expect(JSON.parse(await firstLine(child)).site).toBe('poco-in');
    child.stdin.end();
  });
});
