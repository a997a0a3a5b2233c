import type { Role } from '../../contract/operation.ts';
import type { Section } from '../../domain/document/sections.ts';
import type { ReservationState } from '../../domain/launches/hold.ts';
import type { NextResource } from '../../domain/plan/plan.ts';

/** What the store keeps, row by row. Texts that are JSON are canonical JSON. Instants are epoch milliseconds. */

export interface ResourceWrite {
  readonly kind: Section;
  readonly id: string;
  readonly version: number;
  /** null where it is removed. */
  readonly entry: NextResource | null;
}

export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

export interface ChangeSetRow {
  readonly sequence: number;
  readonly id: string;
  /** What lists show, as JSON; follows from `body`. */
  readonly summary: string;
  /** The change set without its two hashes, as JSON. */
  readonly body: string;
  readonly previousHash: string;
  /** SHA-256 over `previousHash` and `body`. */
  readonly hash: string;
}

export interface PlanRow {
  readonly id: string;
  /** The plan as it was answered, as JSON, with `appliedAs` null. */
  readonly body: string;
  readonly digest: string;
  /** What was asked for, as JSON: guards that depend on the clock are run on it again when it is applied. */
  readonly desired: string;
  readonly expiresAt: number;
  readonly appliedAs: string | null;
}

/** What the lines of an upload are. */
export type UploadKind = 'rules' | 'products' | 'listings';

export interface UploadRow {
  readonly id: string;
  readonly kind: UploadKind;
  readonly state: 'running' | 'succeeded' | 'cancelled';
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Lines taken, bad and blank ones included. */
  readonly received: number;
  /** Lines taken that are of its kind. */
  readonly accepted: number;
  /** Lines taken that had nothing on them. */
  readonly blank: number;
  /** The wrong lines, as JSON. */
  readonly problems: string;
  /** Lines that are in no chunk yet. */
  readonly tail: string;
  readonly content: string | null;
}

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly secretHash: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface AnswerRow {
  readonly actor: string;
  /** SHA-256 of the idempotency key. */
  readonly key: string;
  /** SHA-256 of the request that the key came with. */
  readonly request: string;
  /** The first answer, as JSON; null where it held a secret and was not kept. */
  readonly answer: string | null;
  readonly etag: string | null;
  readonly createdAt: number;
}

export interface ReservationRow {
  readonly id: string;
  readonly launch: string;
  readonly market: string;
  readonly sku: string;
  readonly buyer: string;
  readonly quantity: number;
  /** Of one unit, as it was then, as JSON. */
  readonly price: string;
  /** As it was last noted: a hold may have run out since, see `expiresAt`. */
  readonly state: ReservationState;
  readonly createdAt: number;
  /** From here a hold counts no more. */
  readonly expiresAt: number;
  /** When it was confirmed or released, or seen to have run out. */
  readonly settledAt: number | null;
  readonly actor: string;
  /** SHA-256 of the idempotency key that it came with. */
  readonly key: string;
}

/** An item of a launch in a market. */
export interface LaunchPlace {
  readonly launch: string;
  readonly market: string;
  readonly sku: string;
}

/** Units of an item in a market that are spoken for. */
export interface UnitsRow extends LaunchPlace {
  readonly held: number;
  readonly confirmed: number;
}
