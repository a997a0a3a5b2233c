import type { Answer, AnyOperation, OperationOutput, OperationRequest } from '../contract/operation.ts';
import type { Target } from './target.ts';

/** The admin API, wherever the platform is. */
export interface Client {
  readonly target: Target;
  /**
   * Carries out one operation. Writes get an idempotency key where the request has none, so that what is sent again
   * is done once. Throws Failure with the operation's problem code, or `unavailable`.
   */
  call<Op extends AnyOperation>(operation: Op, request?: OperationRequest<Op>): Promise<Answer<OperationOutput<Op>>>;
  /** Every item of a list, page by page as they are asked for. A page that fails is an error, never an end. */
  listAll<Op extends ListOperation>(
    operation: Op,
    request?: Omit<OperationRequest<Op>, 'query'>,
  ): AsyncGenerator<ItemOf<Op>>;
  close(): Promise<void>;
}

/** An operation that answers in pages. */
export type ListOperation = AnyOperation & { readonly name: `${string}.list` };

export type ItemOf<Op extends AnyOperation> =
  OperationOutput<Op> extends { readonly items: readonly (infer Item)[] } ? Item : never;

export interface ClientOptions {
  /** Who the audit trail says it was, on the embedded platform. */
  readonly actor: string;
  /** The program's version: told to platforms, and the embedded one's own. */
  readonly version: string;
  /** Epoch milliseconds; the clock unless told. */
  readonly now?: () => number;
  /** Fresh unique ids: UUIDs unless told. */
  readonly newId?: () => string;
  /** Milliseconds that an ordinary answer may take to begin; everything else about time follows from it. */
  readonly timeout?: number;
  /** How to wait between attempts; a timer unless told. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Told of what a person should know although the call went on, such as a clock that is wrong. */
  readonly onWarning?: (message: string) => void;
  /** Told at once what a call is waiting for, where that takes long. */
  readonly onWaiting?: (message: string) => void;
  /** One line per request and retry, without any secret. */
  readonly onDebug?: (line: string) => void;
}

/** Carries requests to a platform; knows nothing of keys and pages. */
export interface Transport {
  send<Op extends AnyOperation>(operation: Op, request: OperationRequest<Op>): Promise<Answer<OperationOutput<Op>>>;
  close(): Promise<void>;
}
