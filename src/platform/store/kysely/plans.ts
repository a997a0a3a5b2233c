import type { Kysely } from 'kysely';
import type { PlanWrites } from '../store.ts';
import type { Schema } from './schema.ts';

export function planTable(db: Kysely<Schema>): PlanWrites {
  return {
    async get(id) {
      const row = await db.selectFrom('plans').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const { expires_at: expiresAt, applied_as: appliedAs, ...rest } = row;
      return { ...rest, expiresAt, appliedAs };
    },
    async idsBeginning(start, limit) {
      const rows = await db
        .selectFrom('plans')
        .select('id')
        .where('id', 'like', `${start}%`)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
    async insert({ expiresAt, appliedAs, ...rest }) {
      await db
        .insertInto('plans')
        .values({ ...rest, expires_at: expiresAt, applied_as: appliedAs })
        .execute();
    },
    async markApplied(id, change) {
      await db.updateTable('plans').set({ applied_as: change }).where('id', '=', id).execute();
    },
    async forgetExpired(before) {
      await db.deleteFrom('plans').where('expires_at', '<', before).where('applied_as', 'is', null).execute();
    },
  };
}
