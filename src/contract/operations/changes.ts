import { operation } from '../operation.ts';
import { plainly } from '../plain.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { pageQuery } from './paging.ts';
import { anyId, dryRun, PLAIN_ANY_ID } from './parts.ts';

const shapes = () => import('./changes-shapes.ts');

const changeName = plainly(async () => (await shapes()).ChangeName, PLAIN_ANY_ID);

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
    output: async () => (await shapes()).StoredDocumentSchema,
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
    query: dryRun,
    body: async () => (await shapes()).PlanCreateBody,
    output: async () => (await shapes()).PlanShape,
    problems: ['invalid-document', 'empty-section', ...TIME_PROBLEMS, 'invalid-url'],
  }),
  get: operation({
    name: 'plans.get',
    method: 'GET',
    path: '/v1/plans/{id}',
    summary: 'Show a stored plan, named by its id or six characters or more that only its id begins with',
    role: 'viewer',
    effect: 'read',
    params: anyId,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).PlanShape,
    problems: ['not-found', 'ambiguous-id'],
  }),
  apply: operation({
    name: 'plans.apply',
    method: 'POST',
    path: '/v1/plans/{id}/apply',
    summary: 'Carry out exactly this plan: all of it or none, once',
    role: 'operator',
    effect: 'write',
    params: anyId,
    query: dryRun,
    body: async () => (await shapes()).PlanApplyBody,
    output: async () => (await shapes()).PlanApplyAnswer,
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
    query: pageQuery,
    body: undefined,
    output: async () => (await shapes()).ChangeListAnswer,
    problems: ['invalid-cursor'],
  }),
  get: operation({
    name: 'changes.get',
    method: 'GET',
    path: '/v1/changes/{id}',
    summary: 'One change set with what it replaced',
    role: 'viewer',
    effect: 'read',
    params: changeName,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).ChangeShape,
    problems: ['not-found', 'ambiguous-id'],
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
    output: async () => (await shapes()).VerificationAnswer,
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
    params: changeName,
    query: dryRun,
    body: undefined,
    output: async () => (await shapes()).PlanShape,
    problems: ['not-found', 'ambiguous-id', 'invalid-document', 'in-use', 'protected'],
  }),
};
