import { resolve } from 'node:path';
import { kyselyStore } from '../kysely/kysely-store.ts';
import type { Store } from '../store.ts';
import { nodeSqliteDialect } from './dialect.ts';
import { openDatabase } from './open-database.ts';
import { sqliteFailure } from './sqlite-failure.ts';

export interface SqliteOptions {
  /** How long a write waits for the writers of other processes, in milliseconds. */
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
  const { database, platformId } = await openDatabase(file, newId);
  if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
  const store = kyselyStore({
    kind: 'sqlite',
    platformId,
    dialect: nodeSqliteDialect(database, patience),
    explain: (error) => sqliteFailure(error, file),
  });
  return {
    ...store,
    async close() {
      await store.close();
      // Kysely opens, and so closes, its driver only with the first query.
      if (database.isOpen) database.close();
    },
  };
}
