import type { Kysely } from 'kysely';
import { genesisHash } from '../genesis.ts';
import type { ChangeSetRow } from '../rows.ts';
import type { ChangeSetWrites } from '../store.ts';
import type { Schema } from './schema.ts';

export function changeSetTable(db: Kysely<Schema>, platformId: string): ChangeSetWrites {
  return {
    async head() {
      const row = await db
        .selectFrom('change_sets')
        .select(['sequence', 'hash'])
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ?? { sequence: 0, hash: genesisHash(platformId) };
    },
    async list(before, limit) {
      let query = db.selectFrom('change_sets').select(['sequence', 'id', 'summary', 'previous_hash', 'hash']);
      if (before !== null) query = query.where('sequence', '<', before);
      const rows = await query.orderBy('sequence', 'desc').limit(limit).execute();
      return rows.map(({ previous_hash: previousHash, ...row }) => ({ ...row, previousHash }));
    },
    async get(id) {
      const row = await db.selectFrom('change_sets').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : changeSetOf(row);
    },
    async idsBeginning(start, limit) {
      const rows = await db
        .selectFrom('change_sets')
        .select('id')
        .where('id', 'like', `${start}%`)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
    async scan(after, limit) {
      const rows = await db
        .selectFrom('change_sets')
        .selectAll()
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return rows.map(changeSetOf);
    },
    async sequenceOf(hash) {
      if (hash === genesisHash(platformId)) return 0;
      const row = await db.selectFrom('change_sets').select('sequence').where('hash', '=', hash).executeTakeFirst();
      return row?.sequence ?? null;
    },
    async append({ previousHash, ...row }) {
      await db
        .insertInto('change_sets')
        .values({ ...row, previous_hash: previousHash })
        .execute();
    },
  };
}

function changeSetOf({ previous_hash: previousHash, ...row }: Schema['change_sets']): ChangeSetRow {
  return { ...row, previousHash };
}
