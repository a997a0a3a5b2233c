import * as z from 'zod';
import { StoredDocumentSchema, SubmittedDocumentSchema } from '../../domain/document/schema.ts';
import { operation } from '../operation.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { ChangeShape, ChangeSummaryShape, Consent, PlanShape, pageOf, pageQuery } from '../shapes.ts';
import { DryRun } from './resources.ts';

const AnyId = z.object({ id: z.string().min(1).max(100) });

export const document = {
  export: operation({
    name: 'document.export',
    method: 'GET',
    path: '/v1/document',
    summary: 'The whole state as a document; rules are named by content and read apart',
    role: 'viewer',
    effect: 'read',
    etag: true,
    params: undefined,
    query: undefined,
    body: undefined,
    output: () => StoredDocumentSchema,
    problems: [],
  }),
};

export const plans = {
  create: operation({
    name: 'plans.create',
    method: 'POST',
    path: '/v1/plans',
    summary: 'Plan a document against the present state: operations, guards, confirmations; nothing else is written',
    role: 'operator',
    effect: 'write',
    status: 201,
    params: undefined,
    query: () => DryRun,
    body: () =>
      z.object({
        document: SubmittedDocumentSchema,
        documentHash: z.string().max(200).optional().describe('Of the file as it was written, for the record'),
        allowEmpty: z.boolean().default(false).describe('Let an empty section delete all of its entries'),
      }),
    output: () => PlanShape,
    problems: ['invalid-document', 'empty-section', ...TIME_PROBLEMS, 'invalid-url'],
  }),
  get: operation({
    name: 'plans.get',
    method: 'GET',
    path: '/v1/plans/{id}',
    summary: 'Show a stored plan',
    role: 'viewer',
    effect: 'read',
    params: () => AnyId,
    query: undefined,
    body: undefined,
    output: () => PlanShape,
    problems: ['not-found'],
  }),
  apply: operation({
    name: 'plans.apply',
    method: 'POST',
    path: '/v1/plans/{id}/apply',
    summary: 'Carry out exactly this plan: all of it or none, once',
    role: 'operator',
    effect: 'write',
    params: () => AnyId,
    query: () => DryRun,
    body: () =>
      z.object({
        digest: z.string().optional().describe('The digest the caller saw; another one is refused'),
        platform: z.string().optional().describe('The platform that the plan says it is for'),
        consent: Consent.prefault({}),
      }),
    output: () => ChangeShape.nullable().describe('null on a dry run, and where the plan has nothing to do'),
    problems: [
      'not-found',
      'stale-plan',
      'plan-expired',
      'plan-applied',
      'plan-altered',
      'other-platform',
      'guard-blocked',
      'confirmation-needed',
      'deletes-not-allowed',
    ],
  }),
};

export const changes = {
  list: operation({
    name: 'changes.list',
    method: 'GET',
    path: '/v1/changes',
    summary: 'Change sets, the newest first',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: () => pageQuery,
    body: undefined,
    output: () => pageOf(ChangeSummaryShape),
    problems: ['invalid-cursor'],
  }),
  get: operation({
    name: 'changes.get',
    method: 'GET',
    path: '/v1/changes/{id}',
    summary: 'One change set with what it replaced',
    role: 'viewer',
    effect: 'read',
    params: () => AnyId,
    query: undefined,
    body: undefined,
    output: () => ChangeShape,
    problems: ['not-found'],
  }),
  verify: operation({
    name: 'changes.verify',
    method: 'GET',
    path: '/v1/changes-verification',
    summary: 'Recompute the hash chain of the audit trail and hold the state against it',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: undefined,
    body: undefined,
    output: () =>
      z.object({
        intact: z.boolean(),
        changeSets: z.number().int(),
        head: z.string(),
        findings: z.array(z.object({ change: z.string().nullable(), message: z.string() })),
      }),
    problems: [],
  }),
  rollback: operation({
    name: 'changes.rollback',
    method: 'POST',
    path: '/v1/changes/{id}/rollback',
    summary: 'Plan the restoring of what a change set replaced, under the same guards',
    role: 'operator',
    effect: 'write',
    status: 201,
    params: () => AnyId,
    query: () => DryRun,
    body: undefined,
    output: () => PlanShape,
    problems: ['not-found', 'invalid-document', 'protected'],
  }),
};
