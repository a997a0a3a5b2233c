/** Spreads requests evenly: so many a second, over all that are asked at once. */
export class Pace {
  readonly #gap: number;
  readonly #now: () => number;
  #next = Number.NEGATIVE_INFINITY;

  /** @param perSecond undefined: as fast as may be; `now` is in milliseconds */
  constructor(perSecond: number | undefined, now: () => number) {
    this.#gap = perSecond === undefined ? 0 : 1000 / perSecond;
    this.#now = now;
  }

  /** Takes the next turn and gives the milliseconds until it comes. */
  takeTurn(): number {
    const now = this.#now();
    const turn = Math.max(now, this.#next);
    this.#next = turn + this.#gap;
    return turn - now;
  }
}
