import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProblemCode } from '../../contract/problems.ts';
import type { Failure } from '../../domain/failure.ts';
import { httpFailure, problemOf, problemResponse } from './problem.ts';

/** The answer to a request whose target or host cannot be read, so that it has no route. */
export function unroutable(error: unknown, requestId: string): Response {
  const { message } = error instanceof Error ? error : new Error('it cannot be read');
  const response = problemResponse(broken('invalid-request', message), requestId);
  response.headers.set('x-request-id', requestId);
  return response;
}

const CODES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Answers what is no HTTP request with a problem, like any other fault. */
export function answerBrokenRequests(server: Server, newId: () => string): void {
  const running = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => running.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const response = running.get(socket);
    // In the midst of another answer, a second one would pass for the rest of it.
    const answering = response?.headersSent === true && !response.writableFinished;
    if (!socket.writable || answering || error.code === 'ECONNRESET') socket.destroy();
    else socket.end(messageOf(broken(CODES[error.code ?? ''] ?? 'invalid-request', error.message), newId()));
  });
}

function broken(code: ProblemCode, reason: string): Failure {
  return httpFailure(code, `The request is no HTTP that can be read: ${reason}.`, 'Send it again in its right form.');
}

function messageOf(failure: Failure, requestId: string): string {
  const body = problemOf(failure, requestId);
  const text = JSON.stringify(body);
  return [
    // The reason phrase may be empty (RFC 9112, 4).
    `HTTP/1.1 ${body.status} `,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(text)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
    '',
    text,
  ].join('\r\n');
}
