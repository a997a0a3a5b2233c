import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { ListingLine } from '../../domain/document/catalog-schema.ts';
import { escapeControls } from '../../domain/escape.ts';
import { canonicalPrice } from '../../domain/money/money.ts';
import type { Column } from '../output/columns.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { Surroundings } from '../surroundings.ts';
import { findCatalog } from './find-catalog.ts';
import { invalidLines, readSkuFiles } from './read-sku-files.ts';

/** One side of a comparison: a catalog of the platform, or a file of listings. */
export interface CatalogSide {
  readonly name: string;
  /** Null for a file: it says nothing of policies. */
  readonly mode: string | null;
  /** In the order of their SKUs. */
  readonly listings: readonly ListingLine[];
}

/** A listing that is not the same on both sides. */
export interface ListingDifference {
  readonly sku: string;
  readonly what: 'only-left' | 'only-right' | 'price' | 'window';
  readonly left: string | null;
  readonly right: string | null;
}

export interface CatalogDifference {
  readonly left: Pick<CatalogSide, 'name' | 'mode'> & { readonly listings: number };
  readonly right: Pick<CatalogSide, 'name' | 'mode'> & { readonly listings: number };
  readonly differences: readonly ListingDifference[];
}

export const DIFFERENCE_COLUMNS: readonly Column<ListingDifference>[] = [
  { key: 'sku', header: 'SKU', value: ({ sku }) => sku, keep: true },
  { key: 'what', header: 'WHAT', value: ({ what }) => what },
  { key: 'left', header: 'LEFT', value: ({ left }) => left },
  { key: 'right', header: 'RIGHT', value: ({ right }) => right },
];

/** What looks like a path, or ends as files of listings do, is one; anything else is a catalog or a market. */
const FILE = /[/\\.]|^-$/;

export async function catalogSide(
  surroundings: Surroundings,
  named: string,
  open: () => Promise<Client>,
): Promise<CatalogSide> {
  if (FILE.test(named)) {
    const read = await readSkuFiles(surroundings, 'listings', [named]);
    if (read.bad > 0) throw invalidLines('listings', read);
    const { lines } = read;
    return { name: named === '-' ? 'standard input' : named, mode: null, listings: lines };
  }
  const client = await open();
  const { id, spec } = (await findCatalog(client, named)).resource;
  const listings: ListingLine[] = [];
  const { value } = await client.call(api.listings.export, { params: { id } });
  for await (const line of value) listings.push(line);
  return { name: id, mode: spec.mode, listings };
}

/** One pass over both. Prices are compared as amounts: `14.9 USD` is `14.90 USD`. */
export function compareCatalogs(left: CatalogSide, right: CatalogSide): CatalogDifference {
  const differences: ListingDifference[] = [];
  const [a, b] = [left.listings, right.listings];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [own, other] = [a[i], b[j]];
    if (own !== undefined && (other === undefined || own.sku < other.sku)) {
      differences.push({ sku: own.sku, what: 'only-left', left: own.price, right: null });
      i += 1;
    } else if (other !== undefined && (own === undefined || other.sku < own.sku)) {
      differences.push({ sku: other.sku, what: 'only-right', left: null, right: other.price });
      j += 1;
    } else if (own !== undefined && other !== undefined) {
      for (const difference of between(own, other)) differences.push(difference);
      i += 1;
      j += 1;
    }
  }
  const side = ({ name, mode, listings }: CatalogSide) => ({ name, mode, listings: listings.length });
  return { left: side(left), right: side(right), differences };
}

function between(own: ListingLine, other: ListingLine): readonly ListingDifference[] {
  const { sku } = own;
  const [window, otherWindow] = [windowText(own), windowText(other)];
  return [
    ...(canonicalPrice(own.price) === canonicalPrice(other.price)
      ? []
      : [{ sku, what: 'price', left: own.price, right: other.price } as const]),
    ...(window === otherWindow ? [] : [{ sku, what: 'window', left: window, right: otherWindow } as const]),
  ];
}

function windowText({ window }: ListingLine): string {
  if (window?.from === undefined && window?.until === undefined) return 'always';
  return [
    ...(window.from === undefined ? [] : [`from ${window.from}`]),
    ...(window.until === undefined ? [] : [`until ${window.until}`]),
  ].join(' ');
}

export function modesDiffer({ left, right }: CatalogDifference): boolean {
  return left.mode !== null && right.mode !== null && left.mode !== right.mode;
}

/** Differences that are shown one by one of each kind; --output has all. */
const SHOWN = 20;

export function renderCatalogDifference(difference: CatalogDifference, view: View): string {
  const { palette, width } = view;
  const { left, right, differences } = difference;
  const [a, b] = [escapeControls(left.name), escapeControls(right.name)];
  const titles = {
    'only-left': `only in ${a}`,
    'only-right': `only in ${b}`,
    price: 'at another price',
    window: 'in another window',
  } as const;
  const groups = (Object.keys(titles) as (keyof typeof titles)[]).flatMap((what) => {
    const own = differences.filter((one) => one.what === what);
    if (own.length === 0) return [];
    const more = own.length - SHOWN;
    return [
      ...hang('', palette.strong(`${grouped(own.length)} ${titles[what]}`), width, 2),
      ...own.slice(0, SHOWN).flatMap((one) => hang(`  ${one.sku}  `, escapeControls(valueText(one)), width, 6)),
      ...(more > 0 ? [palette.faint(`  and ${grouped(more)} more (--output csv has all)`)] : []),
      '',
    ];
  });
  const modes = modesDiffer(difference) ? hang('', `mode: ${a} is ${left.mode}, ${b} is ${right.mode}`, width, 2) : [];
  const same = groups.length === 0 && modes.length === 0;
  const sum = `${a} lists ${counted(left.listings, 'product')}, ${b} ${grouped(right.listings)}`;
  const verdict = same ? `${palette.good('✓')} The same: ${sum}` : sum;
  return [...modes, ...(modes.length > 0 ? [''] : []), ...groups, ...hang('', verdict, width, 2)].join('\n');
}

function valueText({ left, right }: ListingDifference): string {
  return left !== null && right !== null ? `${left} → ${right}` : (left ?? right ?? '');
}
