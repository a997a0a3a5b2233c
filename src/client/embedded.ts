import { randomUUID } from 'node:crypto';
import { createPlatform } from '../platform/platform.ts';
import { openSqliteStore } from '../platform/store/sqlite/sqlite-store.ts';
import type { ClientOptions, Transport } from './client.ts';

/**
 * The platform inside this process. Who can write its file can do everything with it, so the caller is an admin;
 * validation, versions, keys and the audit trail are those of every other platform.
 */
export async function openEmbedded(file: string, options: ClientOptions): Promise<Transport> {
  const newId = options.newId ?? randomUUID;
  const platform = createPlatform({
    store: await openSqliteStore(file, newId),
    now: options.now ?? Date.now,
    newId,
    tzdb: process.versions.tz ?? 'unknown',
    version: options.version,
  });
  const caller = { actor: options.actor, role: 'admin' } as const;
  return {
    async send(operation, request) {
      options.onDebug?.(`${operation.name} (embedded) ${request.requestId ?? ''}`);
      return platform.call(operation, request, caller);
    },
    close: () => platform.close(),
  };
}
