/** What of a request decides its answer. */
export interface PlainRequest {
  readonly method: 'GET' | 'HEAD';
  readonly target: string;
  readonly host: string;
  readonly forwardedProto: string | undefined;
  /** Where the request ends in the text, and another may begin. */
  readonly end: number;
}

/** Node's own limit for a request line and its fields is twice that. */
const LONGEST = 8192;

/**
 * A whole request of HTTP/1.1 in origin form: every character printable ASCII, no field folded or without a name. Node's
 * parser reads each of them the same way; it takes fewer of what is not one of them than it could.
 */
const PLAIN = /(GET|HEAD) (\/[!-~]*) HTTP\/1\.1\r\n(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t -~]*\r\n)+\r\n/y;

/** Fields that say something of the connection, but that it stays open, or announce a body. */
const NOT_PLAIN =
  /\n(?:connection:(?![\t ]*keep-alive[\t ]*\r)|(?:content-length|expect|http2-settings|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade):)/i;

const HOST = /\nhost:[\t ]*([\t -~]*?)[\t ]*\r/gi;
const FORWARDED_PROTO = /\nx-forwarded-proto:[\t ]*([\t -~]*?)[\t ]*\r/gi;

/**
 * Reads a request as nearly every visitor sends it; null for all others, wrong ones among them, which are left to a
 * parser that knows the whole of RFC 9112. Whatever is read here, that parser reads alike.
 *
 * @param text bytes as Latin-1
 * @param start where the request begins in it
 */
export function readPlainRequest(text: string, start: number): PlainRequest | null {
  PLAIN.lastIndex = start;
  const found = PLAIN.exec(text);
  if (found === null) return null;
  const [whole, method, target = ''] = found;
  if (whole.length > LONGEST || NOT_PLAIN.test(whole)) return null;
  const hosts = valuesOf(HOST, whole);
  const forwardedProtos = valuesOf(FORWARDED_PROTO, whole);
  const [host] = hosts;
  if (host === undefined || hosts.length > 1 || forwardedProtos.length > 1) return null;
  const end = start + whole.length;
  return { method: method === 'HEAD' ? 'HEAD' : 'GET', target, host, forwardedProto: forwardedProtos[0], end };
}

function valuesOf(field: RegExp, request: string): readonly string[] {
  const values: string[] = [];
  field.lastIndex = 0;
  for (let found = field.exec(request); found !== null; found = field.exec(request)) values.push(found[1] ?? '');
  return values;
}
