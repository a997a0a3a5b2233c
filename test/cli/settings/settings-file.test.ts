import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addContext, contextsFile, readContexts } from '../../../src/cli/settings/contexts.ts';
import { foldersOf } from '../../../src/cli/settings/folders.ts';
import { storeToken, tokensFile } from '../../../src/cli/settings/tokens.ts';
import { temporaryFolder } from '../support/in-process.ts';

const folders = () =>
  foldersOf({ env: { STORECTL_HOME: join(temporaryFolder(), 'home') }, platform: 'linux', home: '/nowhere', cwd: '/' });

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const OPTIONS = { replace: false, use: false };

describe('settings files', () => {
  it('can be read by their owner only, whatever the umask', async () => {
    const own = folders();
    const before = process.umask(0);
    try {
      await addContext(own, 'prod', { url: 'https://p.example.com' }, OPTIONS);
      await storeToken(own, 'prod', 'token');
    } finally {
      process.umask(before);
    }
    expect(mode(own.config)).toBe('700');
    for (const file of readdirSync(own.config)) expect([file, mode(join(own.config, file))]).toEqual([file, '600']);
  });

  it('keep tokens apart from contexts', async () => {
    const own = folders();
    await addContext(own, 'prod', { url: 'https://p.example.com' }, OPTIONS);
    await storeToken(own, 'prod', 'the-token');
    expect(readFileSync(contextsFile(own).path, 'utf8')).not.toContain('the-token');
    expect(readFileSync(tokensFile(own).path, 'utf8')).toContain('the-token');
  });

  it.each(['{"contexts": {"prod"', '', '[]', '"x"', '{"contexts": {"prod": 1}}', '{"current": 7}'])(
    'that are damaged (%s) are reported and left alone',
    async (text) => {
      const own = folders();
      const { path } = contextsFile(own);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      const damaged = { code: 'settings-damaged', exit: 2, message: expect.stringContaining(path) };
      await expect(readContexts(own)).rejects.toMatchObject(damaged);
      await expect(addContext(own, 'x', { url: 'https://x.example.com' }, OPTIONS)).rejects.toMatchObject(damaged);
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  it('keep a mode that is looser than ours until they are written', async () => {
    const own = folders();
    await addContext(own, 'prod', { url: 'https://p.example.com' }, OPTIONS);
    const { path } = contextsFile(own);
    chmodSync(path, 0o644);
    await addContext(own, 'two', { url: 'https://q.example.com' }, OPTIONS);
    expect(mode(path)).toBe('600');
  });

  it('are rid of what a killed writer left behind, by the next one', async () => {
    const own = folders();
    await storeToken(own, 'prod', 'token');
    const left = ['tokens.json.tmp-1234567890abcdef', 'contexts.json.tmp-12345678900a1b2c', 'tokens.unverified'];
    const others = ['tokens.json.tmp-mine', 'notes.txt'];
    for (const name of [...left, ...others]) writeFileSync(join(own.config, name), 'a-secret');
    await addContext(own, 'prod', { url: 'https://p.example.com' }, OPTIONS);
    const names = readdirSync(own.config);
    expect(names).toEqual(expect.arrayContaining([...others, 'tokens.json', 'contexts.json']));
    expect(names.filter((name) => left.includes(name))).toEqual([]);
  });

  it('lose nothing when several processes write at once', async () => {
    const own = folders();
    const module = pathToFileURL(join(import.meta.dirname, '../../../src/cli/settings/contexts.ts')).href;
    const writers = ['a', 'b', 'c'].map((writer) => {
      const script = `
        const { addContext } = await import(${JSON.stringify(module)});
        for (let n = 0; n < 10; n += 1) {
          await addContext(${JSON.stringify(own)}, '${writer}' + n, { url: 'https://x.example.com' }, { replace: false, use: false });
        }`;
      return spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], { stdio: 'inherit' });
    });
    const exits = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit'))[0]));
    expect(exits).toEqual([0, 0, 0]);
    expect(Object.keys((await readContexts(own)).contexts)).toHaveLength(30);
  });
});
