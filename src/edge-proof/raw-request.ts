import { connect } from 'node:net';
import type { ProofAnswer } from './answers.ts';
import type { ProofRequest } from './proof-request.ts';

/** Milliseconds: long enough for a busy machine, short enough that a server that hangs is noticed. */
export const PATIENCE = 10_000;

/** The server took the request, and said nothing for as long as anybody waits. */
export class NoAnswer extends Error {}

/**
 * Sends a request as it stands, without anything that a client library would mend, and gives status and Location. A
 * connection that is closed without an answer counts as refused (400).
 *
 * @throws NoAnswer
 */
export function sendRaw(port: number, request: ProofRequest): Promise<ProofAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let received = '';
    let sent = false;
    socket.setEncoding('latin1');
    socket.setTimeout(PATIENCE, () => socket.destroy(new NoAnswer(`no answer to ${request.target.slice(0, 200)}`)));
    socket.on('connect', () => {
      sent = true;
      socket.write(Buffer.from(requestText(request), 'utf8'));
    });
    socket.on('data', (text: string) => {
      received += text;
      if (received.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', (error) => {
      // A server that refuses a long request closes while it is still being sent.
      if (!sent || !isClosing(error)) reject(error);
    });
    socket.on('close', () => resolve(readAnswer(received)));
  });
}

function isClosing(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function requestText({ scheme, host, target }: ProofRequest): string {
  return `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Proto: ${scheme}\r\nConnection: close\r\n\r\n`;
}

const REFUSED = 400;

function readAnswer(text: string): ProofAnswer {
  const head = text.split('\r\n\r\n', 1)[0] ?? '';
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  if (status === undefined) return { status: REFUSED, location: null };
  const location = /^location:[ \t]*(.*)$/im.exec(head)?.[1]?.replace(/\r$/, '');
  return { status: Number(status), location: location ?? null };
}
