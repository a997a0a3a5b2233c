import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { EntrySection } from '../../domain/document/sections.ts';
import { listResources } from './places.ts';
import { TOPICS } from './topics.ts';

/** The newest change sets that completion offers. */
const MOST_CHANGES = 30;

/** What an id may look like before a shell gets to see it: a platform may say anything. */
const HARMLESS = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** The ids of a topic on a platform; none for a topic that has none there. */
export async function idsOf(client: Client, topic: string): Promise<readonly string[]> {
  return harmless(await known(client, topic));
}

/** The items of a launch's checklist; those that a person may sign, or all. Throws Failure `not-found`. */
export async function itemsOf(client: Client, launch: string, only: 'manual' | 'all'): Promise<readonly string[]> {
  const { value } = await client.call(api.launchChecklists.get, { params: { id: launch } });
  return harmless(value.items.filter(({ kind }) => only === 'all' || kind === 'manual').map(({ item }) => item));
}

export function harmless(ids: readonly string[]): readonly string[] {
  return ids.filter((id) => HARMLESS.test(id));
}

async function known(client: Client, topic: string): Promise<readonly string[]> {
  if (topic === 'changes') {
    const { value } = await client.call(api.changes.list, { query: { limit: MOST_CHANGES } });
    // A change is named by its number as well.
    return [...value.items.map(({ id }) => id), ...value.items.map(({ sequence }) => String(sequence))];
  }
  if (topic === 'checklists') {
    const { checklistEntries } = await import('../checklists/checklist-entries.ts');
    return (await checklistEntries(client)).map(({ id }) => id);
  }
  const section = (Object.keys(TOPICS) as EntrySection[]).find((own) => TOPICS[own].topic === topic);
  return section === undefined ? [] : (await listResources(client, section)).map(({ id }) => id);
}
