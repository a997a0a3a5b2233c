import type { Reply } from './ask.ts';

/** So many URLs of a host without an answer, one after the other, and the host is down, not the URLs. */
const MOST_IN_A_ROW = 20;

/**
 * Gives up hosts that say nothing: to wait for each of a hundred thousand URLs of a host that is down would take days, and
 * tell no more.
 */
export class Silence {
  readonly #inARow = new Map<string, number>();

  /** The answer instead of asking, where a host was given up. */
  of({ origin }: URL): Reply | undefined {
    if ((this.#inARow.get(origin) ?? 0) < MOST_IN_A_ROW) return undefined;
    return { kind: 'unreachable', why: `not asked: ${origin} gave no answer to ${MOST_IN_A_ROW} URLs in a row` };
  }

  note({ origin }: URL, { kind }: Reply): void {
    this.#inARow.set(origin, kind === 'unreachable' ? (this.#inARow.get(origin) ?? 0) + 1 : 0);
  }
}
