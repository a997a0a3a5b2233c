import type { api } from '../../contract/operations/index.ts';
import type { Handler } from '../handler.ts';

export const platformInfo: Handler<(typeof api)['platform']['info']> = async ({ platform, caller }) => {
  const head = await platform.store.read(({ changeSets }) => changeSets.head());
  return {
    value: {
      id: platform.store.platformId,
      version: platform.version,
      api: 'v1',
      now: platform.now(),
      tzdb: platform.tzdb,
      store: platform.store.kind,
      actor: caller.actor,
      role: caller.role,
      head: head.hash,
    },
  };
};
