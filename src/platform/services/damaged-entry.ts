import type { Resource } from '../../domain/document/resources.ts';
import type { PlatformParts } from '../parts.ts';
import { StoreDamage } from '../store/store-damage.ts';

/**
 * The entry at fault where an operation failed as only a bug does: the store held something that this program never writes
 * there. Entries are not checked at every read, which would cost more than reading them; this looks when it is too late for
 * anything but to say what it was. Null where all entries are of their form, and the bug is one.
 */
export async function damagedEntry(platform: PlatformParts): Promise<StoreDamage | null> {
  try {
    const resources = await platform.store.read((tables) => tables.resources.all());
    const { STORED_SPEC } = await import('../../domain/document/schema.ts');
    for (const resource of resources) {
      const wrong = specsOf(resource).find((spec) => !STORED_SPEC[resource.kind].safeParse(spec).success);
      if (wrong !== undefined)
        return new StoreDamage(`holds ${resource.kind}/${resource.id}, which is of another form`);
    }
    return null;
  } catch {
    // The store cannot be read: whoever failed first has said more.
    return null;
  }
}

function specsOf({ spec, revisions }: Resource): readonly unknown[] {
  return [spec, ...(revisions ?? []).map((revision) => revision.spec)];
}
