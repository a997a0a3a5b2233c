import type { Client } from '../../client/index.ts';
import { shippedTaxonomy } from '../../domain/catalogs/taxonomy.ts';
import { ID_PATTERN } from '../../domain/document/id-pattern.ts';
import { nearest } from '../../domain/nearest.ts';
import { listResources } from '../entries/places.ts';
import type { Wizard } from '../prompts/wizard.ts';
import { entryWizard, idFrom, textOf, textQuestion } from './entry-wizard.ts';

/** The step that asks for the SKU. */
export const SKU = 'sku';

/** Asks what a new product is. Whether its SKU is taken the platform says when it is planned: there may be very many. */
export async function productWizard(client: Client): Promise<Wizard> {
  const [own] = await listResources(client, 'taxonomies');
  const categories = own === undefined ? [...shippedTaxonomy().keys()] : Object.keys(own.spec.categories);
  return entryWizard('products-add', {
    title: () => textQuestion('What do people call the product?'),
    [SKU]: (answers) => {
      const initial = idFrom(textOf(answers, 'title'));
      return {
        kind: 'text',
        message: 'Its SKU',
        ...(initial === '' ? {} : { initial }),
        check: (typed) =>
          ID_PATTERN.test(typed) ? null : 'A SKU is lower-case letters and digits in groups joined by single hyphens.',
      };
    },
    category: () => ({
      kind: 'text',
      message: 'Its category (a path such as phones/cases; storectl taxonomies show lists them)',
      check(typed) {
        if (categories.includes(typed.trim())) return null;
        const guess = nearest(typed.trim(), categories);
        return `There is no such category.${guess === null ? '' : ` Did you mean ${guess}?`}`;
      },
    }),
    component: () => ({
      kind: 'text',
      message: 'What it is made of (SKU:number, separated by blanks; empty: nothing)',
    }),
  });
}
