import type { Kysely } from 'kysely';
import type { RuleWrites } from '../store.ts';
import { batches } from './batches.ts';
import type { Schema } from './schema.ts';

export function ruleTable(db: Kysely<Schema>): RuleWrites {
  return {
    async count(content) {
      const row = await db
        .selectFrom('rule_contents')
        .select('count')
        .where('content', '=', content)
        .executeTakeFirst();
      return row?.count ?? null;
    },
    async chunks(content) {
      const rows = await db
        .selectFrom('rule_content_chunks')
        .select('chunk')
        .where('content', '=', content)
        .orderBy('position')
        .execute();
      return rows.map((row) => row.chunk);
    },
    async text(chunk) {
      const row = await db.selectFrom('rule_chunks').select('text').where('hash', '=', chunk).executeTakeFirst();
      return row?.text ?? null;
    },
    async putChunks(chunks) {
      for (const { hash, count, text } of chunks) {
        await db
          .insertInto('rule_chunks')
          .values({ hash, count, text })
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .execute();
      }
    },
    async putContent(content, count, chunks) {
      await db.insertInto('rule_contents').values({ content, count }).execute();
      const rows = chunks.map((chunk, position) => ({ content, position, chunk }));
      for (const batch of batches(rows)) await db.insertInto('rule_content_chunks').values(batch).execute();
    },
  };
}
