import { operation } from '../operation.ts';
import { plainly } from '../plain.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { dryRun, idParams, PLAIN_AT } from './parts.ts';

const shapes = () => import('./checklists-shapes.ts');

/** What a write of signatures may fail with. */
const SIGNOFF_PROBLEMS = [
  'not-found',
  'no-checklist',
  'invalid-document',
  'guard-blocked',
  'confirmation-needed',
  'deletes-not-allowed',
] as const;

/**
 * A launch's checklist, and what people sign for it. Two people who sign different items at once both succeed: each
 * write is made on top of what is there.
 */
export const launchChecklists = {
  get: operation({
    name: 'launches.checklist',
    method: 'GET',
    path: '/v1/launches/{id}/checklist',
    summary: 'Every item of a launch’s checklist with its state and why, and whether a go stands',
    role: 'viewer',
    effect: 'read',
    params: idParams,
    query: plainly(async () => (await shapes()).ChecklistQuery, PLAIN_AT),
    body: undefined,
    output: async () => (await shapes()).LaunchChecklistShape,
    problems: ['not-found', 'no-checklist', ...TIME_PROBLEMS],
  }),
  sign: operation({
    name: 'launches.sign',
    method: 'POST',
    path: '/v1/launches/{id}/checklist/{item}/sign',
    summary: 'Sign a manual item with a note or a link',
    role: 'operator',
    effect: 'write',
    params: async () => (await shapes()).ItemParams,
    query: dryRun,
    body: async () => (await shapes()).SignBody,
    output: async () => (await shapes()).SignoffResult,
    problems: [...SIGNOFF_PROBLEMS, ...TIME_PROBLEMS, 'item-automatic', 'until-past', 'launch-cancelled'],
  }),
  waive: operation({
    name: 'launches.waive',
    method: 'POST',
    path: '/v1/launches/{id}/checklist/{item}/waive',
    summary: 'Let an item stay open until an instant, for a reason that somebody answers for',
    role: 'operator',
    effect: 'write',
    params: async () => (await shapes()).ItemParams,
    query: dryRun,
    body: async () => (await shapes()).WaiveBody,
    output: async () => (await shapes()).SignoffResult,
    problems: [...SIGNOFF_PROBLEMS, ...TIME_PROBLEMS, 'until-past', 'launch-cancelled'],
  }),
  revoke: operation({
    name: 'launches.revoke',
    method: 'POST',
    path: '/v1/launches/{id}/checklist/{item}/revoke',
    summary: 'Take the signature and the waiver of an item back',
    role: 'operator',
    effect: 'write',
    params: async () => (await shapes()).ItemParams,
    query: dryRun,
    body: async () => (await shapes()).ConsentBody,
    output: async () => (await shapes()).SignoffResult,
    problems: SIGNOFF_PROBLEMS,
  }),
  go: operation({
    name: 'launches.go',
    method: 'POST',
    path: '/v1/launches/{id}/go',
    summary: 'Let a launch go as it is now; refused while a required item is open',
    role: 'operator',
    effect: 'write',
    params: idParams,
    query: dryRun,
    body: async () => (await shapes()).ConsentBody,
    output: async () => (await shapes()).SignoffResult,
    problems: [...SIGNOFF_PROBLEMS, 'gate-open', 'launch-cancelled', 'launch-ended'],
  }),
  hold: operation({
    name: 'launches.hold',
    method: 'POST',
    path: '/v1/launches/{id}/hold',
    summary: 'Take a launch’s go back: it does not sell until it is let go again',
    role: 'operator',
    effect: 'write',
    params: idParams,
    query: dryRun,
    body: async () => (await shapes()).ConsentBody,
    output: async () => (await shapes()).SignoffResult,
    problems: SIGNOFF_PROBLEMS,
  }),
};
