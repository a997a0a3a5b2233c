import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { APPLICATION_ID, MIGRATIONS } from '../../src/platform/store/sqlite/migrations.ts';
import { openSqliteStore } from '../../src/platform/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/platform/store/store.ts';
import { failureOf, temporaryFolder } from './fixture.ts';
import { describeStore } from './store-conformance.ts';

async function open(file = join(temporaryFolder(), 'platform.db')): Promise<Store> {
  const store = await openSqliteStore(file, randomUUID);
  onTestFinished(() => store.close());
  return store;
}

/** A store that is not patient, and another process's connection that keeps its lock. */
async function locked(): Promise<{ readonly store: Store; readonly other: DatabaseSync }> {
  const file = join(temporaryFolder(), 'platform.db');
  const store = await openSqliteStore(file, randomUUID, { patience: 300 });
  onTestFinished(() => store.close());
  const other = new DatabaseSync(file);
  onTestFinished(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  return { store, other };
}

describeStore('sqlite', () => open());

describe('the file', () => {
  it('is its owner’s alone, in a folder that is too', async () => {
    const file = join(temporaryFolder(), 'a', 'b', 'platform.db');
    await open(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  });

  it('has one identity, whoever opens it first', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const stores = await Promise.all(Array.from({ length: 5 }, () => open(file)));
    expect(new Set(stores.map(({ platformId }) => platformId)).size).toBe(1);
  });

  it.each([
    ['no database', () => Buffer.from('#!/bin/sh\necho precious\n'.repeat(100))],
    ['a database that lost its beginning', (whole: Buffer) => Buffer.concat([Buffer.alloc(50), whole.subarray(50)])],
  ])('is reported and left as it is where it is %s', async (_what, spoil) => {
    const file = join(temporaryFolder(), 'platform.db');
    const store = await openSqliteStore(file, randomUUID);
    await store.close();
    const spoilt = spoil(readFileSync(file));
    writeFileSync(file, spoilt);
    const failure = await failureOf(openSqliteStore(file, randomUUID));
    expect(failure).toMatchObject({ code: 'store-damaged', exit: 2 });
    expect(failure.message).toContain(file);
    expect(readFileSync(file).equals(spoilt)).toBe(true);
  });

  it('is reported where its pages are damaged', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const store = await openSqliteStore(file, randomUUID);
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4096);
    writeFileSync(file, bytes);
    const reading = async () => {
      const damaged = await openSqliteStore(file, randomUUID);
      onTestFinished(() => damaged.close());
      return damaged.read(({ resources }) => resources.all());
    };
    expect(await failureOf(reading())).toMatchObject({ code: 'store-damaged', details: { file } });
  });

  it('is refused where another program made it, and not touched', async () => {
    const file = join(temporaryFolder(), 'other.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE precious (a); INSERT INTO precious VALUES (1)');
    other.close();
    const before = readFileSync(file);
    expect(await failureOf(openSqliteStore(file, randomUUID))).toMatchObject({ code: 'store-damaged' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused where a newer version made it', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    await (await openSqliteStore(file, randomUUID)).close();
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    const failure = await failureOf(openSqliteStore(file, randomUUID));
    expect(failure).toMatchObject({ code: 'store-damaged', details: { schema: 99 } });
    expect(failure.remedy).toContain('Update');
  });

  it.each([
    ['a version that there never was', 'PRAGMA user_version = -1', 'its schema is -1'],
    ['no version', 'PRAGMA user_version = 0', 'its schema is 0'],
    ['lost tables', 'DROP TABLE upload_chunks; DROP TABLE tokens', 'has lost its upload_chunks, tokens'],
    ['lost its name', "DELETE FROM meta WHERE name = 'platform'", 'the name of its platform'],
    ['lost where its name was', 'DROP TABLE meta', 'has lost its meta'],
  ])('is reported when it is opened where it has %s', async (_what, sql, said) => {
    const file = join(temporaryFolder(), 'platform.db');
    await (await openSqliteStore(file, randomUUID)).close();
    const hand = new DatabaseSync(file);
    hand.exec(sql);
    hand.close();
    const before = readFileSync(file);
    const failure = await failureOf(openSqliteStore(file, randomUUID));
    expect(failure).toMatchObject({ code: 'store-damaged', exit: 2, details: { file } });
    expect(failure.message).toContain(file);
    expect(failure.message).toContain(said);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('of an earlier version is brought up to date, and keeps its name', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const earlier = new DatabaseSync(file);
    earlier.exec(`${MIGRATIONS[0]}; INSERT INTO meta VALUES ('platform', 'the old name')`);
    earlier.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`);
    earlier.close();
    const store = await open(file);
    expect(store.platformId).toBe('the old name');
    await store.write(({ uploads }) =>
      uploads.insert({
        id: 'u',
        kind: 'rules',
        state: 'running',
        createdAt: 1,
        updatedAt: 1,
        received: 3,
        accepted: 1,
        blank: 2,
        problems: '[]',
        tail: '',
        content: null,
      }),
    );
    expect(await store.read(({ uploads }) => uploads.get('u'))).toMatchObject({ blank: 2 });
  });

  it('says where it cannot be made', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    expect(await failureOf(openSqliteStore(join(file, 'platform.db'), randomUUID))).toMatchObject({
      code: 'store-unwritable',
      exit: 4,
    });
  });

  it('takes an empty file for one that has lost what it held', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    writeFileSync(file, '');
    expect(await failureOf(openSqliteStore(file, randomUUID))).toMatchObject({ code: 'store-damaged', exit: 2 });
    expect(readFileSync(file)).toHaveLength(0);
  });

  it('does not let change sets be altered or taken away', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const store = await open(file);
    const { hash } = await store.read(({ changeSets }) => changeSets.head());
    await store.write(({ changeSets }) =>
      changeSets.append({ sequence: 1, id: 'c', summary: '{}', body: '{}', previousHash: hash, hash: 'h' }),
    );
    const hand = new DatabaseSync(file);
    onTestFinished(() => hand.close());
    expect(() => hand.exec("UPDATE change_sets SET body = '{}'")).toThrow('append-only');
    expect(() => hand.exec('DELETE FROM change_sets')).toThrow('append-only');
  });

  it('reports a write that another process keeps waiting too long, and takes it afterwards', async () => {
    const { store, other } = await locked();
    const write = () => store.write(({ tokens }) => tokens.remove('nobody'));
    expect(await failureOf(write())).toMatchObject({ code: 'store-busy', exit: 9 });
    expect(await store.read(({ tokens }) => tokens.list(null, 1))).toEqual([]);
    const waiting = write();
    other.exec('COMMIT');
    await waiting;
  });

  it('reads on while its writes wait', async () => {
    const { store, other } = await locked();
    const settled: string[] = [];
    const writing = failureOf(store.write(({ tokens }) => tokens.remove('nobody'))).finally(() =>
      settled.push('write'),
    );
    await store.read(({ tokens }) => tokens.list(null, 1)).finally(() => settled.push('read'));
    expect(settled).toEqual(['read']);
    expect(await writing).toMatchObject({ code: 'store-busy', exit: 9 });
    other.exec('COMMIT');
  });

  it('counts the wait for the writes before it as a write’s own', async () => {
    const store = await open();
    const slow = Promise.withResolvers<void>();
    const first = store.write(() => slow.promise);
    const remove = (patience: number) => store.write(({ tokens }) => tokens.remove('nobody'), { patience });
    const patient = remove(60_000);
    expect(await failureOf(remove(20))).toMatchObject({ code: 'store-busy', exit: 9 });
    slow.resolve();
    await Promise.all([first, patient]);
  });

  it('is not made anew by a write that comes after it is gone', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'platform.db');
    const store = await open(file);
    rmSync(file);
    const failure = await failureOf(store.write(({ tokens }) => tokens.remove('nobody')));
    expect(failure).toMatchObject({ code: 'store-unwritable', details: { file } });
    expect(existsSync(file)).toBe(false);
  });
});
