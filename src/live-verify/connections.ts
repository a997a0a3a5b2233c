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
  /** It speaks no TLS: whoever stands before it in earnest ends that. */
  readonly plain?: boolean;
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

/** Whether a URL is asked where TLS has ended already, which servers are told as proxies tell them. */
export function isForwarded(resolve: readonly Resolution[]): (url: URL) => boolean {
  const placeOf = placesOf(resolve);
  return ({ hostname, port, protocol }) => placeOf(hostname, Number(port) || portOf(protocol))?.plain === true;
}

const portOf = (protocol: string): number => (protocol === 'https:' ? 443 : 80);

function placesOf(resolve: readonly Resolution[]): (hostname: string, port: number) => Resolution | undefined {
  const places = new Map(resolve.map((one) => [`${one.host}:${one.port}`, one]));
  return (hostname, port) => places.get(`${hostname}:${port}`) ?? places.get(`*:${port}`);
}

function connector({ resolve, ca, timeout, signal }: ConnectionOptions): buildConnector.connector {
  const placeOf = placesOf(resolve);
  const trust = ca === undefined ? undefined : createSecureContext({ ca: [...getCACertificates('default'), ca] });
  return ({ hostname, protocol, port }, callback) => {
    const usual = Number(port) || portOf(protocol);
    const named = hostname.replace(/^\[|\]$/g, '');
    const place = placeOf(hostname, usual);
    const secure = protocol === 'https:' && place?.plain !== true;
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
