import { homedir } from 'node:os';
import type { Exit } from '../domain/failure.ts';
import { openClientWhenNeeded } from './connection.ts';
import { Interruption, type Signal } from './interruption.ts';
import type { Surroundings } from './surroundings.ts';

/** The real world. Nothing but this file and `main` touches `process`. */
export function processSurroundings(): Surroundings {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    now: () => Date.now(),
    interruption: new Interruption(),
    secrets: new Set(),
    openClient: openClientWhenNeeded,
  };
}

const EXIT_OF = { SIGINT: 130, SIGTERM: 143 } as const;

/** Turns signals and a reader that went away into the end of the run. Returns what `finish` needs to know. */
export function listenForTheEnd({ interruption }: Surroundings): { readonly done: () => void } {
  let working = true;
  const onSignal = (signal: Signal) => {
    const state = working ? interruption.request(signal) : 'again';
    // Asked twice, or only waiting for a slow reader: there is nothing left to save.
    if (state === 'again') {
      restoreTerminal();
      process.exit(EXIT_OF[signal]);
    }
    if (state === 'finishing') {
      process.stderr.write('\nFinishing what is being written; interrupt again to end at once.\n');
    }
  };
  process.on('SIGINT', () => onSignal('SIGINT'));
  process.on('SIGTERM', () => onSignal('SIGTERM'));

  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interruption.outputClosed();
    // Any other error reaches the writer that waits for its write.
  });
  // Without a standard error there is nobody to tell.
  process.stderr.on('error', () => {});
  return {
    done: () => {
      working = false;
    },
  };
}

/** Ends the process once both streams have taken everything, however slow their readers are. */
export async function finish(exit: Exit): Promise<never> {
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  restoreTerminal();
  process.exit(exit);
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}

/** A prompt or a spinner may have left the terminal raw or without its cursor. */
function restoreTerminal(): void {
  if (process.stdin.isTTY && process.stdin.isRaw) process.stdin.setRawMode(false);
  if (process.stderr.isTTY) process.stderr.write('\u001b[?25h');
}
