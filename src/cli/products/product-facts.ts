import type { ProductLine } from '../../domain/document/catalog-schema.ts';
import type { Fact } from '../output/facts.ts';
import { countedNames } from './product-columns.ts';

/** A product under the keys that a document has for it. */
export function productFacts({ sku, title, category, components, locales, stock }: ProductLine): readonly Fact[] {
  const optional = (name: string, values: readonly string[] | undefined): readonly Fact[] =>
    values === undefined ? [] : [{ name, value: values.join(', ') }];
  return [
    { name: 'sku', value: sku },
    { name: 'title', value: title },
    { name: 'category', value: category },
    ...optional('components', countedNames(components, '×')),
    ...optional('locales', locales),
    ...optional('stock', countedNames(stock, ' ')),
  ];
}
