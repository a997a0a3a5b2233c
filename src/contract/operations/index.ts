import type { AnyOperation } from '../operation.ts';
import { answers } from './answers.ts';
import { availability } from './availability.ts';
import { catalogPolicies, listings } from './catalogs.ts';
import { changes, document, plans } from './changes.ts';
import { launchChecklists } from './checklists.ts';
import { launchStock } from './launches.ts';
import { platform, tokens } from './platform.ts';
import { products } from './products.ts';
import { reservations } from './reservations.ts';
import { resources } from './resources.ts';
import { longOperations, rules } from './rules.ts';

/** The admin API: every operation, as data. Clients call by it, the platform implements it, OpenAPI is written from it. */
export const api = {
  platform,
  ...resources,
  products,
  listings,
  catalogPolicies,
  launchStock,
  launchChecklists,
  reservations,
  rules,
  operations: longOperations,
  document,
  plans,
  changes,
  answers,
  availability,
  tokens,
} as const;

type Groups = typeof api;
/** Any one of the operations of {@link api}, with its own types. */
export type ApiOperation = { [G in keyof Groups]: Groups[G][keyof Groups[G]] }[keyof Groups];
export type OperationName = ApiOperation['name'];

export function allOperations(): readonly AnyOperation[] {
  return Object.values(api).flatMap((group) => Object.values(group) as readonly AnyOperation[]);
}
