import { randomUUID } from 'node:crypto';
import type { RequestRecord } from '../platform/http/app.ts';
import { servePlatform as serveOverHttp } from '../platform/http/serve.ts';
import { createPlatform } from '../platform/platform.ts';
import { openSqliteStore } from '../platform/store/sqlite/sqlite-store.ts';

export type { RequestRecord };

export interface PlatformServing {
  /** The SQLite file; made where there is none. */
  readonly database: string;
  readonly version: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly allowInsecure: boolean;
  readonly now: () => number;
  readonly onRequest?: (record: RequestRecord) => void;
  readonly onBug?: (error: unknown, requestId: string) => void;
}

export interface RunningPlatform {
  readonly url: string;
  /** Takes no more requests, lets those that run end, and closes the store. */
  close(): Promise<void>;
}

/**
 * Serves the platform that comes with this package: what the embedded one would do with the same file, over HTTP.
 * Throws Failure `insecure-address`, `address-unusable`, or that of a store that cannot be opened.
 */
export async function servePlatform(serving: PlatformServing): Promise<RunningPlatform> {
  const { database, host, port, tls, allowInsecure, version, now, onRequest, onBug } = serving;
  const platform = createPlatform({
    store: await openSqliteStore(database, randomUUID),
    now,
    newId: randomUUID,
    tzdb: process.versions.tz ?? 'unknown',
    version,
  });
  try {
    const served = await serveOverHttp({
      platform,
      host,
      port,
      allowInsecure,
      version,
      newId: randomUUID,
      ...(tls === undefined ? {} : { tls }),
      ...(onRequest === undefined ? {} : { onRequest }),
      ...(onBug === undefined ? {} : { onBug }),
    });
    return {
      url: served.url,
      async close() {
        await served.close();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}
