import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Answering } from '../domain/state/answer.ts';
import { listen, listeningUrl } from '../listening/listen.ts';
import { type RequestUrl, UrlError } from '../redirects/url.ts';
import { answerPlainRequests } from './plain-connections.ts';
import { type EdgeResponse, refuse, respond } from './respond.ts';
import { responseText } from './response-text.ts';
import { type RequestLine, visitedUrl, withoutPort } from './visited-url.ts';

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

/** How long a connection is kept without a request, and how long a request may take to come in, in milliseconds. */
const KEPT = 5000;
const PATIENCE = 10_000;

/**
 * Answers HTTP by the Host header the way `explain` says.
 *
 * @throws Failure `address-unusable`
 */
export async function startEdge(options: EdgeOptions): Promise<RunningEdge> {
  const server = createServer({
    // A missing Host is answered here, with a reason, and not by the parser.
    requireHostHeader: false,
    keepAliveTimeout: KEPT,
    headersTimeout: PATIENCE,
    requestTimeout: PATIENCE,
    connectionsCheckingInterval: PATIENCE / 10,
  });
  const address = await listen(server, { ...options, who: 'The edge' });
  const respondTo = (line: RequestLine): EdgeResponse => responseTo(line, options, String(address.port));
  const latest = new WeakMap<Duplex, IncomingMessage>();
  server.on('request', (request, response) => {
    latest.set(request.socket, request);
    send(request, response, respondTo(requestLine(request)));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A request whose body goes wrong has had its answer when its fields had come.
    const answered = latest.get(socket)?.complete === false;
    if (!socket.writable || answered || error.code === 'ECONNRESET') socket.destroy();
    else socket.end(refusal(error.code ?? ''));
  });
  const plain = answerPlainRequests(server, ({ method, target, host, forwardedProto }) =>
    responseText(respondTo({ target, hosts: [host], forwardedProto }), method === 'HEAD', Date.now(), KEPT / 1000),
  );
  return {
    url: listeningUrl('http', address),
    port: address.port,
    close: () => stop(server, plain),
  };
}

async function stop(server: Server, plain: { close(): void }): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  plain.close();
  server.closeAllConnections();
  await promise;
}

function responseTo(line: RequestLine, { world, now, onFault }: EdgeOptions, ownPort: string): EdgeResponse {
  try {
    const answering = world();
    return respond(answering, urlOf(line, answering, ownPort), now());
  } catch (fault) {
    if (fault instanceof UrlError) return refuse(fault.message);
    onFault(fault);
    return { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'The edge has a fault.\n' };
  }
}

/** Who reaches the edge by a site's name and the edge's own port asks for the site, unless that port is a site's. */
function urlOf(line: RequestLine, { index }: Answering, ownPort: string): RequestUrl {
  const url = visitedUrl(line);
  return url.port === ownPort && index.siteOf(url) === null ? withoutPort(url) : url;
}

function requestLine(request: IncomingMessage): RequestLine {
  const forwarded = request.headers['x-forwarded-proto'];
  return {
    target: request.url ?? '',
    hosts: request.headersDistinct['host'] ?? [],
    forwardedProto: Array.isArray(forwarded) ? forwarded[0] : forwarded,
  };
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: EdgeResponse): void {
  // Whatever a visitor sends is no part of the answer, but must be taken off the line.
  request.resume();
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** What is told to who sends no HTTP at all, or does not come to an end. */
function refusal(error: string): string {
  const status = REFUSALS[error] ?? 400;
  const reason = STATUS_CODES[status] ?? '';
  return [
    `HTTP/1.1 ${status} ${reason}`,
    'connection: close',
    'content-type: text/plain; charset=utf-8',
    `content-length: ${reason.length + 1}`,
    '',
    `${reason}\n`,
  ].join('\r\n');
}

const REFUSALS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
