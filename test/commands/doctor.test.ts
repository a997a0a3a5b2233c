import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Client, OpenClient } from '../../src/cli/connection.ts';
import type { Check } from '../../src/cli/doctor/check.ts';
import { databaseCheck } from '../../src/cli/doctor/database-check.ts';
import { runtimeChecks } from '../../src/cli/doctor/runtime-checks.ts';
import { run, temporaryFolder } from '../cli/support/in-process.ts';
import { installation } from '../cli/support/platform.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/poco-2024/storectl.yaml');

const NOW = Date.UTC(2024, 11, 1);

/** A platform that answers with its clock so many milliseconds ahead. */
function platform(ahead: number): OpenClient {
  return async (target) => {
    const info = { version: '9.9.9', store: 'sqlite', role: 'viewer', actor: 'ann', tzdb: '2026c', now: NOW + ahead };
    const client: Pick<Client, 'target' | 'call' | 'close'> = {
      target,
      call: (async () => ({ value: info })) as unknown as Client['call'],
      close: async () => {},
    };
    return client as Client;
  };
}

async function doctor(env: Readonly<Record<string, string>>, openClient?: OpenClient) {
  const { stdout, exit } = await run(['doctor', '--json'], { env, now: NOW, ...(openClient ? { openClient } : {}) });
  const checks: readonly Check[] = JSON.parse(stdout).data.checks;
  return { exit, checks, check: (name: string) => checks.find((own) => own.name === name) };
}

describe('doctor', () => {
  it('finds nothing where all is well', async () => {
    const { exit, checks, check } = await doctor({ STORECTL_HOME: temporaryFolder() }, platform(0));
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(check('setting-context')).toMatchObject({ found: 'local', source: 'default' });
    expect(check('platform')).toMatchObject({ status: 'ok', found: 'answers: storectl 9.9.9 on sqlite' });
    expect(exit).toBe(0);
  });

  it('ends with 3 where the platform does not answer', async () => {
    const { exit, check } = await doctor({ STORECTL_HOME: temporaryFolder() });
    expect(check('platform')).toMatchObject({ status: 'failed', found: 'This test has no platform.' });
    expect(exit).toBe(3);
  });

  it.each([
    [59_000, 'ok', "the platform's clock is 59.0 s ahead"],
    [61_000, 'failed', "the platform's clock is 61.0 s ahead"],
    [-61_000, 'failed', "the platform's clock is 61.0 s behind"],
  ])('compares a remote clock: %i ms', async (ahead, status, found) => {
    const env = { STORECTL_HOME: temporaryFolder(), STORECTL_URL: 'https://p.example.com' };
    const { check } = await doctor(env, platform(ahead));
    expect(check('clock')).toMatchObject({ status, found });
    expect(check('setting-url')).toMatchObject({ source: 'STORECTL_URL' });
  });

  it('finds settings that others can read, and says how to close them', async () => {
    const home = temporaryFolder();
    await run(['contexts', 'add', 'prod', '--url', 'https://p.example.com'], { env: { STORECTL_HOME: home } });
    const file = join(home, 'config/contexts.json');
    chmodSync(file, 0o644);
    const { exit, check } = await doctor({ STORECTL_HOME: home }, platform(0));
    expect(check('contexts-mode')).toMatchObject({ status: 'failed', remedy: `chmod 0600 ${file}` });
    expect(exit).toBe(3);
  });

  it('reports damaged settings and goes on', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'config'));
    writeFileSync(join(home, 'config/contexts.json'), 'oops');
    const { exit, check } = await doctor({ STORECTL_HOME: home }, platform(0));
    expect(check('settings')).toMatchObject({
      status: 'failed',
      found: expect.stringContaining('contexts.json is damaged'),
    });
    expect(check('completion')).toBeDefined();
    expect(exit).toBe(3);
  });
});

describe('runtimeChecks', () => {
  it.each([
    ['22.18.9', 'failed'],
    ['22.19.0', 'ok'],
    ['24.0.0', 'ok'],
    ['20.20.2', 'failed'],
  ])('of Node %s: %s', (node, status) => {
    expect(runtimeChecks({ node, tz: '2026c', hasTemporal: true })[0]?.status).toBe(status);
  });
});

describe('doctor, of what is kept,', () => {
  describe('reads the file of the embedded platform', () => {
    /** A platform's file with pages to be damaged. */
    async function home() {
      const own = installation();
      const file = join(own.folder, 'home/data/platform.sqlite');
      await own.run(['apply', '-f', EXAMPLE, '--yes', '--quiet']);
      const check = async () => {
        const { stdout, exit } = await own.run(['doctor', '--json']);
        const checks: readonly Check[] = JSON.parse(stdout).data.checks;
        return { exit, found: checks.find(({ name }) => name === 'database-pages') };
      };
      return { file, check };
    }

    it('and finds it whole', async () => {
      const { file, check } = await home();
      expect((await check()).found).toMatchObject({ status: 'ok', source: file });
    });

    it('and finds a page that is none', async () => {
      const { file, check } = await home();
      const pages = readFileSync(file);
      // The first pages hold the schema, without which nothing is found at all.
      pages.fill(0xff, pages.length - 8192);
      writeFileSync(file, pages);
      const { found, exit } = await check();
      expect(found).toMatchObject({ status: 'failed', source: file, remedy: expect.stringContaining('backup') });
      expect(exit).toBe(3);
    });

    it('but not one that is too large, and says so', async () => {
      const { file } = await home();
      expect(await databaseCheck(file, 1)).toMatchObject({
        status: 'note',
        found: expect.stringContaining('not checked'),
        remedy: expect.stringContaining('quick_check'),
      });
      expect(await databaseCheck(join(file, 'nowhere'))).toBeNull();
    });
  });

  it('names the wizards that were left in the midst', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'state/wizards'), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, 'state/wizards/init.json'), '{}');
    const { check, exit } = await doctor({ STORECTL_HOME: home }, platform(0));
    expect(check('unfinished-wizards')).toMatchObject({ status: 'note', found: 'init' });
    expect(exit).toBe(0);
  });
});
