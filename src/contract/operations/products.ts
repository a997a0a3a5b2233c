import { operation } from '../operation.ts';
import { PLAIN_ID, plainly } from '../plain.ts';
import { pageQuery } from './paging.ts';
import { dryRun } from './parts.ts';

const shapes = () => import('./products-shapes.ts');

const skuParams = plainly(async () => (await shapes()).SkuParams, { sku: PLAIN_ID });

/** What a write of products or listings may fail with. */
export const OFFER_WRITE_PROBLEMS = [
  'invalid-document',
  'guard-blocked',
  'confirmation-needed',
  'deletes-not-allowed',
] as const;

/**
 * Products by SKU. The platform keeps all of them as one list; a write of one product is a change set of that list.
 */
export const products = {
  list: operation({
    name: 'products.list',
    method: 'GET',
    path: '/v1/products',
    summary: 'List products by SKU',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: pageQuery,
    body: undefined,
    output: async () => (await shapes()).ProductPage,
    problems: ['invalid-cursor'],
  }),
  export: operation({
    name: 'products.export',
    method: 'GET',
    path: '/v1/products-export',
    summary: 'All products in the order of their SKUs, one JSON object a line',
    role: 'viewer',
    effect: 'read',
    stream: 'response',
    params: undefined,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).ProductLine,
    problems: [],
  }),
  get: operation({
    name: 'products.get',
    method: 'GET',
    path: '/v1/products/{sku}',
    summary: 'Show one product; its ETag changes with the product alone',
    role: 'viewer',
    effect: 'read',
    etag: true,
    params: skuParams,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).ProductLine,
    problems: ['not-found'],
  }),
  put: operation({
    name: 'products.put',
    method: 'PUT',
    path: '/v1/products/{sku}',
    summary: 'Add or replace one product; If-Match: * where it must be there, whatever it is now',
    role: 'operator',
    effect: 'write',
    precondition: 'if-match',
    etag: true,
    params: skuParams,
    query: dryRun,
    body: async () => (await shapes()).PutProductBody,
    output: async () => (await shapes()).WriteResult,
    problems: [...OFFER_WRITE_PROBLEMS, 'stale', 'precondition-required'],
  }),
  remove: operation({
    name: 'products.remove',
    method: 'DELETE',
    path: '/v1/products/{sku}',
    summary: 'Remove one product that nothing lists, launches, certifies or is made of',
    role: 'operator',
    effect: 'write',
    precondition: 'if-match',
    params: skuParams,
    query: dryRun,
    body: async () => (await shapes()).RemoveBody,
    output: async () => (await shapes()).WriteResult,
    problems: [...OFFER_WRITE_PROBLEMS, 'not-found', 'in-use', 'protected', 'stale', 'precondition-required'],
  }),
  import: operation({
    name: 'products.import',
    method: 'POST',
    path: '/v1/products-import',
    summary: 'Bring many products at once: added to those that are there, or in their place',
    role: 'operator',
    effect: 'write',
    etag: true,
    params: undefined,
    query: dryRun,
    body: async () => (await shapes()).ImportProductsBody,
    output: async () => (await shapes()).WriteResult,
    problems: OFFER_WRITE_PROBLEMS,
  }),
};
