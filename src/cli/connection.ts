import type { Client, ClientOptions, Target } from '../client/index.ts';

import type { AnyOperation } from '../contract/operation.ts';
import type { Interruption } from './interruption.ts';

export type { Client, ClientOptions, Target };
export type OpenClient = (target: Target, options: ClientOptions) => Promise<Client>;

/**
 * A client of the platform in this process, which computes for seconds over a million rules: while it answers, and while
 * it tries what would be written, a signal ends the process at once. Writes are left to end by themselves.
 */
export function heedingSignals(client: Client, interruption: Interruption): Client {
  return {
    target: client.target,
    call: (operation, request) => {
      const call = () => client.call(operation, request);
      return writes(operation, request) ? call() : interruption.busyAsync(call);
    },
    listAll: (operation, request) => client.listAll(operation, request),
    close: () => client.close(),
  };
}

/** A plan is stored, and nothing else of it is written. */
function writes({ effect, name }: AnyOperation, request: { readonly query?: unknown } | undefined): boolean {
  const { dryRun } = (request?.query ?? {}) as { readonly dryRun?: unknown };
  return effect === 'write' && dryRun !== true && name !== 'plans.create';
}

/** The real thing, loaded by the first command that needs a platform. */
export const openClientWhenNeeded: OpenClient = async (target, options) => {
  const { openClient } = await import('../client/index.ts');
  return openClient(target, options);
};
