/** Exit codes of the program; the table in the command reference explains each. */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  pending: 3,
  denied: 4,
  notFound: 5,
  stale: 6,
  blocked: 7,
  partial: 8,
  unavailable: 9,
  interrupted: 130,
  terminated: 143,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

export interface FailureInput {
  /** Stable, kebab-case; scripts match on it. */
  readonly code: string;
  readonly exit: Exit;
  /** What is wrong and where, in one sentence. */
  readonly message: string;
  /** The way out, as something a person can do next. */
  readonly remedy?: string | undefined;
  /** JSON-serialisable facts for scripts: places, numbers, ids. */
  readonly details?: unknown;
  readonly cause?: unknown;
}

/** Every expected way to fail. Anything else that is thrown is a bug in the program. */
export class Failure extends Error {
  readonly code: string;
  readonly exit: Exit;
  readonly remedy: string | undefined;
  readonly details: unknown;

  constructor(input: FailureInput) {
    super(input.message, input.cause === undefined ? undefined : { cause: input.cause });
    this.name = 'Failure';
    this.code = input.code;
    this.exit = input.exit;
    this.remedy = input.remedy;
    this.details = input.details;
  }
}

/** A place in something a person wrote; line and column count from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** RFC 6901 JSON pointer into the document or the request body. */
  readonly pointer?: string;
}

/** One thing that is wrong in a document or an input. All of them are reported, not only the first. */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy?: string;
  readonly place?: Place;
}
