import { documentsOf } from '../../domain/document/resources.ts';
import type { PlatformParts, World } from '../parts.ts';
import type { ReadTables } from '../store/store.ts';

/** The present state, read anew only where something was changed since. */
export async function readWorld({ latest }: Pick<PlatformParts, 'latest'>, tables: ReadTables): Promise<World> {
  const head = await tables.changeSets.head();
  if (latest.world?.head.hash !== head.hash) {
    latest.world = { head, documents: documentsOf(await tables.resources.all()) };
  }
  return latest.world;
}

/** The present state, in a transaction of its own. */
export function presentWorld(platform: PlatformParts): Promise<World> {
  return platform.store.read((tables) => readWorld(platform, tables));
}
