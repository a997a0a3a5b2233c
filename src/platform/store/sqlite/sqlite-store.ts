import { resolve } from 'node:path';
import { kyselyStore } from '../kysely/kysely-store.ts';
import type { Store } from '../store.ts';
import { nodeSqliteDialect } from './dialect.ts';
import { openDatabase } from './open-database.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** How long a write waits for the writers of other processes, in milliseconds: longer than the longest apply. */
const PATIENCE = 15_000;

/** Opens the store in this file, and makes it where there is none. Throws Failure for a file that cannot be one. */
export async function openSqliteStore(
  path: string,
  newId: () => string,
  { patience = PATIENCE }: { readonly patience?: number } = {},
): Promise<Store> {
  const file = resolve(path);
  const { database, platformId } = await openDatabase(file, newId);
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
