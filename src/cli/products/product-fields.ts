import { countsCell } from '../../domain/catalogs/formats/cells.ts';
import type { ProductLine, ProductSpec } from '../../domain/document/catalog-schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { editSpec, type Field, type Said } from '../entries/fields.ts';
import { entryFlag } from '../entries/flags.ts';

export const PRODUCT_FIELDS: readonly Field[] = [
  { key: 'title', flag: 'title', kind: 'text', needed: true },
  { key: 'category', flag: 'category', kind: 'text', needed: true },
  { key: 'components', flag: 'component', kind: 'list' },
  { key: 'locales', flag: 'locale', kind: 'list' },
  { key: 'stock', flag: 'stock', kind: 'list' },
];

export const productFlags = {
  title: entryFlag.text('What people call the product.', 'TEXT'),
  category: entryFlag.text('Its category, a path of the taxonomy such as phones/cases.', 'PATH'),
  component: entryFlag.list('A product that it is made of, and how many; repeatable.', 'SKU[:N]'),
  locale: entryFlag.list('A language in which its texts are complete; repeatable.', 'TAG'),
  stock: entryFlag.list('Units at hand in a market; repeatable.', 'MARKET:N'),
};

/** Lists of what is counted: one NAME:NUMBER each on the command line, a map in the document. */
const COUNTED = { component: true, stock: false } as const;

/**
 * A product with what flags say on top of what it is.
 *
 * @throws Failure `invalid-flag` where a count is none
 */
export function editProduct(said: Said, present: Partial<ProductLine>): ProductSpec {
  const counted = Object.fromEntries(
    Object.entries(COUNTED).flatMap(([flag, alone]) => {
      const words = said[flag];
      return Array.isArray(words) ? [[flag, countsOf(flag, words.map(String), alone)]] : [];
    }),
  );
  const { sku: _, ...spec } = present;
  const plain = PRODUCT_FIELDS.map((field) => (field.flag in COUNTED ? { ...field, kind: 'text' as const } : field));
  return editSpec(plain, { ...said, ...counted }, spec) as unknown as ProductSpec;
}

function countsOf(flag: string, words: readonly string[], alone: boolean): Readonly<Record<string, number>> | '' {
  const read = countsCell(words.join(' '), `--${flag}`, alone);
  if ('value' in read) return Object.keys(read.value).length === 0 ? '' : read.value;
  throw new Failure({
    code: 'invalid-flag',
    exit: EXIT.usage,
    message: read.fault,
    remedy: `Write --${flag} ${alone ? 'SKU:2, or SKU alone for one' : 'MARKET:500'}`,
  });
}
