import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { type PlainRequest, readPlainRequest } from './plain-request.ts';

export interface PlainConnections {
  close(): void;
}

/**
 * Answers plain requests on the socket itself, which takes half the time of going through the parser and the streams of
 * `node:http`. At the first bytes that are anything else (a request in pieces, with a body, of another version, or none
 * at all) the connection, with those bytes, is that server's for good.
 *
 * @param answer the text of the whole response
 */
export function answerPlainRequests(server: Server, answer: (request: PlainRequest) => string): PlainConnections {
  const sockets = new Set<Socket>();
  const takers = server.listeners('connection');
  server.removeAllListeners('connection');

  const accept = (socket: Socket): void => {
    const read = (bytes: Buffer): void => {
      const rest = answerAll(socket, bytes, answer);
      if (rest !== null) handOver(rest);
      else if (socket.writableNeedDrain) pauseUntilDrained(socket);
    };
    const forget = (): void => void sockets.delete(socket);
    const expire = (): void => void socket.destroy();
    const end = (): void => void socket.end();
    const handOver = (rest: Buffer): void => {
      socket.off('data', read).off('close', forget).off('timeout', expire).off('end', end).off('error', expire);
      socket.setTimeout(0);
      forget();
      for (const take of takers) take.call(server, socket);
      socket.emit('data', rest);
    };
    sockets.add(socket);
    socket.setTimeout(server.keepAliveTimeout);
    socket.on('data', read).on('close', forget).on('timeout', expire).on('end', end).on('error', expire);
  };

  server.on('connection', accept);
  return {
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Answers the requests that bytes hold, in one piece; the bytes from the first other one on, or null. */
function answerAll(socket: Socket, bytes: Buffer, answer: (request: PlainRequest) => string): Buffer | null {
  const text = bytes.toString('latin1');
  let answers = '';
  let start = 0;
  while (start < text.length) {
    const request = readPlainRequest(text, start);
    if (request === null) break;
    answers += answer(request);
    start = request.end;
  }
  if (answers !== '') socket.write(answers);
  return start < text.length ? bytes.subarray(start) : null;
}

/** A visitor who asks and does not read is not answered into memory without end. */
function pauseUntilDrained(socket: Socket): void {
  socket.pause();
  socket.once('drain', () => socket.resume());
}
