import * as z from 'zod';
import {
  ContentReference,
  ListingLine,
  ListingSpec,
  ProductLine,
  ProductSpec,
} from '../../domain/document/catalog-schema.ts';
import { Id } from '../../domain/document/schema-atoms.ts';
import { Consent, pageOf } from '../shapes.ts';

export { ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
export { RemoveBody, WriteResult } from './resources-shapes.ts';

export const SkuParams = z.strictObject({ sku: Id });
export const ListingParams = z.strictObject({ id: Id.describe('The catalog'), sku: Id });

export const ProductPage = pageOf(ProductLine);
export const ListingPage = pageOf(ListingLine);

export const PutProductBody = z.strictObject({ spec: ProductSpec, consent: Consent.prefault({}) });
export const PutListingBody = z.strictObject({ spec: ListingSpec, consent: Consent.prefault({}) });

/** Lines of one request; more are uploaded first and named by their content. */
const MOST_LINES = 10_000;

const importOf = <L extends z.ZodType>(line: L) =>
  z.strictObject({
    lines: z
      .union([ContentReference, z.array(line).max(MOST_LINES)])
      .describe('Themselves, or the content that an upload of their kind gave them'),
    mode: z
      .enum(['merge', 'replace'])
      .default('merge')
      .describe('merge adds and replaces by SKU and keeps all others; replace takes away what is not among them'),
    consent: Consent.prefault({}),
  });

export const ImportProductsBody = importOf(ProductLine);
export const ImportListingsBody = importOf(ListingLine);
