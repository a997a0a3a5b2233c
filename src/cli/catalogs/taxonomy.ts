import type { Client } from '../../client/index.ts';
import { isUnder, shippedTaxonomy } from '../../domain/catalogs/taxonomy.ts';
import type { TaxonomySpec } from '../../domain/document/catalog-schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';
import { listResources } from '../entries/places.ts';
import { findResource, requireResource } from '../entries/read.ts';
import type { Column } from '../output/columns.ts';

/** How the taxonomy that the program ships is named. */
export const SHIPPED = 'shipped';

export interface CategoryRow {
  readonly path: string;
  readonly title: string | null;
  readonly accessory: boolean;
}

export const CATEGORY_COLUMNS: readonly Column<CategoryRow>[] = [
  { key: 'path', header: 'PATH', value: ({ path }) => path, keep: true },
  { key: 'accessory', header: 'ACCESSORY', value: ({ accessory }) => (accessory ? 'yes' : 'no') },
  { key: 'title', header: 'TITLE', value: ({ title }) => title },
];

/** The categories of a taxonomy by id; without one, of the organisation's own, or the shipped where it has none. */
export async function categoriesOf(client: Client, id: string | undefined): Promise<readonly CategoryRow[]> {
  if (id === SHIPPED && (await findResource(client, 'taxonomies', id)) === null) return rowsOf(shippedCategories());
  if (id !== undefined) return rowsOf((await requireResource(client, 'taxonomies', id)).resource.spec.categories);
  const [own] = await listResources(client, 'taxonomies');
  return rowsOf(own?.spec.categories ?? shippedCategories());
}

type Categories = TaxonomySpec['categories'];

function shippedCategories(): Categories {
  return Object.fromEntries(
    [...shippedTaxonomy()].map(([path, { title, accessory }]) => [
      path,
      { ...(title === undefined ? {} : { title }), accessory },
    ]),
  );
}

function rowsOf(categories: Categories): readonly CategoryRow[] {
  return Object.entries(categories)
    .map(([path, { title, accessory }]) => ({ path, title: title ?? null, accessory }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

export interface NewTaxonomy {
  /** Whether it begins with the categories that are shipped. */
  readonly extend: boolean;
  /** `PATH` or `PATH=Title`. */
  readonly accessory?: readonly string[] | undefined;
  readonly other?: readonly string[] | undefined;
}

/**
 * The categories of a taxonomy as flags say them.
 *
 * @throws Failure `input-needed` where it would have none, `invalid-flag` where one is both
 */
export function taxonomyOf({ extend, accessory = [], other = [] }: NewTaxonomy): TaxonomySpec {
  const categories: Categories = extend ? shippedCategories() : {};
  const said = new Set<string>();
  for (const [accessories, words] of [
    [true, accessory],
    [false, other],
  ] as const) {
    for (const word of words) {
      const [path = '', ...title] = word.split('=');
      if (said.has(path)) throw saidTwice(path);
      said.add(path);
      const text = title.join('=').trim();
      categories[path.trim()] = { ...(text === '' ? {} : { title: text }), accessory: accessories };
    }
  }
  if (Object.keys(categories).length > 0) return { categories };
  throw new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: 'A taxonomy needs categories.',
    remedy: 'Say --accessory PATH=Title and --other PATH=Title for each, or begin with the shipped ones: --extend',
    details: { flags: ['--accessory', '--other', '--extend'] },
  });
}

/** @throws Failure `invalid-flag` for a category that the organisation's taxonomy does not have */
export async function requireCategory(client: Client, path: string, flag: string): Promise<void> {
  const known = (await categoriesOf(client, undefined)).map((row) => row.path);
  if (known.some((own) => isUnder(own, path))) return;
  const guess = nearest(path, known);
  throw new Failure({
    code: 'invalid-flag',
    exit: EXIT.usage,
    message: `${flag}: there is no category "${path}".${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy: 'See them all with: storectl taxonomies show',
    details: { flag, category: path, nearest: guess },
  });
}

function saidTwice(path: string): Failure {
  return new Failure({
    code: 'invalid-flag',
    exit: EXIT.usage,
    message: `The category ${path} is said twice.`,
    remedy: 'Say each once: with --accessory where it may be sold as one, else with --other.',
  });
}
