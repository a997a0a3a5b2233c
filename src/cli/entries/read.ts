import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Resource } from '../../domain/document/resources.ts';
import { type EntrySection, NOUN } from '../../domain/document/sections.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';
import type { Entry } from './entry.ts';
import { listResources, type Places, readPlaces } from './places.ts';
import { TOPICS } from './topics.ts';

export interface ReadResource<S extends EntrySection> {
  readonly resource: Resource<S>;
  /** What a write must send to replace this very version. */
  readonly etag: string;
}

/** Every entry of a section, in the order of ids. */
export async function listEntries<S extends EntrySection>(client: Client, section: S): Promise<readonly Entry<S>[]> {
  return entriesOf(await listResources(client, section), () => readPlaces(client));
}

/** @throws Failure `not-found` with the nearest id */
export async function showEntry<S extends EntrySection>(client: Client, section: S, id: string): Promise<Entry<S>> {
  const { resource } = await requireResource(client, section, id);
  const [entry] = await entriesOf([resource], () => readPlaces(client));
  if (entry === undefined) throw new Error('one resource makes one entry');
  return entry;
}

/** Makes instants readable. Where nothing has one, the tz machinery and the places are not even loaded. */
async function entriesOf<S extends EntrySection>(
  resources: readonly Resource<S>[],
  placesOf: () => Promise<Places>,
): Promise<readonly Entry<S>[]> {
  const timed = resources.some(({ times, revisions }) => Object.keys(times).length > 0 || revisions !== undefined);
  if (!timed) return resources as unknown as readonly Entry<S>[];
  const { entryOf } = await import('./times.ts');
  const places = await placesOf();
  return resources.map((resource) => entryOf(resource, places));
}

/** The resource as the platform keeps it; null where there is none. */
export async function findResource<S extends EntrySection>(
  client: Client,
  section: S,
  id: string,
): Promise<ReadResource<S> | null> {
  try {
    const { value, etag } = await client.call(api[section].get as typeof api.sites.get, { params: { id } });
    const resource = value as unknown as Resource<S>;
    return { resource, etag: etag ?? `"${resource.version}"` };
  } catch (error) {
    // What is no id at all is nobody's: `show` then names the nearest one.
    if (error instanceof Failure && (error.code === 'not-found' || error.code === 'invalid-request')) return null;
    throw error;
  }
}

/** @throws Failure `not-found` with the nearest id */
export async function requireResource<S extends EntrySection>(
  client: Client,
  section: S,
  id: string,
): Promise<ReadResource<S>> {
  const found = await findResource(client, section, id);
  if (found !== null) return found;
  const known = (await listResources(client, section)).map((resource) => resource.id);
  const guess = nearest(id, known);
  const noun = NOUN[section];
  throw new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `There is no ${noun} ${id}.${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy:
      known.length === 0
        ? `There is none at all yet: storectl ${TOPICS[section].topic} ${TOPICS[section].create} makes one.`
        : `storectl ${TOPICS[section].topic} list shows what there is.`,
    details: { noun, id, nearest: guess },
  });
}
