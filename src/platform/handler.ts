import type { Answer, AnyOperation, HandlerOutput, OperationInput } from '../contract/operation.ts';
import type { Caller, PlatformParts } from './parts.ts';
import type { Tables } from './store/store.ts';

/** One call, as its handler sees it. */
export interface Call {
  readonly platform: PlatformParts;
  readonly caller: Caller;
  /** Do every check and write nothing. */
  readonly dryRun: boolean;
  /** SHA-256 of the idempotency key, for a handler that keeps it itself; else null. */
  readonly key: string | null;
  /**
   * Carries out the write of this call in one transaction, together with the note that its idempotency key has been
   * answered. Where another process has answered the key meanwhile, `work` does not run and that answer is given.
   */
  commit<T>(work: (tables: Tables) => Promise<Answer<T>>): Promise<Answer<T>>;
}

export type Handler<Op extends AnyOperation> = (
  call: Call,
  input: OperationInput<Op>,
) => Promise<Answer<HandlerOutput<Op>>>;
