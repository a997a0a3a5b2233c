import type { AddressInfo, Server } from 'node:net';
import { EXIT, Failure } from '../domain/failure.ts';

export interface ListenOptions {
  /** The server, as the start of a sentence: `The edge`. */
  readonly who: string;
  /** An address or a name of this machine. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Told of what befalls the server once it listens, such as too many open files; it goes on. */
  readonly onFault: (fault: unknown) => void;
}

/**
 * Has a server listen, and says where it does.
 *
 * @throws Failure `address-unusable`
 */
export async function listen(server: Server, options: ListenOptions): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onError = (error: NodeJS.ErrnoException): void => reject(unusable(options, error));
  server.once('error', onError);
  server.listen(options.port, options.host, resolve);
  await promise;
  server.removeListener('error', onError);
  server.on('error', options.onFault);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`${options.who} listens on no port`);
  return address;
}

/** The URL by which this machine reaches what listens. */
export function listeningUrl(scheme: 'http' | 'https', { family, address, port }: AddressInfo): string {
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function unusable({ who, host, port }: ListenOptions, error: NodeJS.ErrnoException): Failure {
  const { message, remedy } = reasonOf(who, host, port, error);
  return new Failure({
    code: 'address-unusable',
    exit: EXIT.usage,
    message,
    remedy,
    details: { host, port, error: error.code ?? null },
    cause: error,
  });
}

interface Reason {
  readonly message: string;
  readonly remedy: string;
}

const OTHER_PORT = 'Choose another one with --port, or any that is free with --port 0.';

function reasonOf(who: string, host: string, port: number, error: NodeJS.ErrnoException): Reason {
  switch (error.code) {
    case 'EADDRINUSE':
      return { message: `Port ${port} of ${host} is taken by another program.`, remedy: OTHER_PORT };
    case 'EACCES':
      return {
        message: `You may not listen on port ${port} of ${host}: ports as low as this belong to the system.`,
        remedy: 'Choose one from 1024 on with --port, or any that is free with --port 0.',
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        message: `${host} is no address of this machine.`,
        remedy: 'Name one with --host: 127.0.0.1 for this machine alone, 0.0.0.0 or :: for every network it is in.',
      };
    default:
      return { message: `${who} cannot listen on port ${port} of ${host}: ${error.message}.`, remedy: OTHER_PORT };
  }
}
