import { operation } from '../operation.ts';
import { TIME_PROBLEMS } from '../problems.ts';

const shapes = () => import('./launches-shapes.ts');

/** What a launch can be asked besides what it is. */
export const launchStock = {
  get: operation({
    name: 'launches.stock',
    method: 'GET',
    path: '/v1/launches/{id}/stock',
    summary:
      'What a launch is in each market at an instant, and how many units of each item are held, sold and left now',
    role: 'viewer',
    effect: 'read',
    params: async () => (await shapes()).IdParams,
    query: async () => (await shapes()).StockQuery,
    body: undefined,
    output: async () => (await shapes()).StockAnswer,
    problems: ['not-found', ...TIME_PROBLEMS],
  }),
  calendar: operation({
    name: 'launches.calendar',
    method: 'GET',
    path: '/v1/launches-calendar',
    summary: 'Every launch in every market in order of its start there, with what stands in its way',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: async () => (await shapes()).CalendarQuery,
    body: undefined,
    output: async () => (await shapes()).CalendarAnswer,
    problems: [...TIME_PROBLEMS],
  }),
};
