import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, createSecureContext, getCACertificates } from 'node:tls';
import { Agent, type buildConnector } from 'undici';

/** Where a host's port is reached, whatever DNS says. */
export interface Resolution {
  /** Canonical; `*` is every host that no other entry names. */
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly addressPort: number;
}

export interface ConnectionOptions {
  readonly resolve: readonly Resolution[];
  /** PEM text of certificates to trust beside the usual ones. */
  readonly ca?: string | undefined;
  /** Milliseconds until a connection stands. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** An agent that connects where it is told to; Host header, SNI and the certificate stay those of the real name. */
export function openAgent(options: ConnectionOptions): Agent {
  return new Agent({ connect: connector(options), maxHeaderSize: 64 * 1024 });
}

function connector({ resolve, ca, timeout, signal }: ConnectionOptions): buildConnector.connector {
  const places = new Map(resolve.map((one) => [`${one.host}:${one.port}`, one]));
  const trust = ca === undefined ? undefined : createSecureContext({ ca: [...getCACertificates('default'), ca] });
  return ({ hostname, protocol, port }, callback) => {
    const secure = protocol === 'https:';
    const usual = Number(port) || (secure ? 443 : 80);
    const named = hostname.replace(/^\[|\]$/g, '');
    const place = places.get(`${hostname}:${usual}`) ?? places.get(`*:${usual}`);
    const to = { host: place?.address ?? named, port: place?.addressPort ?? usual };
    const socket = secure
      ? connectTls({
          ...to,
          // An address is no server name (RFC 6066, section 3), but the certificate is held against it all the same.
          ...(isIP(named) === 0 ? { servername: named } : {}),
          checkServerIdentity: (_, certificate) => checkServerIdentity(named, certificate),
          ALPNProtocols: ['http/1.1'],
          ...(trust === undefined ? {} : { secureContext: trust }),
        })
      : connectTcp(to);
    awaitConnection(socket, secure ? 'secureConnect' : 'connect', { timeout, signal }, callback);
  };
}

function awaitConnection(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  { timeout, signal }: Pick<ConnectionOptions, 'timeout' | 'signal'>,
  callback: buildConnector.Callback,
): void {
  const stop = (): void => void socket.destroy(new Error('it was stopped'));
  const timer = setTimeout(() => socket.destroy(new Error(`no connection within ${timeout / 1000} s`)), timeout);
  const settle = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    socket.off('error', failed);
  };
  const failed = (error: Error): void => {
    settle();
    // A late second error has nobody left to hear it.
    socket.on('error', () => {});
    callback(error, null);
  };
  signal?.addEventListener('abort', stop, { once: true });
  socket.once('error', failed);
  socket.once(event, () => {
    settle();
    callback(null, socket);
  });
}
