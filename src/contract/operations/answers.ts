import { LONGEST_URL, MOST_URLS } from '../bounds.ts';
import { operation } from '../operation.ts';
import { otherwise, PLAIN_FLAG, type PlainMember, plainly } from '../plain.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { optionalTimes, PLAIN_AT } from './parts.ts';

const shapes = () => import('./answers-shapes.ts');

const PLAIN_URLS: PlainMember = {
  fits: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_URLS &&
    value.every((url) => typeof url === 'string' && url.length <= LONGEST_URL),
};

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
    query: plainly(async () => (await shapes()).StatusQuery, PLAIN_AT),
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
    query: plainly(async () => (await shapes()).TimelineQuery, optionalTimes('from', 'to')),
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
    body: plainly(async () => (await shapes()).ExplainBody, {
      ...PLAIN_AT,
      urls: PLAIN_URLS,
      reasoning: otherwise(PLAIN_FLAG, true),
    }),
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
  assertions: operation({
    name: 'assertions.check',
    method: 'GET',
    path: '/v1/assertions-check',
    summary: 'Whether assertions hold at every instant from now on, one or all',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: async () => (await shapes()).AssertionsQuery,
    body: undefined,
    output: async () => (await shapes()).AssertionsAnswer,
    problems: ['not-found'],
  }),
};
