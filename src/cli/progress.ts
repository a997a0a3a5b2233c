import type { Ora } from 'ora';
import { escapeControls } from '../domain/escape.ts';
import { write } from './output/write.ts';
import type { Surroundings } from './surroundings.ts';

/** Milliseconds between two lines of progress where nothing can be redrawn. */
const BETWEEN_LINES = 10_000;

export interface ProgressOptions {
  readonly quiet: boolean;
}

/**
 * What is being done, on standard error: one redrawn line on a terminal, else a plain line at most every ten
 * seconds, and nothing at all with --quiet. Cheap to call often.
 */
export class Progress {
  readonly #surroundings: Surroundings;
  readonly #quiet: boolean;
  readonly #redraws: boolean;
  #spinner: Ora | null = null;
  #opening = false;
  #latest = '';
  #lastLineAt: number | null = null;

  constructor(surroundings: Surroundings, options: ProgressOptions) {
    this.#surroundings = surroundings;
    this.#quiet = options.quiet;
    const { stderr, env } = surroundings;
    // A terminal of zero columns makes every redraw a new line, without end.
    this.#redraws = stderr.isTTY === true && env['TERM'] !== 'dumb' && (stderr.columns ?? 1) > 0;
  }

  /** Says what is being done now. */
  update(text: string): void {
    if (this.#quiet) return;
    this.#latest = escapeControls(text);
    if (this.#redraws) this.#redraw();
    else this.#line();
  }

  /** Takes the line away; whatever follows starts on a clean one. */
  stop(): void {
    this.#spinner?.stop();
    this.#spinner = null;
    this.#latest = '';
  }

  #redraw(): void {
    if (this.#spinner !== null) {
      this.#spinner.text = this.#latest;
      return;
    }
    if (this.#opening) return;
    this.#opening = true;
    void import('ora').then(({ default: ora }) => {
      this.#opening = false;
      // Stopped while ora was loading.
      if (this.#latest === '') return;
      this.#spinner = ora({
        text: this.#latest,
        stream: this.#surroundings.stderr,
        // ora would take the terminal's input, and Ctrl-C with it.
        discardStdin: false,
        // Whether this is a terminal was asked above; ora would ask the process's own environment, CI among it.
        isEnabled: true,
      }).start();
    });
  }

  #line(): void {
    const now = this.#surroundings.now();
    // The first update starts the clock: work that ends within ten seconds needs no line.
    this.#lastLineAt ??= now;
    if (now - this.#lastLineAt < BETWEEN_LINES) return;
    this.#lastLineAt = now;
    void write(this.#surroundings.stderr, `${this.#latest}\n`).catch(() => {});
  }
}
