import type { Role } from '../contract/operation.ts';
import type { CompiledRuleset } from '../redirects/compile.ts';
import type { RuleLibrary } from './contents/rule-library.ts';
import type { SkuLibrary } from './contents/sku-library.ts';
import type { ReservationDesk } from './reservations/desk.ts';
import type { WorldCache } from './services/world.ts';
import type { TokenRow } from './store/rows.ts';
import type { Store } from './store/store.ts';
import type { WeightedCache } from './weighted-cache.ts';

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
  readonly skus: SkuLibrary;
  /** Compiled rulesets by everything they depend on. */
  readonly compiled: WeightedCache<CompiledRuleset>;
  readonly latest: WorldCache;
  readonly desk: ReservationDesk;
  /** Keys of the writes that this process is carrying out right now. */
  readonly inFlight: Set<string>;
  /** When this process last tried to note a token's use, by the token's id; epoch milliseconds. */
  readonly tokenUses: Map<string, number>;
  /** Look-ups of tokens that were begun in this turn of the process, by the hash of the secret. */
  readonly tokenLookUps: Map<string, Promise<TokenRow | null>>;
}

/** Who calls: the name that goes to the audit trail, and what it may do. */
export interface Caller {
  readonly actor: string;
  readonly role: Role;
}
