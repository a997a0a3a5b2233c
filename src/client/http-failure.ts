import type { Dispatcher } from 'undici';
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
  const { code, detail, title, remedy, details, requestId } = problem;
  const known = typeof details === 'object' && details !== null && !Array.isArray(details) ? details : {};
  const after = retryAfter(headers);
  return new Failure({
    code,
    exit: isProblemCode(code) ? PROBLEMS[code].exit : exitOfStatus(status),
    message: String(detail ?? title ?? `The platform answered ${status}.`),
    remedy: typeof remedy === 'string' ? remedy : undefined,
    details: {
      ...known,
      ...(typeof requestId === 'string' ? { requestId } : {}),
      ...(after === null ? {} : { retryAfter: after }),
    },
  });
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

/** Seconds, from either form of Retry-After (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers): number | null {
  const text = headers['retry-after'];
  if (typeof text !== 'string') return null;
  if (/^\d+$/.test(text)) return Number(text);
  const date = Date.parse(text);
  const sent = Date.parse(String(headers['date'] ?? ''));
  return Number.isNaN(date) || Number.isNaN(sent) ? null : Math.max(0, (date - sent) / 1000);
}

function noPlatform(base: string, status: number, headers: Headers, text: string): Failure {
  const type = String(headers['content-type'] ?? 'no media type');
  const redirected = status >= 300 && status <= 399;
  const sample = text.replaceAll(/\s+/g, ' ').slice(0, 120);
  const after = retryAfter(headers);
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: redirected
      ? `${base} answered with a redirect (${status}) to ${String(headers['location'] ?? 'nowhere')}; the token was not sent there.`
      : `${base} answered ${status} with something that is no answer of a platform (${type}): ${sample === '' ? 'nothing' : sample}`,
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

/** No answer, or one that broke off. */
export function unreachable(base: string, error: unknown): Failure {
  const cause = error as { readonly code?: unknown; readonly message?: unknown } | null;
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: `${base} cannot be reached: ${reasonOf(cause)}.`,
    remedy: 'Check the address of the context and the network, and whether the platform runs.',
    details: { error: cause?.code ?? null, permanent: isCertificateFault(cause?.code) },
    cause: error,
  });
}

/** A certificate that is not trusted now will not be in a second. */
function isCertificateFault(code: unknown): boolean {
  return /CERT|SIGNATURE/.test(String(code ?? ''));
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'the name cannot be looked up now',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_HEADERS_TIMEOUT: 'the answer took too long',
  UND_ERR_BODY_TIMEOUT: 'the rest of the answer took too long',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody this machine trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody this machine trusts',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function reasonOf(cause: { readonly code?: unknown; readonly message?: unknown } | null): string {
  const code = String(cause?.code ?? '');
  return REASONS[code] ?? (String(cause?.message ?? '') || code || 'the connection failed');
}
