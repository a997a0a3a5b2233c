import { taxonomyIn } from '../../catalogs/contents.ts';
import { isUnder, type Taxonomy } from '../../catalogs/taxonomy.ts';
import { nearest } from '../../nearest.ts';
import type { StoredCatalogSpec } from '../catalog-schema.ts';
import type { DocumentPath } from '../pointer.ts';
import { ALL_PRODUCTS } from '../sections.ts';
import type { Checking } from './checking.ts';
import { checkDistinct, referenced } from './references.ts';

/** One taxonomy, one list of products, one catalog for a market; categories that there are. */
export function checkCatalogs(checking: Checking): void {
  checkSingles(checking);
  const byMarket = new Map<string, string>();
  for (const [id, catalog] of checking.specs.catalogs) {
    const path: DocumentPath = ['catalogs', id];
    referenced(checking, 'markets', catalog.market, [...path, 'market']);
    const other = byMarket.get(catalog.market);
    if (other !== undefined) {
      checking.faults.error(
        'duplicate',
        [...path, 'market'],
        `market \`${catalog.market}\` has the catalog \`${other}\` already`,
        'a market has one catalog: put what is in this one into the other',
      );
    }
    byMarket.set(catalog.market, id);
    checkSelections(checking, catalog, path);
  }
}

function checkSingles({ specs, faults }: Checking): void {
  const [, second] = specs.taxonomies.keys();
  if (second !== undefined) {
    faults.error(
      'duplicate',
      ['taxonomies', second],
      'an organisation has one taxonomy, and this is a second one',
      'put its categories into the first',
    );
  }
  for (const id of specs.products.keys()) {
    if (id === ALL_PRODUCTS) continue;
    faults.error('invalid-document', ['products', id], `all products are one list under \`${ALL_PRODUCTS}\``);
  }
}

function checkSelections(checking: Checking, catalog: StoredCatalogSpec, path: DocumentPath): void {
  const taxonomy = taxonomyIn(checking.documents);
  for (const key of ['include', 'exclude'] as const) {
    const selection = catalog[key];
    checkDistinct(checking, selection?.categories ?? [], [...path, key, 'categories']);
    checkDistinct(checking, selection?.skus ?? [], [...path, key, 'skus']);
    (selection?.categories ?? []).forEach((category, i) => {
      checkCategory(checking, category, taxonomy, [...path, key, 'categories', i]);
    });
  }
  if (catalog.mode === 'custom' && catalog.include === undefined) {
    checking.faults.warning(
      'empty-catalog',
      [...path, 'mode'],
      `catalog \`${path[1]}\` is custom and includes nothing, so nothing may be sold in ${catalog.market}`,
      'say what it includes, or choose another mode',
    );
  }
  if (catalog.mode === 'accessories-only') warnOfOthers(checking, catalog, taxonomy, path);
}

/** A category may be one that only holds others: `power` of `power/power-banks`. */
function checkCategory({ faults }: Checking, category: string, taxonomy: Taxonomy, path: DocumentPath): void {
  for (const known of taxonomy.keys()) if (isUnder(known, category)) return;
  const suggestion = nearest(category, taxonomy.keys());
  faults.error(
    'unknown-category',
    path,
    `\`${category}\` is no category of the taxonomy`,
    suggestion === null ? 'name one that it has, or add it to the taxonomy' : `did you mean \`${suggestion}\`?`,
  );
}

/** What is included here and is no accessory stays out all the same; somebody may have meant otherwise. */
function warnOfOthers({ faults }: Checking, catalog: StoredCatalogSpec, taxonomy: Taxonomy, path: DocumentPath): void {
  (catalog.include?.categories ?? []).forEach((category, i) => {
    if (taxonomy.get(category)?.accessory !== false) return;
    faults.warning(
      'no-accessory',
      [...path, 'include', 'categories', i],
      `\`${category}\` is no accessory, and the mode accessories-only never sells it, included or not`,
      'choose the mode custom, or grant an exception from the catalog policy',
    );
  });
}
