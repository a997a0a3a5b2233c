import { operation } from '../operation.ts';
import { TIME_PROBLEMS } from '../problems.ts';

const shapes = () => import('./answers-shapes.ts');

/** What is true at an instant. Reads only. */
export const answers = {
  status: operation({
    name: 'status.get',
    method: 'GET',
    path: '/v1/status',
    summary: 'Every site’s state at an instant, and when it next changes',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: async () => (await shapes()).StatusQuery,
    body: undefined,
    output: async () => (await shapes()).StatusAnswer,
    problems: [...TIME_PROBLEMS],
  }),
  timeline: operation({
    name: 'timeline.get',
    method: 'GET',
    path: '/v1/timeline',
    summary: 'Every instant at which something changes, in order',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: async () => (await shapes()).TimelineQuery,
    body: undefined,
    output: async () => (await shapes()).TimelineAnswer,
    problems: [...TIME_PROBLEMS],
  }),
  explain: operation({
    name: 'explain.urls',
    method: 'POST',
    path: '/v1/explain',
    summary: 'What a visitor of each URL gets at an instant, and why',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: undefined,
    body: async () => (await shapes()).ExplainBody,
    output: async () => (await shapes()).ExplainAnswer,
    problems: [...TIME_PROBLEMS, 'invalid-url'],
  }),
  lint: operation({
    name: 'redirects.lint',
    method: 'GET',
    path: '/v1/redirects-lint',
    summary: 'Findings in the rulesets as they stand, one or all',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: async () => (await shapes()).LintQuery,
    body: undefined,
    output: async () => (await shapes()).LintAnswer,
    problems: ['not-found'],
  }),
};
