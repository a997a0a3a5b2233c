import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { api } from '../../src/contract/operations/index.ts';
import type { SubmittedDocument } from '../../src/domain/document/schema.ts';
import { createPlatform } from '../../src/platform/platform.ts';
import { openSqliteStore } from '../../src/platform/store/sqlite/sqlite-store.ts';
import { ADMIN, failureOf, temporaryFolder, testPlatform } from './fixture.ts';
import { BEFORE } from './poco.ts';

const key = () => ({ idempotencyKey: randomUUID() });

const market = (name: string): SubmittedDocument => ({
  version: 1,
  markets: { gb: { name, countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'Europe/London' } },
});

/** A platform whose ids are counted: all begin with the same characters, plans and changes taking turns. */
async function counting() {
  let ids = 0;
  const platform = createPlatform({
    store: await openSqliteStore(join(temporaryFolder(), 'platform.db'), randomUUID),
    now: () => BEFORE,
    newId() {
      ids += 1;
      return `0abcde-${ids}-0`;
    },
    tzdb: '2026a',
    version: '0.0.0-test',
  });
  onTestFinished(() => platform.close());
  return {
    async write(document: SubmittedDocument) {
      const { value: plan } = await platform.call(api.plans.create, { body: { document }, ...key() }, ADMIN);
      const request = { params: { id: plan.id }, body: {}, ...key() };
      const { value: change } = await platform.call(api.plans.apply, request, ADMIN);
      if (change === null) throw new Error('nothing to apply');
      return { plan, change };
    },
    change: async (id: string) => (await platform.call(api.changes.get, { params: { id } }, ADMIN)).value,
    plan: async (id: string) => (await platform.call(api.plans.get, { params: { id } }, ADMIN)).value,
    async rollback(id: string) {
      const { value: plan } = await platform.call(api.changes.rollback, { params: { id }, ...key() }, ADMIN);
      return plan;
    },
    async apply(id: string) {
      await platform.call(
        api.plans.apply,
        { params: { id }, body: { consent: { allowDeletes: true } }, ...key() },
        ADMIN,
      );
    },
  };
}

describe('a change', () => {
  it('is named by its id, by the beginning that it alone has, and as the last', async () => {
    const own = await counting();
    const { change: first } = await own.write(market('one'));
    const { change: second } = await own.write(market('two'));
    expect((await own.change(first.id)).id).toBe(first.id);
    expect((await own.change(first.id.slice(0, -1))).id).toBe(first.id);
    expect((await own.change(first.id.toUpperCase())).id).toBe(first.id);
    expect((await own.change('last')).id).toBe(second.id);
    expect((await own.rollback('last')).rollbackOf).toBe(second.id);
  });

  it('is named by its number in the trail', async () => {
    const own = await counting();
    const { change: first } = await own.write(market('one'));
    const { change: second } = await own.write(market('two'));
    for (const [change, number] of [
      [first, 1],
      [second, 2],
    ] as const) {
      expect(change.sequence).toBe(number);
      expect((await own.change(`${number}`)).id).toBe(change.id);
      expect((await own.change(`#${number}`)).id).toBe(change.id);
      expect((await own.rollback(`#${number}`)).rollbackOf).toBe(change.id);
    }
    for (const name of ['0', '3', '#3', '01', '##1', '#', '1.0', '9'.repeat(40)]) {
      expect([name, await failureOf(own.change(name))]).toMatchObject([name, { code: 'not-found', exit: 5 }]);
    }
  });

  it('is not guessed: several that begin so are listed, and fewer than six characters name none', async () => {
    const own = await counting();
    const { change: first } = await own.write(market('one'));
    const { change: second } = await own.write(market('two'));
    for (const asked of [own.change('0abcde'), own.rollback('0abcde')]) {
      expect(await failureOf(asked)).toMatchObject({
        code: 'ambiguous-id',
        exit: 2,
        message: expect.stringContaining(first.id),
        details: { candidates: [first.id, second.id] },
      });
    }
    for (const name of ['0abcd', 'fedcba', '%%%%%%', '______', '0abcde%']) {
      expect([name, await failureOf(own.change(name))]).toMatchObject([name, { code: 'not-found', exit: 5 }]);
    }
  });

  it('whose number is the beginning of the id of another is told with it, and named by the sign of numbers', async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const store = await openSqliteStore(file, randomUUID);
    await store.write(async ({ changeSets }) => {
      let { hash } = await changeSets.head();
      for (const [sequence, id] of [
        [1, '123456ab-0'],
        [2, '123456cd-0'],
        [123_456, 'fedcba98-0'],
      ] as const) {
        const body = JSON.stringify({ id, sequence });
        await changeSets.append({ sequence, id, summary: '{}', body, previousHash: hash, hash: `hash-${sequence}` });
        hash = `hash-${sequence}`;
      }
    });
    await store.close();
    const { platform } = await testPlatform(file);
    const change = async (id: string) => (await platform.call(api.changes.get, { params: { id } }, ADMIN)).value.id;
    expect(await failureOf(change('123456'))).toMatchObject({
      code: 'ambiguous-id',
      exit: 2,
      message:
        '123456 is the number of a change, and ids of others begin with it:\n  fedcba98-0  #123456\n  123456ab-0\n  123456cd-0',
      remedy: "Write '#123456' for the number, or more of the id.",
      details: { candidates: ['fedcba98-0', '123456ab-0', '123456cd-0'] },
    });
    expect(await change('#123456')).toBe('fedcba98-0');
    expect(await change('123456a')).toBe('123456ab-0');
    expect(await change('2')).toBe('123456cd-0');
  });

  it('that is the last of none is not found', async () => {
    const failure = await failureOf((await counting()).change('last'));
    expect(failure).toMatchObject({ code: 'not-found', exit: 5, remedy: 'Nothing has been changed yet.' });
  });
});

describe('a plan', () => {
  it('is named by the beginning that it alone has', async () => {
    const own = await counting();
    const { plan } = await own.write(market('one'));
    expect((await own.plan(plan.id.slice(0, -1))).id).toBe(plan.id);
    await own.write(market('two'));
    expect(await failureOf(own.plan('0abcde'))).toMatchObject({ code: 'ambiguous-id', exit: 2 });
    expect(await failureOf(own.plan('fedcba'))).toMatchObject({ code: 'not-found', exit: 5 });
  });
});

describe('a rollback', () => {
  const since = /wrote markets\/gb since; this undoes that too/;

  it('says what else it undoes', async () => {
    const own = await counting();
    await own.write(market('one'));
    const { change } = await own.write(market('two'));
    await own.write(market('three'));
    expect((await own.rollback(change.id)).warnings).toEqual([expect.stringMatching(since)]);
  });

  it('undoes nothing of what was rolled back already', async () => {
    const own = await counting();
    await own.write(market('one'));
    const { change } = await own.write(market('two'));
    await own.apply((await own.rollback(change.id)).id);
    const again = await own.rollback(change.id);
    expect(again.operations).toEqual([]);
    expect(again.warnings).toEqual([]);
  });

  it('undoes nothing of what others wrote and put back', async () => {
    const own = await counting();
    await own.write(market('one'));
    const { change } = await own.write(market('two'));
    const { change: later } = await own.write(market('three'));
    await own.apply((await own.rollback(later.id)).id);
    expect((await own.rollback(change.id)).warnings).toEqual([]);
  });
});
