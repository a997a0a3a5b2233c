import { type ToldError, toldDetails } from '../../contract/problem-errors.ts';
import { isProblemCode, PROBLEMS, type ProblemCode } from '../../contract/problems.ts';
import { EXIT, type Exit, Failure } from '../../domain/failure.ts';

/** An RFC 9457 problem, with what this API adds to it. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly remedy?: string;
  /** What is wrong with the request, place by place. */
  readonly errors?: readonly ToldError[];
  /** What else there is to know. */
  readonly details?: unknown;
}

/** Where a failure has no code of the contract, its exit still says what kind it is. */
const STATUS_OF_EXIT: Readonly<Partial<Record<Exit, number>>> = {
  [EXIT.usage]: 422,
  [EXIT.denied]: 403,
  [EXIT.notFound]: 404,
  [EXIT.stale]: 412,
  [EXIT.blocked]: 409,
  [EXIT.unavailable]: 503,
};

/** The problem of anything that was thrown. What is no Failure is a bug, of which only the request's name is told. */
export function problemOf(error: unknown, requestId: string): ProblemBody {
  const failure = error instanceof Failure ? error : bug(requestId);
  const known = isProblemCode(failure.code) ? PROBLEMS[failure.code] : null;
  return {
    type: `urn:storectl:problem:${failure.code}`,
    title: known?.title ?? 'The request cannot be carried out',
    status: known?.status ?? STATUS_OF_EXIT[failure.exit] ?? 500,
    detail: failure.message,
    code: failure.code,
    requestId,
    ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    ...toldDetails(failure.details),
  };
}

export function problemResponse(error: unknown, requestId: string): Response {
  const body = problemOf(error, requestId);
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', ...extraHeaders(body.code, error) },
  });
}

function extraHeaders(code: string, error: unknown): Record<string, string> {
  switch (code) {
    case 'unauthenticated':
      return { 'www-authenticate': 'Bearer realm="storectl"' };
    case 'rate-limited': {
      const seconds = detail(error, 'retryAfter');
      return { 'retry-after': String(typeof seconds === 'number' ? seconds : 1) };
    }
    case 'method-not-allowed':
      return { allow: String(detail(error, 'allow') ?? '') };
    case 'store-busy':
      return { 'retry-after': '1' };
    default:
      return {};
  }
}

function detail(error: unknown, key: string): unknown {
  const details = error instanceof Failure ? error.details : null;
  return typeof details === 'object' && details !== null ? (details as Record<string, unknown>)[key] : undefined;
}

function bug(requestId: string): Failure {
  return new Failure({
    code: 'internal-error',
    exit: EXIT.bug,
    message: 'The platform met a bug; what it was doing was undone.',
    remedy: `Tell its operator the request id ${requestId}: the platform's log has the rest.`,
  });
}

/** A failure of the HTTP side itself, by its code in the contract. */
export function httpFailure(code: ProblemCode, message: string, remedy: string, details?: unknown): Failure {
  return new Failure({
    code,
    exit: PROBLEMS[code].exit,
    message,
    remedy,
    ...(details === undefined ? {} : { details }),
  });
}
