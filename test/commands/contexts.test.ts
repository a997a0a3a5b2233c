import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, temporaryFolder } from '../cli/support/in-process.ts';

const PROD = 'https://prod.example.com';

function inHome(home = temporaryFolder()) {
  const env = { STORECTL_HOME: home };
  return {
    home,
    run: (line: string, more: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> } = {}) =>
      run(line.split(' '), { ...more, env: { ...env, ...more.env } }),
  };
}

describe('contexts', () => {
  it('are added, chosen, listed, shown and removed', async () => {
    const { run } = inHome();
    expect((await run(`contexts add prod --url ${PROD}/`)).stdout).toBe(
      `Added prod: ${PROD}\nUse it with: storectl contexts use prod\n`,
    );
    expect((await run('contexts use prod')).stdout).toBe('Now in use: prod\n');
    expect((await run('contexts list --json')).stdout).toBe(
      `${JSON.stringify({
        data: [
          { name: 'local', inUse: false, url: null },
          { name: 'prod', inUse: true, url: PROD },
        ],
        warnings: [],
      })}\n`,
    );
    const shown = JSON.parse((await run('contexts show --json')).stdout).data;
    expect(shown).toMatchObject({ url: { value: PROD }, token: { value: null, source: 'default' } });
    expect((await run('contexts remove prod')).stdout).toBe('Removed prod. In use: local\n');
    expect((await run('contexts show --json')).stdout).toContain('"value":"local"');
  });

  it('show where a value comes from when something outranks the context', async () => {
    const { run } = inHome();
    await run(`contexts add prod --url ${PROD} --use`);
    const env = { STORECTL_URL: 'https://other.example.com', STORECTL_TOKEN: 's3cret-token' };
    const { stdout } = await run('contexts show --json', { env });
    expect(JSON.parse(stdout).data).toMatchObject({
      url: { value: 'https://other.example.com', source: 'STORECTL_URL' },
      token: { value: 'set', source: 'STORECTL_TOKEN' },
    });
    expect(stdout).not.toContain('s3cret');
  });

  it.each([
    ['add prod', 'missing-flag', /Missing --url/],
    ['add Prod --url https://x.example.com', 'invalid-context-name', /"Prod" cannot be/],
    ['add local --url https://x.example.com', 'invalid-context-name', /built in/],
    ['add prod --url x.example.com', 'invalid-url', /--url: this is no platform address/],
    ['add prod --url https://x.example.com --token-file nowhere', 'token-file-missing', /nowhere/],
    ['remove local', 'context-built-in', /built in/],
    ['use nowhere', 'unknown-context', /no context "nowhere"/],
    ['remove nowhere', 'unknown-context', /no context "nowhere"/],
  ])('%s fails with a message', async (line, code, message) => {
    const { run } = inHome();
    const { stdout, stderr, exit } = await run(`contexts ${line}`);
    expect(stdout).toBe('');
    expect(JSON.parse((await run(`contexts ${line} --json`)).stdout).error.code).toBe(code);
    expect(stderr).toMatch(message);
    expect(exit).toBe(code === 'unknown-context' ? 5 : 2);
  });

  it('do not hand a kept token to another address of the same name', async () => {
    const { run, home } = inHome();
    const added = await run(`contexts add prod --url ${PROD} --token-file -`, { stdin: 's3cret-token' });
    expect(added.exit).toBe(0);
    const refused = await run('contexts add prod --url https://other.example.com');
    expect(refused).toMatchObject({ exit: 2, stderr: expect.stringContaining('--replace') });
    await run('contexts add prod --url https://other.example.com --replace');
    expect(readFileSync(join(home, 'config/tokens.json'), 'utf8')).not.toContain('s3cret');
  });

  it.each([
    ['no token at all', ''],
    ['two lines', 'a\nb'],
    ['words', 'not a token'],
  ])('refuse %s for a token, and add nothing', async (_, stdin) => {
    const { run } = inHome();
    expect((await run(`contexts add prod --url ${PROD} --token-file -`, { stdin })).exit).toBe(2);
    expect(JSON.parse((await run('contexts list --json')).stdout).data).toHaveLength(1);
  });

  it('warn where a token could be read on its way', async () => {
    const { run } = inHome();
    expect((await run('contexts add a --url http://platform.example.com')).stderr).toContain('is not encrypted');
    expect((await run('contexts add b --url http://127.0.0.1:8080')).stderr).toBe('');
  });

  it('say so when STORECTL_CONTEXT outranks the choice', async () => {
    const { run } = inHome();
    await run(`contexts add prod --url ${PROD}`);
    expect((await run('contexts use prod', { env: { STORECTL_CONTEXT: 'local' } })).stderr).toContain('outranks');
  });

  it('in a damaged file are reported and not overwritten', async () => {
    const { run, home } = inHome();
    const file = join(home, 'config/contexts.json');
    mkdirSync(join(home, 'config'));
    writeFileSync(file, '{"contexts":');
    for (const line of ['contexts list', 'contexts use local', `contexts add x --url ${PROD}`, 'contexts show']) {
      expect(await run(line)).toMatchObject({ exit: 2, stdout: '', stderr: expect.stringContaining(file) });
    }
    expect(readFileSync(file, 'utf8')).toBe('{"contexts":');
  });
});
