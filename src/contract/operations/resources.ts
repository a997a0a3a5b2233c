import { type EntrySection, NOUN } from '../../domain/document/sections.ts';
import { operation } from '../operation.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { pageQuery } from './paging.ts';
import { dryRun, idParams } from './parts.ts';

/** Where each section's entries are found: the command line's topics are the same words. */
export const PATH_OF: Readonly<Record<EntrySection, string>> = {
  markets: '/v1/markets',
  freezeWindows: '/v1/freeze-windows',
  sites: '/v1/sites',
  shutdowns: '/v1/shutdowns',
  rulesets: '/v1/redirects',
  exceptions: '/v1/exceptions',
  assertions: '/v1/assertions',
  taxonomies: '/v1/taxonomies',
  catalogs: '/v1/catalogs',
  certifications: '/v1/certifications',
  serviceLevels: '/v1/services',
  checklists: '/v1/checklists',
  launches: '/v1/launches',
};

const TOPIC = {
  markets: 'markets',
  freezeWindows: 'freeze-windows',
  sites: 'sites',
  shutdowns: 'shutdowns',
  rulesets: 'redirects',
  exceptions: 'exceptions',
  assertions: 'assertions',
  taxonomies: 'taxonomies',
  catalogs: 'catalogs',
  certifications: 'certifications',
  serviceLevels: 'services',
  checklists: 'checklists',
  launches: 'launches',
} as const satisfies Record<EntrySection, string>;

const shapes = () => import('./resources-shapes.ts');

/** How several of them are called. */
function plural(noun: string): string {
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : /(ch|x)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

function resourceOperations<S extends EntrySection>(section: S) {
  const topic: (typeof TOPIC)[S] = TOPIC[section];
  const path = PATH_OF[section];
  const noun = NOUN[section];
  return {
    list: operation({
      name: `${topic}.list` as const,
      method: 'GET',
      path,
      summary: `List ${plural(noun)} by id`,
      role: 'viewer',
      effect: 'read',
      params: undefined,
      query: pageQuery,
      body: undefined,
      output: async () => (await shapes()).resourcePage(section),
      problems: ['invalid-cursor'],
    }),
    get: operation({
      name: `${topic}.get` as const,
      method: 'GET',
      path: `${path}/{id}`,
      summary: `Show one ${noun}`,
      role: 'viewer',
      effect: 'read',
      etag: true,
      params: idParams,
      query: undefined,
      body: undefined,
      output: async () => (await shapes()).resourceOf(section),
      problems: ['not-found'],
    }),
    put: operation({
      name: `${topic}.put` as const,
      method: 'PUT',
      path: `${path}/{id}`,
      summary: `Add or replace one ${noun} as a change set of its own`,
      role: 'operator',
      effect: 'write',
      precondition: 'if-match',
      etag: true,
      params: idParams,
      query: dryRun,
      body: async () => (await shapes()).putBody(section),
      output: async () => (await shapes()).WriteResult,
      problems: [
        'invalid-document',
        ...TIME_PROBLEMS,
        'invalid-url',
        'stale',
        'precondition-required',
        'guard-blocked',
        'confirmation-needed',
      ],
    }),
    remove: operation({
      name: `${topic}.remove` as const,
      method: 'DELETE',
      path: `${path}/{id}`,
      summary: `Remove one ${noun} as a change set of its own`,
      role: 'operator',
      effect: 'write',
      precondition: 'if-match',
      params: idParams,
      query: dryRun,
      body: async () => (await shapes()).RemoveBody,
      output: async () => (await shapes()).WriteResult,
      problems: [
        'not-found',
        'invalid-document',
        'in-use',
        'protected',
        'stale',
        'precondition-required',
        'guard-blocked',
        'confirmation-needed',
        'deletes-not-allowed',
      ],
    }),
  };
}

/** List, show, add or replace, and remove, for every section of the document. */
export const resources = {
  markets: resourceOperations('markets'),
  freezeWindows: resourceOperations('freezeWindows'),
  sites: resourceOperations('sites'),
  shutdowns: resourceOperations('shutdowns'),
  rulesets: resourceOperations('rulesets'),
  exceptions: resourceOperations('exceptions'),
  assertions: resourceOperations('assertions'),
  taxonomies: resourceOperations('taxonomies'),
  catalogs: resourceOperations('catalogs'),
  certifications: resourceOperations('certifications'),
  serviceLevels: resourceOperations('serviceLevels'),
  checklists: resourceOperations('checklists'),
  launches: resourceOperations('launches'),
};
