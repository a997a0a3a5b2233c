import * as z from 'zod';
import { CATALOG_MODES } from '../catalogs/policy.ts';
import { CATEGORY_PATTERN } from '../catalogs/taxonomy.ts';
import { Address, Id, Protected, Sku, Text, Time } from './schema-atoms.ts';

/** The shapes of what a market may sell and does sell: taxonomies, products, catalogs, certifications, service levels. */

const CategoryPath = z
  .string()
  .max(200, 'a category path has at most 200 characters')
  .regex(CATEGORY_PATTERN, 'a category is a path of lower-case words, such as phones/cases');

/** Units of something; what a platform and a person can still count. */
export const Units = z.number().int().min(0).max(1_000_000_000);

export const Price = z.string().trim().min(1).max(60).describe('An amount and its ISO 4217 currency, as in 14.99 USD');

export const TaxonomySpec = z.strictObject({
  categories: z
    .record(
      CategoryPath,
      z.strictObject({
        title: Text.optional(),
        accessory: z.boolean().describe('Whether it may be sold where only accessories may'),
      }),
    )
    .describe('Every category that products may have, by path; replaces the shipped taxonomy'),
  protected: Protected,
});

export const ProductSpec = z.strictObject({
  title: Text,
  category: CategoryPath,
  components: z.record(Sku, Units.min(1)).optional().describe('What a bundle is made of: units by SKU'),
  locales: z.array(z.string()).max(100).optional().describe('BCP 47 tags in which its texts are complete'),
  stock: z.record(Id, Units).optional().describe('Units at hand by market'),
});

/** A product as a line of a file or of a request. */
export const ProductLine = ProductSpec.extend({ sku: Sku });

export const ListingSpec = z.strictObject({
  price: Price,
  window: z
    .strictObject({ from: Time.optional(), until: Time.optional() })
    .optional()
    .describe('When it is on sale; without it, always'),
});

/** A listing as a line of a file or of a request. */
export const ListingLine = ListingSpec.extend({ sku: Sku });

/** Lines that are kept by content on the platform: a SHA-256 digest over their canonical text, and how many they are. */
export const ContentReference = z.strictObject({
  content: z.string().regex(/^[0-9a-f]{64}$/),
  count: z.number().int().min(0),
});

/** All products of an organisation, as one entry of which every revision is kept by content. */
export const StoredProductsSpec = z.strictObject({ items: ContentReference, protected: Protected });
export const SubmittedProductsSpec = z.strictObject({
  items: z.union([ContentReference, z.array(ProductLine).max(10_000)]),
  protected: Protected,
});

const SelectionSpec = z.strictObject({
  categories: z.array(CategoryPath).max(1000).optional().describe('Each with all that lies under it'),
  skus: z.array(Sku).max(10_000).optional(),
});

const catalogFields = {
  market: Id,
  mode: z
    .enum(CATALOG_MODES)
    .describe('What may be sold at all: full, accessories-only, or custom (only what is included)'),
  include: SelectionSpec.optional().describe(
    'In custom all that may be sold; else what is readmitted of what is excluded',
  ),
  exclude: SelectionSpec.optional().describe('What may not be sold although the mode allows it'),
  protected: Protected,
};

/** As a person writes it: listings in the document, or in a file beside it. */
export const CatalogSpec = z.strictObject({
  ...catalogFields,
  listings: z
    .union([Address, z.record(Sku, ListingSpec)])
    .optional()
    .describe('What is on sale, by SKU, or a CSV or NDJSON file of it beside the document'),
});

export const SubmittedCatalogSpec = z.strictObject({
  ...catalogFields,
  listings: z.union([ContentReference, z.array(ListingLine).max(10_000)]).optional(),
});

export const StoredCatalogSpec = z.strictObject({ ...catalogFields, listings: ContentReference.optional() });

export const CertificationSpec = z.strictObject({
  title: Text.describe('What it is called where it is asked for, such as FCC or CE'),
  markets: z.array(Id).min(1).max(500),
  skus: z.array(Sku).min(1).max(10_000).describe('The products that it covers'),
  until: Time.optional().describe('It ends at this instant; without it, it does not end'),
  link: Address.optional().describe('Where the certificate is found'),
  protected: Protected,
});

export const DUTIES = ['included', 'estimated-at-checkout', 'paid-by-buyer', 'none'] as const;

export const ServiceLevelSpec = z.strictObject({
  market: Id,
  paymentMethods: z.array(Id).max(50).optional().describe('Such as credit-card or paypal'),
  delivery: z
    .strictObject({ workingDays: z.number().int().min(0).max(365), shippedFrom: Text.optional() })
    .optional()
    .describe('The delivery promise, in working days of the market'),
  duties: z.enum(DUTIES).optional().describe('Who pays duties, and when'),
  returns: z
    .strictObject({ days: z.number().int().min(0).max(3650), atCostOf: z.enum(['buyer', 'seller']) })
    .optional()
    .describe('The returns window in days'),
  warrantyMonths: z.number().int().min(0).max(600).optional(),
  protected: Protected,
});

export type TaxonomySpec = z.infer<typeof TaxonomySpec>;
export type ProductSpec = z.infer<typeof ProductSpec>;
export type ProductLine = z.infer<typeof ProductLine>;
export type ListingSpec = z.infer<typeof ListingSpec>;
export type ListingLine = z.infer<typeof ListingLine>;
export type ContentReference = z.infer<typeof ContentReference>;
export type StoredProductsSpec = z.infer<typeof StoredProductsSpec>;
export type SubmittedProductsSpec = z.infer<typeof SubmittedProductsSpec>;
export type CatalogSpec = z.infer<typeof CatalogSpec>;
export type SubmittedCatalogSpec = z.infer<typeof SubmittedCatalogSpec>;
export type StoredCatalogSpec = z.infer<typeof StoredCatalogSpec>;
export type CertificationSpec = z.infer<typeof CertificationSpec>;
export type ServiceLevelSpec = z.infer<typeof ServiceLevelSpec>;
