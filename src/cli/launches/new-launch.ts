import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { ProductLine } from '../../domain/document/catalog-schema.ts';
import { Failure } from '../../domain/failure.ts';
import type { NewEntry } from '../entries/entry-command.ts';
import { listResources, readPlaces } from '../entries/places.ts';
import { requireProduct } from '../products/product-command.ts';
import { editLaunch } from './edit-launch.ts';
import { LAUNCH_FIELDS } from './launch-fields.ts';

/** More than these are not chosen from a list. */
const MOST_CHOICES = 200;

export const newLaunch: NewEntry = {
  section: 'launches',
  fields: LAUNCH_FIELDS,
  edit: editLaunch,
  async wizard({ client, now, width }) {
    const { launchWizard } = await import('../wizards/launch-wizard.ts');
    const [{ shippedChecklists }, places, launches, own, products] = await Promise.all([
      import('../../domain/checklists/templates.ts'),
      readPlaces(client),
      listResources(client, 'launches'),
      listResources(client, 'checklists'),
      someProducts(client),
    ]);
    const titles = new Map(Object.entries(shippedChecklists()).map(([id, { title }]) => [id, title ?? '']));
    for (const { id, spec } of own) titles.set(id, spec.title ?? '');
    const checklists = [...titles].map(([id, title]) => ({ id, title }));
    const unknown = (skus: readonly string[]) => unknownProducts(client, skus);
    return launchWizard({ places, launches, checklists, products, unknown, now, width });
  },
};

async function someProducts(client: Client): Promise<readonly ProductLine[] | null> {
  const { value } = await client.call(api.products.list, { query: { limit: MOST_CHOICES } });
  return value.next === undefined ? value.items : null;
}

async function unknownProducts(client: Client, skus: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const sku of skus) {
    try {
      await requireProduct(client, sku);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
      missing.push(sku);
    }
  }
  return missing;
}
