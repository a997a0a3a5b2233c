/** What a write is told that waited longer than its patience for the writes before it. */
export class WaitedTooLong extends Error {}

/**
 * The writes of this process, one after the other. A write's patience counts from when it was asked for, whatever it
 * waits for: the writes before it here, and then the writers of other processes.
 */
export class WriteTurns {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #deadline = 0;

  /** Milliseconds that the write whose turn it is may still wait; none or less once its patience is at its end. */
  left(): number {
    return this.#deadline - now();
  }

  /** @throws WaitedTooLong where the writes before it took longer than `patience` milliseconds */
  async take<T>(patience: number, write: () => Promise<T>): Promise<T> {
    const deadline = now() + patience;
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    const alone = this.#waiting === 0;
    this.#waiting += 1;
    try {
      if (!alone && !(await endsWithin(before, patience))) throw new WaitedTooLong();
      this.#deadline = deadline;
      return await write();
    } finally {
      this.#waiting -= 1;
      // One that gave up must not let those behind it pass those before it.
      void before.then(turn.resolve);
    }
  }
}

async function endsWithin(turn: Promise<void>, milliseconds: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, milliseconds, false);
  void turn.then(() => resolve(true));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds on a clock that nobody sets. The global `performance` takes 4 ms to load. */
function now(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
