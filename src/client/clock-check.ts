import type { ClientOptions } from './client.ts';

/** Milliseconds by which the clocks may differ: schedules are shown by the minute. */
const TOLERANCE = 60_000;

/** Holds the platform's Date (RFC 9110, 6.6.1) against this machine's clock, and warns once. */
export class ClockCheck {
  readonly #options: ClientOptions;
  #warned = false;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** @param took milliseconds that the request took: the answer's date lies somewhere in them. */
  see(date: string | string[] | undefined, took: number): void {
    const there = typeof date === 'string' ? Date.parse(date) : Number.NaN;
    if (this.#warned || Number.isNaN(there)) return;
    const here = (this.#options.now ?? Date.now)();
    const ahead = here - there;
    if (Math.abs(ahead) <= TOLERANCE + took) return;
    this.#warned = true;
    const seconds = Math.round(Math.abs(ahead) / 1000);
    this.#options.onWarning?.(
      `this machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the platform's; instants given as "now" are the platform's`,
    );
  }
}
