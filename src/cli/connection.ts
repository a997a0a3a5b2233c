import type { AdminClient, ClientOptions, Target } from '../client/index.ts';

export type { AdminClient, ClientOptions, Target };
export type OpenClient = (target: Target, options: ClientOptions) => Promise<AdminClient>;

/** The real thing, loaded by the first command that needs a platform. */
export const openClientWhenNeeded: OpenClient = async (target, options) => {
  const { openClient } = await import('../client/index.ts');
  return openClient(target, options);
};
