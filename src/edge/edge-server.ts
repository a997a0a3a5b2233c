import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { EXIT, Failure } from '../domain/failure.ts';
import type { Answering } from '../domain/state/answer.ts';
import { type RequestUrl, UrlError } from '../redirects/url.ts';
import { type EdgeResponse, refuse, respond } from './respond.ts';
import { visitedUrl, withoutPort } from './visited-url.ts';

export interface EdgeOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What is answered from, asked for each request: replace it to answer from newer documents. */
  readonly world: () => Answering;
  /** The instant that answers are for, in epoch milliseconds. */
  readonly now: () => number;
  /** Told of a fault while answering; the visitor gets a 500 and the edge goes on. */
  readonly onFault: (fault: unknown) => void;
}

export interface RunningEdge {
  readonly url: string;
  readonly port: number;
  /** Ends at once: every answer is made in memory, so none is under way. */
  close(): Promise<void>;
}

/**
 * Answers HTTP by the Host header the way `explain` says.
 *
 * @throws Failure `address-unusable`
 */
export async function startEdge(options: EdgeOptions): Promise<RunningEdge> {
  // A missing Host is answered here, with a reason, and not by the parser.
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: 5000 });
  const { port, address } = await listen(server, options);
  server.on('request', (request, response) => answer(request, response, options, port));
  server.on('clientError', refuseBytes);
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, { host, port }: EdgeOptions): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the edge listens on no port');
  return address;
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Failure {
  return new Failure({
    code: 'address-unusable',
    exit: EXIT.usage,
    message:
      error.code === 'EADDRINUSE'
        ? `Port ${port} of ${host} is taken by another program.`
        : `The edge cannot listen on port ${port} of ${host}: ${error.message}.`,
    remedy: 'Choose another one with --port, or any that is free with --port 0.',
    details: { host, port, error: error.code ?? null },
    cause: error,
  });
}

function answer(request: IncomingMessage, response: ServerResponse, options: EdgeOptions, ownPort: number): void {
  send(request, response, responseTo(request, options, ownPort));
}

function responseTo(request: IncomingMessage, { world, now, onFault }: EdgeOptions, ownPort: number): EdgeResponse {
  try {
    const answering = world();
    return respond(answering, urlOf(request, answering, ownPort), now());
  } catch (fault) {
    if (fault instanceof UrlError) return refuse(fault.message);
    onFault(fault);
    return { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'The edge has a fault.\n' };
  }
}

/** Who reaches the edge by a site's name and the edge's own port asks for the site, unless that port is a site's. */
function urlOf(request: IncomingMessage, { index }: Answering, ownPort: number): RequestUrl {
  const forwarded = request.headers['x-forwarded-proto'];
  const url = visitedUrl({
    target: request.url ?? '',
    hosts: request.headersDistinct['host'] ?? [],
    forwardedProto: Array.isArray(forwarded) ? forwarded[0] : forwarded,
  });
  return url.port === String(ownPort) && index.siteOf(url) === null ? withoutPort(url) : url;
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: EdgeResponse): void {
  // Whatever a visitor sends is no part of the answer, but must be taken off the line.
  request.resume();
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** What is no HTTP at all. */
function refuseBytes(_error: Error, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
}
