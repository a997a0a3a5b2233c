import { operation } from '../operation.ts';
import { idParams } from './parts.ts';

const shapes = () => import('./reservations-shapes.ts');

const PATH = '/v1/launches/{id}/reservations';

/**
 * Units of a launch that a shop sets aside for a buyer. They are written at the rate of a sale and not of a desk, so they
 * are no change sets; what they may come to is decided by the launch, whose changes are.
 */
export const reservations = {
  create: operation({
    name: 'reservations.create',
    method: 'POST',
    path: PATH,
    summary: 'Hold units for a buyer while he pays, within the allocation and his limit',
    role: 'seller',
    effect: 'write',
    keepsKey: true,
    traffic: 'buyers',
    status: 201,
    params: idParams,
    query: undefined,
    body: async () => (await shapes()).ReserveBody,
    output: async () => (await shapes()).ReservationShape,
    problems: [
      'not-found',
      'launch-not-started',
      'launch-held',
      'launch-ended',
      'launch-cancelled',
      'site-closed',
      'sold-out',
      'over-limit',
    ],
  }),
  list: operation({
    name: 'reservations.list',
    method: 'GET',
    path: PATH,
    summary: 'List the reservations of a launch, or those of one buyer',
    role: 'seller',
    effect: 'read',
    params: idParams,
    query: async () => (await shapes()).ReservationsQuery,
    body: undefined,
    output: async () => (await shapes()).ReservationPage,
    problems: ['not-found', 'invalid-cursor'],
  }),
  get: operation({
    name: 'reservations.get',
    method: 'GET',
    path: `${PATH}/{reservation}`,
    summary: 'Show one reservation as it is now',
    role: 'seller',
    effect: 'read',
    traffic: 'buyers',
    params: async () => (await shapes()).ReservationParams,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).ReservationShape,
    problems: ['not-found'],
  }),
  confirm: operation({
    name: 'reservations.confirm',
    method: 'POST',
    path: `${PATH}/{reservation}/confirm`,
    summary: 'Turn held units into sold ones, for ever',
    role: 'seller',
    effect: 'write',
    keepsKey: true,
    traffic: 'buyers',
    params: async () => (await shapes()).ReservationParams,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).ReservationShape,
    problems: ['not-found', 'reservation-expired', 'reservation-released', 'launch-cancelled'],
  }),
  release: operation({
    name: 'reservations.release',
    method: 'POST',
    path: `${PATH}/{reservation}/release`,
    summary: 'Give held units back before they run out by themselves',
    role: 'seller',
    effect: 'write',
    keepsKey: true,
    traffic: 'buyers',
    params: async () => (await shapes()).ReservationParams,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).ReservationShape,
    problems: ['not-found', 'reservation-confirmed'],
  }),
};
