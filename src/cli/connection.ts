import type { Client, ClientOptions, Target } from '../client/index.ts';

export type { Client, ClientOptions, Target };
export type OpenClient = (target: Target, options: ClientOptions) => Promise<Client>;

/** The real thing, loaded by the first command that needs a platform. */
export const openClientWhenNeeded: OpenClient = async (target, options) => {
  const { openClient } = await import('../client/index.ts');
  return openClient(target, options);
};
