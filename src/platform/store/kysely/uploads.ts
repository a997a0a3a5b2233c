import type { Kysely } from 'kysely';
import type { UploadRow } from '../rows.ts';
import type { UploadWrites } from '../store.ts';
import { batches } from './batches.ts';
import { dropUnheld } from './rules.ts';
import type { Schema } from './schema.ts';

type Row = Schema['uploads'];

export function uploadTable(db: Kysely<Schema>): UploadWrites {
  return {
    async get(id) {
      const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : uploadOf(row);
    },
    async chunks(id) {
      const rows = await db
        .selectFrom('upload_chunks')
        .select('chunk')
        .where('upload', '=', id)
        .orderBy('position')
        .execute();
      return rows.map((row) => row.chunk);
    },
    async countChunks(id) {
      const last = await db
        .selectFrom('upload_chunks')
        .select('position')
        .where('upload', '=', id)
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst();
      return last === undefined ? 0 : last.position + 1;
    },
    async insert(upload) {
      await db.insertInto('uploads').values(rowOf(upload)).execute();
    },
    async update(upload) {
      const { id, ...rest } = rowOf(upload);
      await db.updateTable('uploads').set(rest).where('id', '=', id).execute();
    },
    async addChunks(upload, position, chunks) {
      const rows = chunks.map((chunk, index) => ({ upload, position: position + index, chunk }));
      for (const batch of batches(rows)) await db.insertInto('upload_chunks').values(batch).execute();
    },
    async releaseChunks(upload) {
      const held = await db.selectFrom('upload_chunks').select('chunk').where('upload', '=', upload).execute();
      await db.deleteFrom('upload_chunks').where('upload', '=', upload).execute();
      await dropUnheld(
        db,
        held.map((row) => row.chunk),
      );
    },
    async abandoned(before) {
      const rows = await db
        .selectFrom('uploads')
        .select('id')
        .where('state', '=', 'running')
        .where('updated_at', '<', before)
        .execute();
      return rows.map((row) => row.id);
    },
  };
}

function rowOf({ createdAt, updatedAt, ...rest }: UploadRow): Row {
  return { ...rest, created_at: createdAt, updated_at: updatedAt };
}

function uploadOf({ created_at: createdAt, updated_at: updatedAt, state, kind, ...rest }: Row): UploadRow {
  return { ...rest, kind: kind as UploadRow['kind'], state: state as UploadRow['state'], createdAt, updatedAt };
}
