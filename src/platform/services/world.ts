import { type Documents, documentsOf } from '../../domain/document/resources.ts';
import type { Head } from '../store/rows.ts';
import type { ReadTables, Store } from '../store/store.ts';

/** The whole state, and the change set that made it so. */
export interface World {
  readonly head: Head;
  readonly documents: Documents;
}

/** The state last read: it is the present one for as long as the head is the same. */
export interface WorldCache {
  world: World | null;
}

/** The present state, read anew only where something was changed since. */
export async function readWorld({ latest }: { readonly latest: WorldCache }, tables: ReadTables): Promise<World> {
  const head = await tables.changeSets.head();
  if (latest.world?.head.hash !== head.hash) {
    latest.world = { head, documents: documentsOf(await tables.resources.all()) };
  }
  return latest.world;
}

/** The present state, in a transaction of its own. */
export function presentWorld(platform: { readonly store: Store; readonly latest: WorldCache }): Promise<World> {
  return platform.store.read((tables) => readWorld(platform, tables));
}
