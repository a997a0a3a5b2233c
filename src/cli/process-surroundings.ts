import { homedir, userInfo } from 'node:os';
import type { Exit } from '../domain/failure.ts';
import { busyWorkOf } from './busy-work.ts';
import { openClientWhenNeeded } from './connection.ts';
import { Interruption, type Signal } from './interruption.ts';
import type { Surroundings } from './surroundings.ts';

/** Set by a parent that passes signals on, which a terminal sends to both. */
const PARENT = 'STORECTL_PARENT_FD';

/** Milliseconds within which the same signal from terminal and parent is one. */
const AT_ONCE = 100;

const EXIT_OF = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * The running process as a command's surroundings, with its signals and its end. Only this class, its `busy-work` and `main` touch `process`,
 * and its streams not before they are used: making the three takes Node 5 ms.
 */
export class ProcessSurroundings implements Surroundings {
  readonly env = process.env;
  readonly cwd = process.cwd();
  readonly platform = process.platform;
  readonly interruption = new Interruption(busyWorkOf(() => this.#restoreTerminal()));
  readonly secrets = new Set<string>();
  readonly now = Date.now;
  readonly openClient = openClientWhenNeeded;
  readonly #doubled = process.env[PARENT] !== undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #working = true;
  #stdinUsed = false;
  #stderrUsed = false;

  get home(): string {
    return homedir();
  }

  get user(): string {
    try {
      return userInfo().username;
    } catch {
      // A container may run under a number that has no name.
      return `uid ${process.getuid?.() ?? 'unknown'}`;
    }
  }

  get stdin(): NodeJS.ReadStream {
    this.#stdinUsed = true;
    return process.stdin;
  }

  get stdout(): NodeJS.WriteStream {
    return process.stdout;
  }

  get stderr(): NodeJS.WriteStream {
    if (!this.#stderrUsed) {
      this.#stderrUsed = true;
      // Without a standard error there is nobody to tell.
      process.stderr.on('error', () => {});
    }
    return process.stderr;
  }

  /** Turns signals, and a reader of standard output that went away, into the end of the run. */
  listenForTheEnd(): void {
    // What this process starts is not the parent's.
    delete process.env[PARENT];
    this.interruption.signal.addEventListener('abort', () => {
      this.#askedAt = performance.now();
    });
    process.on('SIGINT', () => this.#onSignal('SIGINT'));
    process.on('SIGTERM', () => this.#onSignal('SIGTERM'));
    // A limit on the size of files (ulimit -f) ends a process unless it hears of it; heard, the write fails and is told.
    if (this.platform !== 'win32') process.on('SIGXFSZ', () => {});
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') this.interruption.outputClosed();
      // Any other error reaches whoever waits for the write.
    });
  }

  /** Ends the process once both streams have taken everything, however slow their readers are. */
  async finish(exit: Exit): Promise<never> {
    this.#working = false;
    await drained(process.stdout);
    if (this.#stderrUsed) await drained(process.stderr);
    this.#restoreTerminal();
    process.exit(exit);
  }

  #onSignal(signal: Signal): void {
    if (this.#doubled && performance.now() - this.#askedAt < AT_ONCE) return;
    this.#askedAt = performance.now();
    const state = this.#working ? this.interruption.request(signal) : 'again';
    if (state === 'finishing') {
      this.stderr.write('\nFinishing what is being written; interrupt again to end at once.\n');
    }
    // Asked twice, or only waiting for a slow reader: there is nothing left to save.
    if (state === 'again') {
      this.#restoreTerminal();
      process.exit(EXIT_OF[signal]);
    }
  }

  /** A prompt or a spinner may have left the terminal raw or without its cursor. */
  #restoreTerminal(): void {
    if (this.#stdinUsed && process.stdin.isTTY && process.stdin.isRaw) process.stdin.setRawMode(false);
    if (this.#stderrUsed && process.stderr.isTTY) process.stderr.write('\u001b[?25h');
  }
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}
