import { type Documents, documentsOf } from '../../domain/document/resources.ts';
import type { Head } from '../store/rows.ts';
import type { ReadTables } from '../store/store.ts';

/** The whole state, and the change set that made it so. */
export interface World {
  readonly head: Head;
  readonly documents: Documents;
}

export async function readWorld(tables: ReadTables): Promise<World> {
  const head = await tables.changeSets.head();
  return { head, documents: documentsOf(await tables.resources.all()) };
}
