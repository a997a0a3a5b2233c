import { operation } from '../operation.ts';
import { PLAIN_ID, plainly } from '../plain.ts';
import { pageQuery } from './paging.ts';
import { dryRun, idParams } from './parts.ts';
import { OFFER_WRITE_PROBLEMS } from './products.ts';

const shapes = () => import('./catalogs-shapes.ts');
const lines = () => import('./products-shapes.ts');

const listingParams = plainly(async () => (await lines()).ListingParams, { id: PLAIN_ID, sku: PLAIN_ID });

/** What a catalog lists, by SKU. All listings of a catalog are part of its one version. */
export const listings = {
  list: operation({
    name: 'listings.list',
    method: 'GET',
    path: '/v1/catalogs/{id}/listings',
    summary: 'List what a catalog lists, by SKU',
    role: 'viewer',
    effect: 'read',
    params: idParams,
    query: pageQuery,
    body: undefined,
    output: async () => (await lines()).ListingPage,
    problems: ['not-found', 'invalid-cursor'],
  }),
  export: operation({
    name: 'listings.export',
    method: 'GET',
    path: '/v1/catalogs/{id}/listings-export',
    summary: 'All listings of a catalog in the order of their SKUs, one JSON object a line',
    role: 'viewer',
    effect: 'read',
    stream: 'response',
    params: idParams,
    query: undefined,
    body: undefined,
    output: async () => (await lines()).ListingLine,
    problems: ['not-found'],
  }),
  get: operation({
    name: 'listings.get',
    method: 'GET',
    path: '/v1/catalogs/{id}/listings/{sku}',
    summary: 'Show one listing; its ETag changes with the listing alone',
    role: 'viewer',
    effect: 'read',
    etag: true,
    params: listingParams,
    query: undefined,
    body: undefined,
    output: async () => (await lines()).ListingLine,
    problems: ['not-found'],
  }),
  put: operation({
    name: 'listings.put',
    method: 'PUT',
    path: '/v1/catalogs/{id}/listings/{sku}',
    summary: 'List one product in a catalog, or change its listing; If-Match: * where it must be listed',
    role: 'operator',
    effect: 'write',
    precondition: 'if-match',
    etag: true,
    params: listingParams,
    query: dryRun,
    body: async () => (await lines()).PutListingBody,
    output: async () => (await lines()).WriteResult,
    problems: [...OFFER_WRITE_PROBLEMS, 'not-found', 'stale', 'precondition-required'],
  }),
  remove: operation({
    name: 'listings.remove',
    method: 'DELETE',
    path: '/v1/catalogs/{id}/listings/{sku}',
    summary: 'Take one product off a catalog',
    role: 'operator',
    effect: 'write',
    precondition: 'if-match',
    params: listingParams,
    query: dryRun,
    body: async () => (await lines()).RemoveBody,
    output: async () => (await lines()).WriteResult,
    problems: [...OFFER_WRITE_PROBLEMS, 'not-found', 'stale', 'precondition-required'],
  }),
  import: operation({
    name: 'listings.import',
    method: 'POST',
    path: '/v1/catalogs/{id}/listings-import',
    summary: 'Bring many listings at once: added to those that are there, or in their place',
    role: 'operator',
    effect: 'write',
    etag: true,
    params: idParams,
    query: dryRun,
    body: async () => (await lines()).ImportListingsBody,
    output: async () => (await lines()).WriteResult,
    problems: [...OFFER_WRITE_PROBLEMS, 'not-found'],
  }),
};

/** What catalogs can do besides being read and written as entries. */
export const catalogPolicies = {
  audit: operation({
    name: 'catalogs.audit',
    method: 'GET',
    path: '/v1/catalogs-audit',
    summary: 'Hold every listing and launch item against its market’s policy, through bundles at any depth',
    role: 'viewer',
    effect: 'read',
    stream: 'response',
    params: undefined,
    query: async () => (await shapes()).AuditQuery,
    body: undefined,
    output: async () => (await shapes()).AuditLine,
    problems: ['not-found'],
  }),
  setMode: operation({
    name: 'catalogs.set-mode',
    method: 'POST',
    path: '/v1/catalogs/{id}/mode',
    summary: 'Change a catalog’s mode, and delist in the same change set what it no longer allows',
    role: 'operator',
    effect: 'write',
    etag: true,
    params: idParams,
    query: dryRun,
    body: async () => (await shapes()).SetModeBody,
    output: async () => (await shapes()).SetModeAnswer,
    problems: [...OFFER_WRITE_PROBLEMS, 'not-found'],
  }),
};
