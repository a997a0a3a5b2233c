import { Flags } from '@oclif/core';
import { CATALOG_MODES } from '../../domain/catalogs/policy.ts';
import type { Field } from '../entries/fields.ts';
import { entryFlag } from '../entries/flags.ts';

/** A mode is changed by `catalogs set-mode`, which says what it delists. */
const RULES: readonly Field[] = [
  { key: 'include.categories', flag: 'include-category', kind: 'list' },
  { key: 'include.skus', flag: 'include-sku', kind: 'list' },
  { key: 'exclude.categories', flag: 'exclude-category', kind: 'list' },
  { key: 'exclude.skus', flag: 'exclude-sku', kind: 'list' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const NEW_CATALOG_FIELDS: readonly Field[] = [
  { key: 'market', flag: 'market', kind: 'text', needed: true },
  { key: 'mode', flag: 'mode', kind: 'text', needed: true },
  ...RULES,
];

export const CATALOG_FIELDS = RULES;

export const catalogFlags = {
  'include-category': entryFlag.list('A category that is included, with all under it; repeatable.', 'PATH'),
  'include-sku': entryFlag.list('A product that is included; repeatable.', 'SKU'),
  'exclude-category': entryFlag.list('A category that is excluded, with all under it; repeatable.', 'PATH'),
  'exclude-sku': entryFlag.list('A product that is excluded; repeatable.', 'SKU'),
  protected: entryFlag.protect,
};

export const newCatalogFlags = {
  market: entryFlag.text('The market that it is the catalog of.', 'ID'),
  mode: Flags.option({ options: CATALOG_MODES })({
    summary: 'full, accessories-only, or custom: only what is included.',
    helpGroup: 'ENTRY',
  }),
  ...catalogFlags,
};

/** Single members of those lists, for a catalog that is there. */
export const catalogMemberFlags = {
  ...entryFlag.members('include-category', 'included category', 'PATH'),
  ...entryFlag.members('include-sku', 'included product', 'SKU'),
  ...entryFlag.members('exclude-category', 'excluded category', 'PATH'),
  ...entryFlag.members('exclude-sku', 'excluded product', 'SKU'),
};
