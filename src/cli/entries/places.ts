import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Resource } from '../../domain/document/resources.ts';
import type { EntrySection } from '../../domain/document/sections.ts';

/** The markets and sites of a platform: what says in which zones an entry's civil times are read. */
export interface Places {
  readonly markets: ReadonlyMap<string, Resource<'markets'>>;
  readonly sites: ReadonlyMap<string, Resource<'sites'>>;
}

export const NO_PLACES: Places = { markets: new Map(), sites: new Map() };

export async function readPlaces(client: Client): Promise<Places> {
  const [markets, sites] = await Promise.all([listResources(client, 'markets'), listResources(client, 'sites')]);
  return {
    markets: new Map(markets.map((market) => [market.id, market])),
    sites: new Map(sites.map((site) => [site.id, site])),
  };
}

/** Every resource of a section, whole. */
export async function listResources<S extends EntrySection>(
  client: Client,
  section: S,
): Promise<readonly Resource<S>[]> {
  const resources: Resource<S>[] = [];
  // The operations of all sections have one form; only their schemas differ.
  const list = api[section].list as typeof api.sites.list;
  for await (const resource of client.listAll(list)) resources.push(resource as unknown as Resource<S>);
  return resources;
}
