import { operation } from '../operation.ts';
import { plainly } from '../plain.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { idParams, optionalTimes, PLAIN_AT } from './parts.ts';

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
    params: idParams,
    query: plainly(async () => (await shapes()).StockQuery, PLAIN_AT),
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
    query: plainly(async () => (await shapes()).CalendarQuery, optionalTimes('from', 'until')),
    body: undefined,
    output: async () => (await shapes()).CalendarAnswer,
    problems: [...TIME_PROBLEMS],
  }),
};
