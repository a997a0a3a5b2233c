import type { Dispatcher } from 'undici';
import { detailsOf } from '../contract/problem-errors.ts';
import { isProblemCode, PROBLEMS } from '../contract/problems.ts';
import { EXIT, type Exit, Failure } from '../domain/failure.ts';

type Headers = Dispatcher.ResponseData['headers'];

/** Statuses of what stands between here and a platform, or of a platform that cannot answer now. */
const TRANSIENT_STATUS = [429, 502, 503, 504];

/** The failure that an answer other than success stands for: the platform's own problem, or what came instead. */
export function failureOfAnswer(base: string, status: number, headers: Headers, text: string): Failure {
  const problem = problemIn(headers, text);
  return problem === null ? noPlatform(base, status, headers, text) : failureOfProblem(problem, status, headers);
}

interface Problem {
  readonly code: string;
  readonly detail?: unknown;
  readonly title?: unknown;
  readonly remedy?: unknown;
  readonly errors?: unknown;
  readonly details?: unknown;
  readonly requestId?: unknown;
}

function problemIn(headers: Headers, text: string): Problem | null {
  if (!String(headers['content-type'] ?? '').startsWith('application/problem+json')) return null;
  try {
    const value: unknown = JSON.parse(text);
    const isProblem = typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
    return isProblem ? (value as Problem) : null;
  } catch {
    return null;
  }
}

function failureOfProblem(problem: Problem, status: number, headers: Headers): Failure {
  const { code, detail, title, remedy, requestId } = problem;
  const text = [detail, title].find((part) => typeof part === 'string' && part !== '');
  const after = retryAfter(headers);
  return new Failure({
    code,
    exit: exitOf(code, status),
    message: typeof text === 'string' ? text : `The platform answered ${status} (${code}).`,
    remedy: typeof remedy === 'string' ? remedy : remedyOf(code, requestId),
    details: {
      ...detailsOf(problem),
      ...(typeof requestId === 'string' ? { requestId } : {}),
      ...(after === null ? {} : { retryAfter: after }),
    },
  });
}

function remedyOf(code: string, requestId: unknown): string | undefined {
  if (code !== 'internal-error' || typeof requestId !== 'string') return undefined;
  return `Tell the platform’s operator the request id ${requestId}: its log has the rest.`;
}

function exitOf(code: string, status: number): Exit {
  // A bug there is none of this program, and may not be met a second time.
  if (code === 'internal-error') return EXIT.unavailable;
  return isProblemCode(code) ? PROBLEMS[code].exit : exitOfStatus(status);
}

/** A newer platform may have codes that this version does not know; the status still says what kind it is. */
function exitOfStatus(status: number): Exit {
  if (status === 401 || status === 403) return EXIT.denied;
  if (status === 404) return EXIT.notFound;
  if (status === 412) return EXIT.stale;
  if (status === 409) return EXIT.blocked;
  if (status === 429 || status >= 500) return EXIT.unavailable;
  return EXIT.usage;
}

/** RFC 9110, 5.6.7, in the form that is sent nowadays. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Seconds, from either form of Retry-After (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers): number | null {
  const text = headers['retry-after'];
  if (typeof text !== 'string') return null;
  if (/^\d+$/.test(text)) return Number(text);
  // Date.parse would find a year in almost anything.
  const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  const sent = Date.parse(String(headers['date'] ?? ''));
  return Number.isNaN(date) || Number.isNaN(sent) ? null : Math.max(0, (date - sent) / 1000);
}

/** Characters of an answer that are repeated, in quotes: its words are not this program's. */
const SAMPLE = 120;

function noPlatform(base: string, status: number, headers: Headers, text: string): Failure {
  const type = String(headers['content-type'] ?? 'no media type');
  const redirected = status >= 300 && status <= 399;
  const oneLined = text.replaceAll(/\s+/g, ' ').trim();
  const sample = oneLined.length > SAMPLE ? `${oneLined.slice(0, SAMPLE)}…` : oneLined;
  const after = retryAfter(headers);
  if (status === 401 || status === 403) return keptOut(base, status, type);
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: redirected
      ? `${base} answered with a redirect (${status}) to ${String(headers['location'] ?? 'nowhere')}; the token was not sent there.`
      : `${base} answered ${status} with something that is no answer of a platform (${type}): ${sample === '' ? 'nothing' : `"${sample}"`}.`,
    remedy: redirected
      ? 'If the platform moved, change the address of the context.'
      : 'Check the address of the context, and what stands between here and the platform: a proxy, a login page.',
    details: {
      status,
      contentType: type,
      permanent: !TRANSIENT_STATUS.includes(status),
      ...(after === null ? {} : { retryAfter: after }),
    },
  });
}

/** Something in front of the platform, or another server, that wants to know who asks. */
function keptOut(base: string, status: 401 | 403, contentType: string): Failure {
  return new Failure({
    code: status === 401 ? 'unauthenticated' : 'forbidden',
    exit: EXIT.denied,
    message: `${base} answered ${status}, and not as a platform does (${contentType}).`,
    remedy:
      'Check the token and the address of the context, and what stands in front of the platform: a proxy, a login.',
    details: { status, contentType, permanent: true },
  });
}

/** An answer that is well-formed and not what the operation answers. */
export function otherApi(base: string, operation: string, cause?: unknown): Failure {
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: `${base} answered something that is not of this API; is the URL right?`,
    remedy: 'Check the address of the context; storectl doctor says where it comes from.',
    details: { operation, permanent: true },
    cause,
  });
}

/** No answer, or one that broke off; a failure that is known already stays what it is. */
export function unreachable(base: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const cause = error as { readonly code?: unknown; readonly message?: unknown } | null;
  const code = String(cause?.code ?? '');
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: `${base} cannot be reached: ${reasonOf(cause)}.`,
    remedy: 'Check the address of the context and the network, and whether the platform runs.',
    details: {
      error: cause?.code ?? null,
      ...(TIME_OUTS.includes(code) ? { timedOut: true } : {}),
      ...(isTlsFault(code) ? { permanent: true } : {}),
    },
    cause: error,
  });
}

/** Whether it was connecting that took too long. */
export function isUnconnected({ details }: Failure): boolean {
  return (details as { readonly error?: unknown } | undefined)?.error === 'UND_ERR_CONNECT_TIMEOUT';
}

const TIME_OUTS = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'];

/** What two sides do not agree on now, or a certificate that is not trusted, will be the same in a second. */
function isTlsFault(code: string): boolean {
  return /^ERR_(?:SSL|TLS)_|CERT|SIGNATURE/.test(code);
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'the name cannot be looked up now',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_HEADERS_TIMEOUT: 'the answer took too long',
  ETIMEDOUT: 'the whole of the answer took too long',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what listens there speaks no TLS; an http:// address may be meant',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'what listens there speaks no TLS; an http:// address may be meant',
  UND_ERR_BODY_TIMEOUT: 'the rest of the answer took too long',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody this machine trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody this machine trusts',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function reasonOf(cause: { readonly code?: unknown; readonly message?: unknown } | null): string {
  const code = String(cause?.code ?? '');
  if (code.startsWith('HPE_')) return 'what listens there speaks no HTTP';
  return REASONS[code] ?? (oneLine(String(cause?.message ?? '')) || code || 'the connection failed');
}

/** OpenSSL says where in its own source it was (`10A8…:error:0A00010B:SSL routines:func:reason:file.c:355:`). */
function oneLine(message: string): string {
  const reason = /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1];
  return (reason ?? message).replaceAll(/\s+/g, ' ').trim();
}
