import type { Kysely } from 'kysely';
import type { AnswerWrites } from '../store.ts';
import type { Schema } from './schema.ts';

export function answerTable(db: Kysely<Schema>): AnswerWrites {
  return {
    async get(actor, key) {
      const row = await db
        .selectFrom('answers')
        .selectAll()
        .where('actor', '=', actor)
        .where('key', '=', key)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { created_at: createdAt, ...rest } = row;
      return { ...rest, createdAt };
    },
    async insert({ createdAt, ...rest }) {
      await db
        .insertInto('answers')
        .values({ ...rest, created_at: createdAt })
        .execute();
    },
    async forget(before) {
      await db.deleteFrom('answers').where('created_at', '<', before).execute();
    },
  };
}
