import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChangeSetRow, ResourceWrite } from '../../src/platform/store/rows.ts';
import { ChunkCutter, type RuleChunk } from '../../src/platform/store/rule-chunks.ts';
import type { Store } from '../../src/platform/store/store.ts';

/** What every store must do, whatever database is under it. `open` gives a new, empty one that the test need not close. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  const market = (id: string, version: number, label: string | null): ResourceWrite => ({
    kind: 'markets',
    id,
    version,
    entry:
      label === null
        ? null
        : {
            spec: { name: label, countries: [], currency: 'EUR', locales: ['de'], timeZone: 'Europe/Berlin' },
            times: {},
          },
  });
  const change = (sequence: number, previousHash: string): ChangeSetRow => ({
    sequence,
    id: `change-${sequence}`,
    summary: '{}',
    body: `{"n":${sequence}}`,
    previousHash,
    hash: `hash-${sequence}`,
  });

  describe(`${name}: transactions`, () => {
    it('keeps all of a write, or nothing of it', async () => {
      const store = await open();
      const failing = store.write(async (tables) => {
        await tables.resources.put([market('de', 1, 'Germany')]);
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      expect(await store.read(({ resources }) => resources.all())).toEqual([]);
      await store.write(({ resources }) => resources.put([market('de', 1, 'Germany')]));
      expect(await store.read(({ resources }) => resources.all())).toHaveLength(1);
    });

    it('does not let a read write', async () => {
      const store = await open();
      const writing = store.read((tables) =>
        (tables as Parameters<Parameters<Store['write']>[0]>[0]).resources.put([market('de', 1, 'x')]),
      );
      await expect(writing).rejects.toThrow();
      await store.write(({ resources }) => resources.put([market('fr', 1, 'France')]));
      expect((await store.read(({ resources }) => resources.all())).map(({ id }) => id)).toEqual(['fr']);
    });

    it('gives concurrent writes one after the other', async () => {
      const store = await open();
      await store.write(({ resources }) => resources.put([market('de', 0, 'x')]));
      await Promise.all(
        Array.from({ length: 20 }, () =>
          store.write(async ({ resources }) => {
            const present = await resources.get('markets', 'de');
            await Promise.resolve();
            await resources.put([market('de', (present?.version ?? 0) + 1, 'x')]);
          }),
        ),
      );
      expect((await store.read(({ resources }) => resources.get('markets', 'de')))?.version).toBe(20);
    });
  });

  describe(`${name}: tables`, () => {
    it('lists entries by id, one kind at a time, and remembers the versions of removed ones', async () => {
      const store = await open();
      await store.write(async ({ resources }) => {
        await resources.put(['c', 'a', 'b'].map((id) => market(id, 1, id)));
        await resources.put([{ ...market('a', 1, 'a'), kind: 'exceptions' }]);
        await resources.put([market('b', 2, null)]);
      });
      const ids = (after: string | null, limit: number) =>
        store.read(async ({ resources }) => (await resources.list('markets', after, limit)).map(({ id }) => id));
      expect(await ids(null, 10)).toEqual(['a', 'c']);
      expect(await ids('a', 10)).toEqual(['c']);
      expect(await ids(null, 1)).toEqual(['a']);
      expect(await store.read(({ resources }) => resources.get('markets', 'b'))).toBeNull();
      const versions = await store.read(({ resources }) => resources.versions());
      expect(versions.get('markets/b')).toEqual({ version: 2, present: false });
      expect(versions.get('markets/c')).toEqual({ version: 1, present: true });
    });

    it('puts more entries than one statement takes', async () => {
      const store = await open();
      const many = Array.from({ length: 1_234 }, (_, i) => market(`m${i}`, 1, `name ${i}`));
      await store.write(({ resources }) => resources.put(many));
      expect(await store.read(({ resources }) => resources.all())).toHaveLength(1_234);
    });

    it('chains change sets, and lets none be added twice on the same one', async () => {
      const store = await open();
      const genesis = await store.read(({ changeSets }) => changeSets.head());
      expect(genesis.sequence).toBe(0);
      await store.write(({ changeSets }) => changeSets.append(change(1, genesis.hash)));
      await expect(store.write(({ changeSets }) => changeSets.append(change(2, genesis.hash)))).rejects.toThrow();
      await store.write(({ changeSets }) => changeSets.append(change(2, 'hash-1')));
      await store.read(async ({ changeSets }) => {
        expect(await changeSets.head()).toEqual({ sequence: 2, hash: 'hash-2' });
        expect((await changeSets.list(null, 10)).map(({ id }) => id)).toEqual(['change-2', 'change-1']);
        expect((await changeSets.list(2, 10)).map(({ id }) => id)).toEqual(['change-1']);
        expect((await changeSets.scan(0, 1)).map(({ id }) => id)).toEqual(['change-1']);
        expect(await changeSets.get('change-1')).toEqual(change(1, genesis.hash));
        expect(await changeSets.idsBeginning('change-', 10)).toEqual(['change-1', 'change-2']);
        expect(await changeSets.idsBeginning('change-', 1)).toEqual(['change-1']);
        expect(await changeSets.idsBeginning('change-2', 10)).toEqual(['change-2']);
        expect(await changeSets.idsBeginning('hange-', 10)).toEqual([]);
        expect(await changeSets.sequenceOf('hash-1')).toBe(1);
        expect(await changeSets.sequenceOf(genesis.hash)).toBe(0);
        expect(await changeSets.sequenceOf('unheard-of')).toBeNull();
      });
    });

    it('stores a chunk once, and drops it when the last that holds it lets go', async () => {
      const store = await open();
      const [shared, own] = ['shared', 'own'].map((line): RuleChunk => {
        const cutter = new ChunkCutter();
        return cutter.push(line) ?? cutter.end() ?? fail();
      });
      if (shared === undefined || own === undefined) throw new Error('two chunks are needed');
      const id = randomUUID();
      await store.write(async ({ rules, uploads }) => {
        await rules.putChunks([shared, own]);
        await rules.putChunks([shared]);
        await rules.putContent('content', 1, [shared.hash], 0);
        await uploads.insert({
          id,
          kind: 'rules',
          state: 'running',
          createdAt: 1,
          updatedAt: 1,
          received: 2,
          accepted: 2,
          blank: 0,
          problems: '[]',
          tail: '',
          content: null,
        });
        await uploads.addChunks(id, 0, [shared.hash, own.hash]);
        expect(await uploads.chunks(id)).toEqual([shared.hash, own.hash]);
        expect(await uploads.abandoned(2)).toEqual([id]);
        await uploads.releaseChunks(id);
      });
      await store.read(async ({ rules }) => {
        expect(await rules.text(shared.hash)).toBe('shared\n');
        expect(await rules.text(own.hash)).toBeNull();
        expect(await rules.chunks('content')).toEqual([shared.hash]);
        expect(await rules.count('content')).toBe(1);
        expect(await rules.count('other')).toBeNull();
      });
    });

    it('forgets rules that nothing keeps, and the chunks that only they held', async () => {
      const store = await open();
      const chunksOf = (...lines: string[]) =>
        lines.map((line) => {
          const cutter = new ChunkCutter();
          return cutter.push(line) ?? cutter.end() ?? fail();
        });
      const hashes = (chunks: readonly RuleChunk[]) => chunks.map(({ hash }) => hash);
      const [draft, planned, applied] = [chunksOf('a', 'b'), chunksOf('b', 'c'), chunksOf('c', 'd')];
      await store.write(async ({ rules }) => {
        await rules.putChunks([...draft, ...planned, ...applied]);
        await rules.putContent('draft', 2, hashes(draft), 10);
        await rules.putContent('planned', 2, hashes(planned), 10);
        await rules.putContent('applied', 2, hashes(applied), 10);
        await rules.keep(['planned'], 20);
        await rules.keep(['planned'], 5);
        await rules.keep(['applied'], null);
        await rules.keep(['applied'], 5);
        expect(await rules.count('draft', 9)).toBe(2);
        expect(await rules.count('draft', 10)).toBeNull();
        await rules.forget(20, 5);
      });
      await store.read(async ({ rules }) => {
        expect(await Promise.all(['draft', 'planned', 'applied'].map((content) => rules.count(content)))).toEqual([
          null,
          2,
          2,
        ]);
        const texts = await Promise.all(
          ['a', 'b', 'c', 'd'].map(async (line) => rules.text(hashes(chunksOf(line))[0] ?? '')),
        );
        expect(texts).toEqual([null, 'b\n', 'c\n', 'd\n']);
      });
      await store.write(({ rules }) => rules.forget(Number.MAX_SAFE_INTEGER, 5));
      await store.read(async ({ rules }) => {
        expect(await rules.count('planned')).toBeNull();
        expect(await rules.count('applied', Number.MAX_SAFE_INTEGER)).toBe(2);
      });
    });

    it('keeps tokens by name, plans until they are forgotten, and answers by actor and key', async () => {
      const store = await open();
      const token = {
        id: 'id',
        name: 'ci',
        role: 'viewer',
        secretHash: 'h',
        createdAt: 1,
        expiresAt: null,
        lastUsedAt: null,
      } as const;
      const plan = { body: '{}', digest: 'd', desired: '{}', appliedAs: null };
      const answer = { actor: 'a', key: 'k', request: 'r', answer: '{}', etag: null, createdAt: 1 };
      await store.write(async ({ tokens, plans, answers }) => {
        await tokens.insert(token);
        await tokens.touch('id', 7);
        await plans.insert({ ...plan, id: 'old', expiresAt: 1 });
        await plans.insert({ ...plan, id: 'done', expiresAt: 1 });
        await plans.insert({ ...plan, id: 'new', expiresAt: 9 });
        await plans.markApplied('done', 'change');
        await plans.forgetExpired(5);
        await answers.insert(answer);
      });
      await expect(
        store.write(({ tokens }) => tokens.insert({ ...token, id: 'other', secretHash: 'o' })),
      ).rejects.toThrow();
      await store.read(async ({ tokens, plans, answers }) => {
        expect(await tokens.bySecretHash('h')).toEqual({ ...token, lastUsedAt: 7 });
        expect(await tokens.list('ci', 10)).toEqual([]);
        expect(await plans.get('old')).toBeNull();
        expect(await plans.get('done')).toMatchObject({ appliedAs: 'change' });
        expect(await plans.get('new')).toMatchObject({ appliedAs: null, expiresAt: 9 });
        expect(await answers.get('a', 'k')).toEqual(answer);
        expect(await answers.get('b', 'k')).toBeNull();
      });
      await store.write(async ({ tokens, answers }) => {
        await tokens.remove('id');
        await answers.forget(2);
      });
      expect(await store.read(({ answers }) => answers.get('a', 'k'))).toBeNull();
      expect(await store.read(({ tokens }) => tokens.get('id'))).toBeNull();
    });
  });
}

function fail(): never {
  throw new Error('a chunk was expected');
}
