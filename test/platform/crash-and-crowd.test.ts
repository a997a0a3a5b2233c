import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { api } from '../../src/contract/operations/index.ts';
import { Failure } from '../../src/domain/failure.ts';
import { createPlatform, type Platform } from '../../src/platform/platform.ts';
import { openSqliteStore } from '../../src/platform/store/sqlite/sqlite-store.ts';
import { ADMIN, failureOf, temporaryFolder, testPlatform } from './fixture.ts';
import { BEFORE, POCO } from './poco.ts';

function start(script: string, ...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'processes', script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

const key = () => ({ idempotencyKey: randomUUID() });

async function plan(platform: Platform, document = POCO) {
  return (await platform.call(api.plans.create, { body: { document }, ...key() }, ADMIN)).value;
}

const apply = (platform: Platform, id: string) =>
  platform.call(api.plans.apply, { params: { id }, body: {}, ...key() }, ADMIN);

async function verification(platform: Platform) {
  return (await platform.call(api.changes.verify, {}, ADMIN)).value;
}

describe('a process that is killed', () => {
  it('leaves the old state or the new one, and a trail that proves it', { timeout: 60_000 }, async () => {
    const file = join(temporaryFolder(), 'platform.db');
    for (let kill = 0; kill < 8; kill += 1) {
      const child = start('apply-forever.ts', file);
      if (child.stdout === null) throw new Error('its output is needed');
      await once(child.stdout, 'data');
      // Anywhere in a round: between calls, in a transaction, in the middle of a commit.
      await pause(kill * 7 + Math.random() * 20);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { platform } = await testPlatform(file);
      const markets = (await platform.call(api.markets.list, {}, ADMIN)).value.items;
      expect(markets).toHaveLength(4);
      expect(new Set(markets.map(({ spec }) => spec.name)).size).toBe(1);
      expect(new Set(markets.map(({ version }) => version)).size).toBe(1);
      expect(await verification(platform)).toMatchObject({ intact: true, findings: [] });
      await platform.close();
    }
  });
});

describe('several at once', () => {
  it('two processes write one file, and nothing of either is lost', { timeout: 60_000 }, async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const children = ['left', 'right'].map((prefix) => start('add-markets.ts', file, prefix, '25'));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0]);
    const { platform } = await testPlatform(file);
    expect((await platform.call(api.markets.list, {}, ADMIN)).value.items).toHaveLength(50);
    expect(await verification(platform)).toMatchObject({ intact: true, changeSets: 50 });
  });

  it('fifty applies of one plan carry it out once', async () => {
    const { platform, file } = await testPlatform();
    const others = await Promise.all(Array.from({ length: 4 }, () => testPlatform(file)));
    const platforms = [platform, ...others.map((other) => other.platform)];
    const { id } = await plan(platform);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => apply(platforms[i % platforms.length] ?? platform, id)),
    );
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Failure] : []));
    expect(won).toHaveLength(1);
    expect(lost.filter((failure) => !(failure instanceof Failure))).toEqual([]);
    expect(new Set(lost.map(({ code }) => code))).toEqual(new Set(['plan-applied']));
    expect(await verification(platform)).toMatchObject({ intact: true, changeSets: 1 });
  });

  it('one key that is sent twice at once is in flight here, and answered once everywhere', async () => {
    const { platform, file } = await testPlatform();
    const { platform: other } = await testPlatform(file);
    const { id } = await plan(platform);
    const request = { params: { id }, body: {}, ...key() };
    const call = (on: Platform) => on.call(api.plans.apply, request, ADMIN);
    const first = call(platform);
    expect(await failureOf(call(platform))).toMatchObject({ code: 'idempotency-in-flight', exit: 9 });
    const [here, there] = await Promise.all([first, call(other)]);
    expect(there.value).toEqual(here.value);
    expect(await verification(platform)).toMatchObject({ changeSets: 1 });
  });
});

describe('a disk that is full', () => {
  it('fails the apply as a whole, and lets it be done when there is room again', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const platformOf = async (maxPages: number) => {
      const store = await openSqliteStore(file, randomUUID, { maxPages });
      return createPlatform({ store, now: () => BEFORE, newId: randomUUID, tzdb: '2026a', version: '0' });
    };
    const rules = Array.from({ length: 5_000 }, (_, i) => ({ from: `/uk/${i}`, to: `https://www.mi.com/global/${i}` }));
    const document = { ...POCO, rulesets: { 'poco-gb': { site: 'poco-gb', rules } } };
    const full = await platformOf(60);
    expect(await failureOf(plan(full, document))).toMatchObject({ code: 'store-full', exit: 9, details: { file } });
    expect((await full.call(api.markets.list, {}, ADMIN)).value.items).toEqual([]);
    const { id } = await plan(full);
    await full.close();
    const room = await platformOf(1_000_000);
    onTestFinished(() => room.close());
    await apply(room, id);
    expect(await verification(room)).toMatchObject({ intact: true, changeSets: 1 });
  });
});

describe('what was altered by hand', () => {
  const ALTERATIONS: readonly (readonly [string, string, string])[] = [
    [
      'an entry',
      "UPDATE resources SET spec = json_set(spec, '$.name', 'Mine') WHERE id = 'gb'",
      'markets/gb is not what',
    ],
    ['an entry that is no JSON', "UPDATE resources SET spec = '{' WHERE id = 'gb'", 'markets/gb cannot be read'],
    ['an entry that is no entry', "UPDATE resources SET times = '7' WHERE id = 'gb'", 'markets/gb cannot be read'],
    ['the count of rules', 'UPDATE rule_contents SET count = count + 1', 'are not what their digest says'],
    ['a version', "UPDATE resources SET version = 9 WHERE id = 'gb'", 'markets/gb is at version 9'],
    ['an entry that is gone', "DELETE FROM resources WHERE id = 'poco-india'", 'exceptions/poco-india is not what'],
    [
      'an entry that nobody wrote',
      "INSERT INTO resources VALUES ('markets', 'xx', 1, '{}', '{}', NULL)",
      'markets/xx was written by no',
    ],
    ['rules', "UPDATE rule_chunks SET text = replace(text, 'mi.com', 'evil.example')", 'rules'],
    [
      'a change set',
      "DROP TRIGGER change_sets_stay; UPDATE change_sets SET body = replace(body, 'ada', 'eve')",
      'does not have its hash',
    ],
    [
      'a summary',
      "DROP TRIGGER change_sets_stay; UPDATE change_sets SET summary = replace(summary, 'ada', 'eve')",
      'summary does not follow',
    ],
    [
      'a change set that is gone',
      'DROP TRIGGER change_sets_keep; DELETE FROM change_sets WHERE sequence = 1',
      'missing',
    ],
  ];

  it.each(ALTERATIONS)('%s is found', async (_what, sql, message) => {
    const { platform, file } = await testPlatform();
    await apply(platform, (await plan(platform)).id);
    await platform.call(
      api.markets.put,
      {
        params: { id: 'de' },
        ifMatch: null,
        body: {
          spec: { name: 'Germany', countries: ['DE'], currency: 'EUR', locales: ['de-DE'], timeZone: 'Europe/Berlin' },
        },
        ...key(),
      },
      ADMIN,
    );
    expect(await verification(platform)).toMatchObject({ intact: true });
    const hand = new DatabaseSync(file);
    hand.exec(sql);
    hand.close();
    const { intact, findings } = await verification(platform);
    expect(intact).toBe(false);
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  });

  it.each([
    ['an entry', "UPDATE resources SET spec = '{' WHERE id = 'gb'", 'markets/gb'],
    ['a summary', "DROP TRIGGER change_sets_stay; UPDATE change_sets SET summary = '{'", 'change set'],
    ['a chunk of rules', "UPDATE rule_chunks SET text = '{' || char(10)", 'rules'],
    ['a lost chunk of rules', 'PRAGMA foreign_keys = OFF; DELETE FROM rule_chunks', 'has lost some of the rules'],
    ['a kind', "UPDATE resources SET kind = 'planets' WHERE id = 'gb'", 'planets/gb'],
    ['a table', 'ALTER TABLE resources RENAME COLUMN spec TO specs', 'tables and columns'],
  ])('%s ends a reading with the file’s name, and is no bug', async (_what, sql, named) => {
    const { platform: before, file } = await testPlatform();
    await apply(before, (await plan(before)).id);
    await before.close();
    const hand = new DatabaseSync(file);
    hand.exec(sql);
    hand.close();
    const { platform } = await testPlatform(file);
    const reading = async () => {
      await platform.call(api.changes.list, {}, ADMIN);
      for await (const _ of (await platform.call(api.rules.read, { params: { id: 'poco-gb' } }, ADMIN)).value);
      await platform.call(api.document.export, {}, ADMIN);
    };
    const failure = await failureOf(reading());
    expect(failure).toMatchObject({ code: 'store-damaged', exit: 2, details: { file } });
    expect(failure.message).toContain(file);
    expect(failure.message).toContain(named);
  });

  it.each(['sites/poco-gb', 'shutdowns/poco-2024', 'rulesets/poco-gb'])(
    'an entry of another form (%s) ends an answer with its name, and is no bug',
    async (target) => {
      const { platform: before, file } = await testPlatform();
      await apply(before, (await plan(before)).id);
      await before.close();
      const [kind = '', id = ''] = target.split('/');
      const hand = new DatabaseSync(file);
      hand.prepare("UPDATE resources SET spec = '{}' WHERE kind = ? AND id = ?").run(kind, id);
      hand.close();
      const { platform } = await testPlatform(file);
      const answers = [
        () => platform.call(api.answers.status, { query: {} }, ADMIN),
        () => platform.call(api.answers.timeline, { query: {} }, ADMIN),
        () => platform.call(api.answers.explain, { body: { urls: ['https://po.co/uk/x'] } }, ADMIN),
        () => plan(platform),
        () => platform.call(api.document.export, {}, ADMIN),
      ];
      const failures = [];
      for (const asked of answers) {
        const failure = await asked().then(
          () => null,
          (error: unknown) => error,
        );
        if (failure !== null) failures.push(failure);
      }
      expect(failures.length).toBeGreaterThan(0);
      for (const failure of failures) {
        expect(failure).toMatchObject({ code: 'store-damaged', exit: 2, message: expect.stringContaining(target) });
      }
    },
  );

  it('a plan is not applied', async () => {
    const { platform, file } = await testPlatform();
    const { id } = await plan(platform);
    const hand = new DatabaseSync(file);
    hand.exec("UPDATE plans SET body = replace(body, 'United Kingdom', 'Untied Kingdom')");
    hand.close();
    expect(await failureOf(apply(platform, id))).toMatchObject({ code: 'plan-altered', exit: 2 });
  });
});

describe('roles', () => {
  it.each([
    ['viewer', 403, () => [api.plans.create, { body: { document: POCO } }] as const],
    ['operator', 403, () => [api.tokens.create, { body: { name: 'x', role: 'admin' } }] as const],
  ] as const)('%s may not do what it may not', async (role, _status, request) => {
    const { platform } = await testPlatform();
    const [operation, body] = request();
    for (const dryRun of [true, false]) {
      const call = platform.call(
        operation as typeof api.plans.create,
        { ...body, query: { dryRun }, ...key() } as never,
        {
          actor: 'low',
          role,
        },
      );
      expect(await failureOf(call)).toMatchObject({ code: 'forbidden', exit: 4 });
    }
  });
});
