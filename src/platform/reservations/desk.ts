import { setImmediate as nextTurn } from 'node:timers/promises';
import { EXIT, Failure } from '../../domain/failure.ts';
import { readWorld, type WorldCache } from '../services/world.ts';
import type { ReservationRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Ask } from './ask.ts';

interface DeskParts {
  readonly store: Store;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly latest: WorldCache;
}

interface Waiting {
  readonly ask: Ask;
  readonly resolve: (row: ReservationRow) => void;
  readonly reject: (error: unknown) => void;
}

/** So many share one transaction: enough that a disk is not the limit, few enough that none waits long for its turn. */
const AT_ONCE = 512;
/** Beyond this the answer would come too late to be of use. */
const MOST_WAITING = 20_000;

/**
 * Takes reservations one after the other, many in one transaction ("group commit"): what arrives while a transaction is
 * under way shares the next one. Each is decided on what is there once those before it are done, and answered when
 * the transaction is on the disk. The store's one writer keeps several processes apart.
 */
export class ReservationDesk {
  readonly #parts: DeskParts;
  #waiting: Waiting[] = [];
  #serving = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** @throws Failure with why it is refused, or `store-busy` where too many wait already */
  async carryOut(ask: Ask): Promise<ReservationRow> {
    if (this.#waiting.length >= MOST_WAITING) throw tooMany();
    const { promise, resolve, reject } = Promise.withResolvers<ReservationRow>();
    this.#waiting.push({ ask, resolve, reject });
    if (!this.#serving) void this.#serve();
    return promise;
  }

  async #serve(): Promise<void> {
    this.#serving = true;
    while (this.#waiting.length > 0) {
      // Whoever has arrived meanwhile gets a place in this round.
      await nextTurn();
      await this.#round(this.#waiting.splice(0, AT_ONCE));
    }
    this.#serving = false;
  }

  async #round(round: readonly Waiting[]): Promise<void> {
    try {
      // Every start makes a desk, and few reserve.
      const { openLedger } = await import('./ledger.ts');
      const outcomes = await this.#parts.store.write(async (tables) => {
        const { documents } = await readWorld(this.#parts, tables);
        const asks = round.map(({ ask }) => ask);
        const ledger = await openLedger({ tables, documents, at: this.#parts.now() }, asks);
        const decided = asks.map((ask) => outcomeOf(() => ledger.decide(ask)));
        await ledger.write();
        return decided;
      });
      for (const [index, { resolve, reject }] of round.entries()) {
        const outcome = outcomes[index];
        if (outcome?.row !== undefined) resolve(outcome.row);
        else reject(outcome?.error);
      }
    } catch (error) {
      for (const { reject } of round) reject(error);
    }
  }
}

/** What one comes to; a refusal, or a bug met with one, is nothing to its neighbours. */
function outcomeOf(decide: () => ReservationRow): { readonly row?: ReservationRow; readonly error?: unknown } {
  try {
    return { row: decide() };
  } catch (error) {
    return { error };
  }
}

function tooMany(): Failure {
  return new Failure({
    code: 'store-busy',
    exit: EXIT.unavailable,
    message: `${MOST_WAITING} reservations wait already.`,
    remedy: 'Try again in a moment, with the same Idempotency-Key.',
  });
}
