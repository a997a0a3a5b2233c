/** Where nobody listens for TLS, what comes back is no TLS record. */
const NO_TLS: readonly string[] = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'];

/** A certificate that leads to no authority that is trusted here (OpenSSL, X509_V_ERR). */
const UNTRUSTED: readonly string[] = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
];

const WORDS: Readonly<Record<string, string>> = {
  ECONNRESET: 'it broke the connection off',
  UND_ERR_SOCKET: 'it closed the connection before its answer was whole',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of its answer are too large: more than 64 KiB',
};

interface Fault {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  /** OpenSSL's own words, without its places. */
  readonly reason?: string;
  /** Of one connection; where several addresses were tried there is none. */
  readonly address?: string;
  readonly port?: number;
}

/** Why a host gave no answer, for people; a library's own words only where nothing is known that says more. */
export function noAnswer(error: unknown): string {
  const { name, message = '', code = '', reason, address, port } = error as Fault;
  if (NO_TLS.includes(code))
    return 'it does not speak TLS; where TLS ends before it, write http:// before its address in --resolve';
  if (UNTRUSTED.includes(code))
    return 'its certificate is of no authority that is trusted here; --ca FILE trusts a private one';
  if (name === 'HTTPParserError') return 'what it answers is no HTTP/1.1: see whether the port is the right one';
  if (code.startsWith('ERR_SSL_')) return `TLS came to nothing: ${reason ?? code}`;
  if (code === 'ECONNREFUSED')
    return `nothing listens ${address === undefined ? 'there' : `on port ${port} of ${address}`}`;
  return (Object.hasOwn(WORDS, code) ? WORDS[code] : undefined) ?? (message || code || 'the connection failed');
}

/** The same as whoever threw it says it, on one line. */
export function originalWords(error: unknown): string {
  const { name = '', message = '', code } = error as Fault;
  return [code ?? name, message].filter(Boolean).join(': ').replaceAll(/\s+/g, ' ').trim();
}
