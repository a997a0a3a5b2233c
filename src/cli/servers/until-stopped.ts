import { EXIT } from '../../domain/failure.ts';
import type { StreamAnswer } from '../answer.ts';
import type { Interruption } from '../interruption.ts';
import { jsonText } from '../output/json.ts';

export interface Server {
  /** Said on standard output once the server listens, with its line end: for people or for programs. */
  readonly line: string;
  /** What else people are told. */
  readonly say: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Requests that are being answered are answered before the run ends. */
  readonly graceful: boolean;
}

/** The one line that a server's run has for standard output: where it listens. */
export function startLine(data: { readonly url: string; readonly [fact: string]: unknown }, asJson: boolean): string {
  return asJson ? `${jsonText({ data, warnings: [] })}\n` : `${data.url}\n`;
}

/** The answer of a command that runs until a signal ends it, with that signal's exit and nothing more to say. */
export function untilStopped(interruption: Interruption, server: Server): StreamAnswer {
  interruption.expectToBeStopped();
  const stopped = aborted(interruption.signal).then(() => server.stop());
  // A fault while stopping is told by whoever waits; without anyone waiting the process ends anyway.
  stopped.catch(() => {});
  async function* chunks(): AsyncGenerator<string> {
    yield server.line;
    const serving = async (): Promise<void> => {
      await server.say();
      await stopped;
    };
    await (server.graceful ? interruption.protect(serving) : serving());
  }
  return { kind: 'stream', chunks: chunks(), exit: EXIT.done };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
