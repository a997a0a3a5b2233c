import type { Answer, AnyOperation, OperationOutput, OperationRequest, Role } from '../contract/operation.ts';
import type { CompiledRuleset } from '../redirects/compile.ts';
import { callOperation } from './call.ts';
import { createRuleLibrary, type RuleLibrary } from './rules/rule-library.ts';
import { authenticate } from './services/authenticate.ts';
import type { WorldCache } from './services/world.ts';
import type { Store } from './store/store.ts';
import { WeightedCache } from './weighted-cache.ts';

export interface PlatformInput {
  readonly store: Store;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh unique id: a UUID where it runs for real. */
  readonly newId: () => string;
  /** The tz database version that resolves times. */
  readonly tzdb: string;
  /** The program's version. */
  readonly version: string;
}

/** What every service works with. */
export interface PlatformParts extends PlatformInput {
  readonly rules: RuleLibrary;
  /** Compiled rulesets by everything they depend on. */
  readonly compiled: WeightedCache<CompiledRuleset>;
  readonly latest: WorldCache;
  /** Keys of the writes that this process is carrying out right now. */
  readonly inFlight: Set<string>;
}

/** Who calls: the name that goes to the audit trail, and what it may do. */
export interface Caller {
  readonly actor: string;
  readonly role: Role;
}

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
  const parts: PlatformParts = {
    ...input,
    rules: createRuleLibrary(input.store),
    compiled: new WeightedCache(MOST_COMPILED),
    latest: { world: null },
    inFlight: new Set(),
  };
  return {
    id: input.store.platformId,
    now: input.now,
    call: (operation, request, caller) => callOperation(parts, operation, request, caller),
    authenticate: (secret) => authenticate(parts, secret),
    close: () => input.store.close(),
  };
}
