import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { kyselyStore } from '../kysely/kysely-store.ts';
import type { Store } from '../store.ts';
import { nodeSqliteDialect } from './dialect.ts';
import { openDatabase } from './open-database.ts';
import { isBusy, sqliteFailure } from './sqlite-failure.ts';
import { WriteTurns } from './write-turns.ts';

export interface SqliteOptions {
  /** How long a write waits in all, for those before it here and for other processes, in milliseconds. */
  readonly patience?: number;
  /** The largest the file may become, in pages of 4,096 bytes; only the disk limits it unless told. */
  readonly maxPages?: number;
}

/** Longer than the longest apply. */
const PATIENCE = 15_000;

/** Opens the store in this file, and makes it where there is none. Throws Failure for a file that cannot be one. */
export async function openSqliteStore(
  path: string,
  newId: () => string,
  { patience = PATIENCE, maxPages }: SqliteOptions = {},
): Promise<Store> {
  const file = resolve(path);
  const { database, platformId, connect } = await openDatabase(file, newId);
  const turns = new WriteTurns();
  let closed = false;
  // What made sure of the schema goes on as the reader: most commands only read, and need no second connection.
  database.exec('PRAGMA query_only = ON');
  const store = kyselyStore({
    kind: 'sqlite',
    platformId,
    reads: nodeSqliteDialect({ connect: () => database, begin: async (reader) => reader.exec('BEGIN') }),
    writes: nodeSqliteDialect({
      connect() {
        if (closed) throw new Error('the store was closed');
        const writer = connect();
        if (maxPages !== undefined) writer.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
        return writer;
      },
      begin: (writer) => beginWriting(writer, turns),
    }),
    explain: (error) => sqliteFailure(error, file),
  });
  return {
    ...store,
    async write(work, options) {
      try {
        return await turns.take(options?.patience ?? patience, () => store.write(work));
      } catch (error) {
        throw sqliteFailure(error, file);
      }
    },
    async close() {
      closed = true;
      await store.close();
      // Kysely opens, and so closes, its driver only with the first query.
      if (database.isOpen) database.close();
    },
  };
}

/**
 * IMMEDIATE takes the one writer's lock now, where waiting is harmless, and not at the first INSERT, where a snapshot
 * that is out of date by then could only fail. SQLite itself would wait by holding up the whole process.
 */
async function beginWriting(writer: DatabaseSync, turns: WriteTurns): Promise<void> {
  for (;;) {
    try {
      writer.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error) || turns.left() <= 0) throw error;
      await pause(5 + Math.random() * 45);
    }
  }
}
