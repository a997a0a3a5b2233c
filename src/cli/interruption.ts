import { EXIT, type Exit, Failure } from '../domain/failure.ts';

export type Signal = 'SIGINT' | 'SIGTERM';

/** Standard output went away (`| head`): the end of the run, and no failure. */
export class OutputClosed extends Error {
  constructor() {
    super('standard output was closed by its reader');
    this.name = 'OutputClosed';
  }
}

/** A run that only a signal ends was ended by one: its exit says so, and there is nothing to report. */
export class StoppedOnPurpose extends Error {
  readonly exit: Exit;

  constructor(exit: Exit) {
    super('stopped by a signal');
    this.name = 'StoppedOnPurpose';
    this.exit = exit;
  }
}

/** What an interruption leaves behind, in a sentence, and what to do then. */
interface Left {
  readonly state: string | null;
  readonly remedy: string | undefined;
}

function interruptedBy(signal: Signal, { state, remedy }: Left): Failure {
  const [code, exit, message] =
    signal === 'SIGINT'
      ? (['interrupted', EXIT.interrupted, 'Interrupted.'] as const)
      : (['terminated', EXIT.terminated, 'Terminated.'] as const);
  return new Failure({ code, exit, message: state === null ? message : `${message} ${state}`, remedy });
}

/** How signals are heard while work takes the whole process; where nobody says, as at any other time. */
export interface BusyWork {
  /** Throws what `stopped` gives when a signal ended the work. */
  sync<T>(work: () => T, stopped: (signal: Signal) => unknown): T;
  async<T>(work: () => Promise<T>): Promise<T>;
}

const AS_EVER: BusyWork = { sync: (work) => work(), async: (work) => work() };

/**
 * The one place that knows whether the run was asked to stop.
 *
 * A run ends at the first signal, except inside `protect`: a write that is under way is brought to its
 * end first, since stopping in the middle would leave its outcome unknown.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #stopped: Promise<never>;
  #stop: (reason: unknown) => void = () => {};
  #protected = 0;
  #left: Left = { state: null, remedy: undefined };
  #endless = false;
  #requested: (() => unknown) | null = null;
  readonly #busyWork: BusyWork;

  constructor(busyWork: BusyWork = AS_EVER) {
    this.#busyWork = busyWork;
    this.#stopped = new Promise<never>((_, reject) => {
      this.#stop = reject;
    });
    // Nobody may be racing when the signal comes; that is not an unhandled rejection.
    this.#stopped.catch(() => {});
  }

  /** Aborted at the first signal; pass it to whatever can stop early. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** A server runs until it is stopped: from here on a signal is its end, and no interruption of anything. */
  expectToBeStopped(): void {
    this.#endless = true;
  }

  /** The command that goes on where this run stopped; shown when the run is interrupted. */
  resumeWith(command: string): void {
    this.#left = { state: null, remedy: `Go on with: ${command}` };
  }

  /** A write is under way: whoever interrupts the run now has to find out with this command what became of it. */
  findOutWith(command: string): void {
    this.#left = { state: 'Whether it was written is not known.', remedy: `Find out with: ${command}` };
  }

  /** The write is over, whatever happens to the rest of the run. */
  isDone(state: string, seenWith: string): void {
    this.#left = { state, remedy: `See: ${seenWith}` };
  }

  /** The failure that an interruption ends with, and the way to go on. */
  failure(signal: Signal): Failure {
    return interruptedBy(signal, this.#left);
  }

  /** Returns whether the run goes on to finish a protected operation; `again` asks to end at once. */
  request(signal: Signal): 'ending' | 'finishing' | 'again' {
    return this.#request(() => {
      const failure = interruptedBy(signal, this.#left);
      return this.#endless ? new StoppedOnPurpose(failure.exit) : failure;
    });
  }

  outputClosed(): void {
    this.#request(() => new OutputClosed());
  }

  /** Ends the run with an error that no promise carries. */
  fail(error: unknown): void {
    this.#stop(error);
  }

  /** Settles as `work` does, or rejects when the run is to stop, whichever is first. */
  race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {});
    return Promise.race([work, this.#stopped]);
  }

  /** Runs an operation that must not be abandoned half way. A signal meanwhile takes effect at its end. */
  async protect<T>(operation: () => Promise<T>): Promise<T> {
    this.#protected += 1;
    try {
      return await operation();
    } finally {
      this.#protected -= 1;
      if (this.#protected === 0 && this.#requested !== null) this.#stop(this.#requested());
    }
  }

  /**
   * Computes for seconds without a turn of the event loop. No handler of a signal runs meanwhile: it ends the work itself,
   * wherever that is, and no `finally` of it runs. So the work only computes, and writes nothing.
   */
  busy<T>(work: () => T): T {
    return this.#busyWork.sync(work, (signal) => {
      this.request(signal);
      return this.failure(signal);
    });
  }

  /**
   * The same of work that awaits in between: a signal ends the process at once, without a word. What it writes may be cut
   * off anywhere, as a database's transactions may be.
   */
  busyAsync<T>(work: () => Promise<T>): Promise<T> {
    return this.#busyWork.async(work);
  }

  #request(reason: () => unknown): 'ending' | 'finishing' | 'again' {
    if (this.#requested !== null) return 'again';
    this.#requested = reason;
    this.#controller.abort(reason());
    if (this.#protected > 0) return 'finishing';
    this.#stop(reason());
    return 'ending';
  }
}
