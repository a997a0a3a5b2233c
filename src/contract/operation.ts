import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';

/** Each role may do what the ones before it may. `seller` is a shop's back end: it sells and changes nothing else. */
export const ROLES = ['viewer', 'seller', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Shape {
  (): z.ZodType | Promise<z.ZodType>;
  /** What the schema reads the value as, where it takes no schema to see that; undefined leaves it to the schema. */
  readonly plain?: (value: unknown) => object | undefined;
}

/**
 * One operation of the admin API, as data. Its schemas are loaded when they are asked for: a program that only calls
 * operations needs none of them, and building them all takes as long as starting Node.
 */
export interface OperationSpec<
  P extends Shape | undefined = Shape | undefined,
  Q extends Shape | undefined = Shape | undefined,
  B extends Shape | undefined = Shape | undefined,
  O extends Shape = Shape,
> {
  /** `topic.verb`, unique. */
  readonly name: string;
  readonly method: Method;
  /** OpenAPI path template under the platform's origin. */
  readonly path: string;
  readonly summary: string;
  /** The least role that may call it. */
  readonly role: Role;
  /** Writes carry an idempotency key; `read` never writes. */
  readonly effect: 'read' | 'write';
  /** `if-match`: the write must say which version it expects; null where the resource has none to say. */
  readonly precondition?: 'if-match';
  /** Answered with an ETag of the resource's version. */
  readonly etag?: true;
  /** The body is a stream of NDJSON lines instead of one JSON value; `body` is then the schema of one line. */
  readonly stream?: 'request' | 'response';
  /** The answer holds a secret: it is not kept for replays, which are told so instead. */
  readonly secret?: true;
  /** Its handler keeps the idempotency key with what it writes, where a table of answers would be the slower half. */
  readonly keepsKey?: true;
  /** It is called once for every buyer, so it is not held to the pace of a person or a CI job. */
  readonly traffic?: 'buyers';
  /** Status of success; 200 unless told. */
  readonly status?: 200 | 201 | 202;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly output: O;
  /** What it may fail with, besides what every operation may: see COMMON_PROBLEMS. */
  readonly problems: readonly ProblemCode[];
}

export const COMMON_PROBLEMS: readonly ProblemCode[] = [
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'rate-limited',
  'store-busy',
  'store-damaged',
  'store-unwritable',
  'store-full',
  'unavailable',
  'internal-error',
];

export type AnyOperation = OperationSpec;

type Value<S> = S extends () => infer T ? (Awaited<T> extends z.ZodType ? z.output<Awaited<T>> : never) : undefined;
type Written<S> = S extends () => infer T ? (Awaited<T> extends z.ZodType ? z.input<Awaited<T>> : never) : undefined;

/** Absent where the operation has no such part, optional where nothing in it is required. */
type Part<K extends string, V> = [V] extends [undefined]
  ? { readonly [P in K]?: undefined }
  : Record<never, never> extends V
    ? { readonly [P in K]?: V }
    : { readonly [P in K]: V };

/**
 * The body of a streamed request: blocks of its lines, each line the JSON text of one value. Blocks are of any length and mean
 * nothing; they are there because a million lines one by one cost more than what is done with them.
 */
export type LineBlocks = AsyncIterable<readonly string[]>;

/** What a caller passes: the parts that the operation has. */
export type OperationRequest<Op extends AnyOperation> = Part<'params', Written<Op['params']>> &
  Part<'query', Written<Op['query']>> &
  Part<'body', Op['stream'] extends 'request' ? LineBlocks : Written<Op['body']>> & {
    /** The ETag that must still hold, `*` for "must not exist yet" is said as null. */
    readonly ifMatch?: string | null;
    /** One per write; a retry with the same key gets the first answer. */
    readonly idempotencyKey?: string;
    readonly requestId?: string;
  };

/** What a handler gets: the same parts, validated and with defaults filled in. */
export interface OperationInput<Op extends AnyOperation> {
  readonly params: Value<Op['params']>;
  readonly query: Value<Op['query']>;
  readonly body: Op['stream'] extends 'request' ? LineBlocks : Value<Op['body']>;
  readonly ifMatch: string | null | undefined;
}

export type OperationOutput<Op extends AnyOperation> = Op['stream'] extends 'response'
  ? AsyncIterable<Value<Op['output']>>
  : Value<Op['output']>;

/** The same value, which nobody may change, at any depth. */
export type ReadonlyDeep<T> = T extends readonly (infer I)[]
  ? readonly ReadonlyDeep<I>[]
  : T extends object
    ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
    : T;

/** What a handler gives back: the output, which nobody needs to be able to change. */
export type HandlerOutput<Op extends AnyOperation> = Op['stream'] extends 'response'
  ? AsyncIterable<ReadonlyDeep<Value<Op['output']>>>
  : ReadonlyDeep<Value<Op['output']>>;

/** An answer: the value and, where the operation has one, the version's ETag. */
export interface Answer<T> {
  readonly value: T;
  readonly etag?: string;
}

/** Keeps the literal types of an operation while checking it against {@link OperationSpec}. */
export function operation<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  O extends Shape,
  const Rest extends Omit<OperationSpec, 'params' | 'query' | 'body' | 'output'>,
>(
  spec: Rest & { readonly params: P; readonly query: Q; readonly body: B; readonly output: O },
): Rest & OperationSpec<P, Q, B, O> {
  return Object.freeze(spec) as Rest & OperationSpec<P, Q, B, O>;
}
