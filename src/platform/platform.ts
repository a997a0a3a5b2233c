import type { Answer, AnyOperation, OperationOutput, OperationRequest } from '../contract/operation.ts';
import { callOperation } from './call.ts';
import { createRuleLibrary } from './contents/rule-library.ts';
import { createSkuLibrary } from './contents/sku-library.ts';
import type { Caller, PlatformInput, PlatformParts } from './parts.ts';
import { ReservationDesk } from './reservations/desk.ts';
import { authenticate } from './services/authenticate.ts';
import { WeightedCache } from './weighted-cache.ts';

/** The admin API, with no HTTP in it. */
export interface Platform {
  readonly id: string;
  readonly now: () => number;
  /** Throws Failure with one of the operation's problem codes, or a common one. */
  call<Op extends AnyOperation>(
    operation: Op,
    request: OperationRequest<Op>,
    caller: Caller,
  ): Promise<Answer<OperationOutput<Op>>>;
  /** Who holds this bearer secret; null where nobody does (any more). */
  authenticate(secret: string): Promise<Caller | null>;
  close(): Promise<void>;
}

/** How many rules are kept compiled. */
const MOST_COMPILED = 500_000;

export function createPlatform(input: PlatformInput): Platform {
  const latest = { world: null };
  const parts: PlatformParts = {
    ...input,
    rules: createRuleLibrary(input.store),
    skus: createSkuLibrary(input.store),
    compiled: new WeightedCache(MOST_COMPILED),
    latest,
    desk: new ReservationDesk({ ...input, latest }),
    inFlight: new Set(),
    tokenUses: new Map(),
    tokenLookUps: new Map(),
  };
  return {
    id: input.store.platformId,
    now: input.now,
    call: (operation, request, caller) => callOperation(parts, operation, request, caller),
    authenticate: (secret) => authenticate(parts, secret),
    close: () => input.store.close(),
  };
}
