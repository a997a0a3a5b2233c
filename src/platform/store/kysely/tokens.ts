import type { Kysely } from 'kysely';
import type { Role } from '../../../contract/operation.ts';
import type { TokenRow } from '../rows.ts';
import type { TokenWrites } from '../store.ts';
import type { Schema } from './schema.ts';

type Row = Schema['tokens'];

export function tokenTable(db: Kysely<Schema>): TokenWrites {
  const one = async (column: 'id' | 'name' | 'secret_hash', value: string): Promise<TokenRow | null> => {
    const row = await db.selectFrom('tokens').selectAll().where(column, '=', value).executeTakeFirst();
    return row === undefined ? null : tokenOf(row);
  };
  return {
    get: (id) => one('id', id),
    byName: (name) => one('name', name),
    bySecretHash: (hash) => one('secret_hash', hash),
    async list(after, limit) {
      let query = db.selectFrom('tokens').selectAll();
      if (after !== null) query = query.where('name', '>', after);
      return (await query.orderBy('name').limit(limit).execute()).map(tokenOf);
    },
    async insert({ secretHash, createdAt, expiresAt, lastUsedAt, ...rest }) {
      await db
        .insertInto('tokens')
        .values({
          ...rest,
          secret_hash: secretHash,
          created_at: createdAt,
          expires_at: expiresAt,
          last_used_at: lastUsedAt,
        })
        .execute();
    },
    async remove(id) {
      await db.deleteFrom('tokens').where('id', '=', id).execute();
    },
    async touch(id, at) {
      await db.updateTable('tokens').set({ last_used_at: at }).where('id', '=', id).execute();
    },
  };
}

function tokenOf(row: Row): TokenRow {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    secretHash: row.secret_hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
