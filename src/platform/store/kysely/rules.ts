import type { Kysely } from 'kysely';
import type { RuleWrites } from '../store.ts';
import { batches } from './batches.ts';
import type { Schema } from './schema.ts';

/** Drops those of the chunks that no content and no upload holds. */
export async function dropUnheld(db: Kysely<Schema>, chunks: readonly string[]): Promise<void> {
  for (const batch of batches([...new Set(chunks)])) {
    await db
      .deleteFrom('rule_chunks')
      .where('hash', 'in', batch)
      .where('hash', 'not in', db.selectFrom('rule_content_chunks').select('chunk').where('chunk', 'in', batch))
      .where('hash', 'not in', db.selectFrom('upload_chunks').select('chunk').where('chunk', 'in', batch))
      .execute();
  }
}

export function ruleTable(db: Kysely<Schema>): RuleWrites {
  return {
    async count(content, after) {
      const row = await db
        .selectFrom('rule_contents')
        .select(['count', 'keep_until'])
        .where('content', '=', content)
        .executeTakeFirst();
      if (row === undefined) return null;
      return after !== undefined && row.keep_until !== null && row.keep_until <= after ? null : row.count;
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
    async putContent(content, count, chunks, keepUntil) {
      await db.insertInto('rule_contents').values({ content, count, keep_until: keepUntil }).execute();
      const rows = chunks.map((chunk, position) => ({ content, position, chunk }));
      for (const batch of batches(rows)) await db.insertInto('rule_content_chunks').values(batch).execute();
    },
    async keep(contents, until) {
      for (const batch of batches(contents)) {
        const update = db.updateTable('rule_contents').set({ keep_until: until }).where('content', 'in', batch);
        await (until === null ? update : update.where('keep_until', '<', until)).execute();
      }
    },
    async forget(before, most) {
      const rows = await db
        .selectFrom('rule_contents')
        .select('content')
        .where('keep_until', '<', before)
        .limit(most)
        .execute();
      for (const { content } of rows) {
        const held = await this.chunks(content);
        await db.deleteFrom('rule_content_chunks').where('content', '=', content).execute();
        await db.deleteFrom('rule_contents').where('content', '=', content).execute();
        await dropUnheld(db, held);
      }
    },
  };
}
