import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const tls = (name: string): string => resolve(import.meta.dirname, '../fixtures/tls', name);

/** Who signed the certificate of po.co and www.mi.com that `https` servers have here. */
export const AUTHORITY_FILE: string = tls('authority.pem');
export const AUTHORITY: string = readFileSync(AUTHORITY_FILE, 'utf8');

/** A server on a free loopback port, ended with the test. */
export async function loopback(listener: RequestListener, scheme: 'http' | 'https' = 'http'): Promise<number> {
  const secrets = () => ({ cert: readFileSync(tls('po-co.pem')), key: readFileSync(tls('po-co-key.pem')) });
  const server: Server = scheme === 'http' ? createHttp(listener) : createHttps(secrets(), listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

type Answer = readonly [status: number, location?: string, html?: string, headers?: Readonly<Record<string, string>>];

/** Answers by host and path; anything else is a 404. */
export function site(answers: Readonly<Record<string, Answer>>): RequestListener {
  return ({ headers: { host }, url }, response) => {
    const [status, location, html, headers] = answers[`${host}${url}`] ?? [404];
    response.writeHead(status, {
      'content-type': 'text/html',
      ...(location === undefined || location === '' ? {} : { location }),
      ...headers,
    });
    response.end(html);
  };
}
