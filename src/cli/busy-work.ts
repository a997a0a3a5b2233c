import type { BusyWork } from './interruption.ts';

/** A script takes no arguments, and a context of its own would take milliseconds to make. */
const WORK = Symbol.for('storectl.busy-work');
const RUN = `globalThis[Symbol.for('storectl.busy-work')]()`;

const CUT_SHORT = 'ERR_SCRIPT_EXECUTION_INTERRUPTED';

/**
 * Signals of the process while its one thread is busy. Handlers in JavaScript would wait for the end of the work, so
 * Ctrl-C is heard by the watchdog that Node has for its REPL, and SIGTERM keeps its default action.
 *
 * @param beforeTheEnd restores the terminal: afterwards a signal may end the process without a further step
 */
export function busyWorkOf(beforeTheEnd: () => void): BusyWork {
  return {
    sync(work, stopped) {
      const { runInThisContext } = process.getBuiltinModule('node:vm');
      const heard = silence(['SIGTERM']);
      Reflect.set(globalThis, WORK, work);
      try {
        return runInThisContext(RUN, { breakOnSigint: true });
      } catch (error) {
        throw isCutShort(error) ? stopped('SIGINT') : error;
      } finally {
        heard();
      }
    },
    async async(work) {
      beforeTheEnd();
      const heard = silence(['SIGINT', 'SIGTERM']);
      try {
        return await work();
      } finally {
        heard();
      }
    },
  };
}

function isCutShort(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === CUT_SHORT;
}

/** Takes the handlers of signals away, and gives a way to put them back. */
function silence(signals: readonly NodeJS.Signals[]): () => void {
  const taken = signals.map((signal) => {
    const listeners = process.listeners(signal);
    process.removeAllListeners(signal);
    return { signal, listeners };
  });
  return () => {
    for (const { signal, listeners } of taken) for (const listener of listeners) process.on(signal, listener);
  };
}
