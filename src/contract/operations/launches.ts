import { operation } from '../operation.ts';

const shapes = () => import('./launches-shapes.ts');

/** What a launch can be asked besides what it is. */
export const launchStock = {
  get: operation({
    name: 'launches.stock',
    method: 'GET',
    path: '/v1/launches/{id}/stock',
    summary: 'What a launch is now in each market, and how many units of each item are held, sold and left',
    role: 'viewer',
    effect: 'read',
    params: async () => (await shapes()).IdParams,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).StockAnswer,
    problems: ['not-found'],
  }),
};
