import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import { EXIT, Failure } from '../../domain/failure.ts';
import { listen, listeningUrl } from '../../listening/listen.ts';
import type { Platform } from '../platform.ts';
import { type AppOptions, createApp } from './app.ts';
import { answerBrokenRequests, unroutable } from './broken-request.ts';

export interface ServeOptions extends AppOptions {
  readonly platform: Platform;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Serve other machines without TLS: tokens travel in the clear, so something in front must do it. */
  readonly allowInsecure?: boolean;
}

export interface ServedPlatform {
  readonly url: string;
  /** Takes no more requests, lets those that run end, and closes; the platform itself stays open. */
  close(): Promise<void>;
}

/** How long running requests may take to end when the server stops, in milliseconds. */
const GRACE = 10_000;

/** Throws Failure `insecure-address` or `address-unusable`. */
export async function servePlatform(options: ServeOptions): Promise<ServedPlatform> {
  const { platform, host = '127.0.0.1', port, tls } = options;
  if (!isLoopback(host) && tls === undefined && options.allowInsecure !== true) throw insecureAddress(host);
  const { fetch } = createApp(platform, options);
  const listener = getRequestListener(fetch, {
    overrideGlobalObjects: false,
    errorHandler: (error) => unroutable(error, options.newId()),
  });
  // A request without a host is answered here like any other that is wrong.
  const server =
    tls === undefined
      ? createServer({ requireHostHeader: false }, listener)
      : createSecureServer({ requireHostHeader: false, cert: tls.cert, key: tls.key }, listener);
  answerBrokenRequests(server, options.newId);
  const onFault = (fault: unknown): void => options.onBug?.(fault, options.newId());
  const address = await listen(server, { who: 'The platform', host, port, onFault });
  return {
    url: listeningUrl(tls === undefined ? 'http' : 'https', address),
    close: () => stop(server),
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

async function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), GRACE);
  // A connection that falls idle now would be kept open for its next request.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await promise;
  clearTimeout(grace);
  clearInterval(idle);
}

function insecureAddress(host: string): Failure {
  return new Failure({
    code: 'insecure-address',
    exit: EXIT.usage,
    message: `${host} can be reached from other machines, and tokens would travel to it in the clear.`,
    remedy:
      'Give --tls-cert and --tls-key, listen on 127.0.0.1, or say with --allow-insecure that something in front does TLS.',
    details: { host },
  });
}
