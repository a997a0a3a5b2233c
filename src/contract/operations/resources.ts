import * as z from 'zod';
import { SUBMITTED_SPEC } from '../../domain/document/schema.ts';
import { NOUN, type Section } from '../../domain/document/sections.ts';
import { operation } from '../operation.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { ChangeShape, Consent, IdParams, PlanShape, pageOf, pageQuery, resourceOf } from '../shapes.ts';

/** Where each section's entries are found: the command line's topics are the same words. */
export const PATH_OF: Readonly<Record<Section, string>> = {
  markets: '/v1/markets',
  freezeWindows: '/v1/freeze-windows',
  sites: '/v1/sites',
  shutdowns: '/v1/shutdowns',
  rulesets: '/v1/redirects',
  exceptions: '/v1/exceptions',
};

const TOPIC = {
  markets: 'markets',
  freezeWindows: 'freeze-windows',
  sites: 'sites',
  shutdowns: 'shutdowns',
  rulesets: 'redirects',
  exceptions: 'exceptions',
} as const satisfies Record<Section, string>;

/** What a write of one entry answers: the plan it made, and the change set unless it was a dry run. */
export const WriteResult = () => z.object({ plan: PlanShape, change: ChangeShape.nullable() });

export const DryRun = z.object({
  dryRun: z.stringbool().or(z.boolean()).default(false).describe('Every check of the real call; nothing is written'),
});

function resourceOperations<S extends Section>(section: S) {
  const topic: (typeof TOPIC)[S] = TOPIC[section];
  const path = PATH_OF[section];
  const noun = NOUN[section];
  const spec = () => SUBMITTED_SPEC[section] as (typeof SUBMITTED_SPEC)[S];
  return {
    list: operation({
      name: `${topic}.list` as const,
      method: 'GET',
      path,
      summary: `List ${noun}s by id`,
      role: 'viewer',
      effect: 'read',
      params: undefined,
      query: () => pageQuery,
      body: undefined,
      output: () => pageOf(resourceOf(section)),
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
      params: () => IdParams,
      query: undefined,
      body: undefined,
      output: () => resourceOf(section),
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
      params: () => IdParams,
      query: () => DryRun,
      body: () => z.object({ spec: spec(), consent: Consent.prefault({}) }),
      output: WriteResult,
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
      params: () => IdParams,
      query: () => DryRun,
      body: () => z.object({ consent: Consent.prefault({}) }),
      output: WriteResult,
      problems: [
        'not-found',
        'invalid-document',
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
};
