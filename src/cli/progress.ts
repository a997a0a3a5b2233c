import type { Ora } from 'ora';
import { escapeControls } from '../domain/escape.ts';
import { write } from './output/write.ts';
import type { Surroundings } from './surroundings.ts';

/** Milliseconds between two lines of progress where nothing can be redrawn. */
const BETWEEN_LINES = 10_000;

/** Milliseconds before the line begins to move: loading the spinner takes longer than most commands do. */
const UNTIL_SPINNER = 250;

/** To the beginning of a line that is cleared. */
const FROM_START = '\r\u001b[K';

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
  #opening: NodeJS.Timeout | null = null;
  /** Whether a line stands that no spinner has drawn. */
  #standing = false;
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
    if (this.#opening !== null) clearTimeout(this.#opening);
    this.#opening = null;
    this.#clear();
    this.#spinner?.stop();
    this.#spinner = null;
    this.#latest = '';
  }

  #redraw(): void {
    if (this.#spinner !== null) {
      this.#spinner.text = this.#latest;
      return;
    }
    this.#draw();
    this.#opening ??= setTimeout(() => void this.#open(), UNTIL_SPINNER).unref();
  }

  async #open(): Promise<void> {
    const { default: ora } = await import('ora');
    // Stopped while ora was loading, and perhaps begun again.
    if (this.#latest === '' || this.#spinner !== null) return;
    this.#clear();
    this.#spinner = ora({
      text: this.#latest,
      stream: this.#surroundings.stderr,
      // ora would take the terminal's input, and Ctrl-C with it.
      discardStdin: false,
      // Whether this is a terminal was asked above; ora would ask the process's own environment, CI among it.
      isEnabled: true,
    }).start();
  }

  /** At once, and not when the spinner is loaded: work that takes the whole process lets nothing be loaded. */
  #draw(): void {
    const { stderr } = this.#surroundings;
    this.#send(`${FROM_START}${this.#latest.slice(0, (stderr.columns ?? 1) - 1)}`);
    this.#standing = true;
  }

  #clear(): void {
    if (this.#standing) this.#send(FROM_START);
    this.#standing = false;
  }

  #send(text: string): void {
    void write(this.#surroundings.stderr, text).catch(() => {});
  }

  #line(): void {
    const now = this.#surroundings.now();
    // The first update starts the clock: work that ends within ten seconds needs no line.
    this.#lastLineAt ??= now;
    if (now - this.#lastLineAt < BETWEEN_LINES) return;
    this.#lastLineAt = now;
    this.#send(`${this.#latest}\n`);
  }
}
