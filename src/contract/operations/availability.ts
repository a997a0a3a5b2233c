import { operation } from '../operation.ts';
import { PLAIN_ID, plainly } from '../plain.ts';
import { TIME_PROBLEMS } from '../problems.ts';
import { idParams, PLAIN_AT } from './parts.ts';

const shapes = () => import('./availability-shapes.ts');

/** What a market sells at an instant. Reads only. */
export const availability = {
  get: operation({
    name: 'availability.get',
    method: 'GET',
    path: '/v1/availability',
    summary: 'Whether a shopper sees a product in a market, can buy it, at what price, and what decides',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: plainly(async () => (await shapes()).AvailabilityQuery, { market: PLAIN_ID, sku: PLAIN_ID, ...PLAIN_AT }),
    body: undefined,
    output: async () => (await shapes()).AvailabilityAnswer,
    problems: [...TIME_PROBLEMS, 'not-found'],
  }),
  market: operation({
    name: 'markets.status',
    method: 'GET',
    path: '/v1/markets/{id}/status',
    summary: 'A market’s sites, catalog, launches and what waits for somebody, at an instant',
    role: 'viewer',
    effect: 'read',
    params: idParams,
    query: plainly(async () => (await shapes()).MarketStatusQuery, PLAIN_AT),
    body: undefined,
    output: async () => (await shapes()).MarketStatusAnswer,
    problems: [...TIME_PROBLEMS, 'not-found'],
  }),
} as const;
