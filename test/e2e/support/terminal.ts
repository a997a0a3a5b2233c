import { spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { shellLine } from '../../../src/cli/prompts/shell-quote.ts';
import { environment, PROGRAM } from './installed.ts';

/**
 * A pseudo-terminal by script(1) of util-linux, which every Debian has; tests that need one are skipped, and say so,
 * where it is missing.
 */
export const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

export interface TerminalOptions {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Terminal {
  /** Everything shown so far, escapes included. */
  raw(): string;
  /** Everything shown so far as a person reads it. */
  text(): string;
  /** Resolves when the text is shown; rejects when the program ends without it. */
  shows(text: string): Promise<void>;
  type(keys: string): void;
  /** The exit code. */
  readonly ended: Promise<number>;
}

export const CTRL_C = '\u0003';
export const ENTER = '\r';

/** Starts the installed program in a terminal of its own. */
export function inTerminal(argv: readonly string[], { columns = 80, env = {} }: TerminalOptions = {}): Terminal {
  const command = `stty rows 24 columns ${columns}; exec ${shellLine([process.execPath, PROGRAM, ...argv])}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env: environment(env) });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let shown = '';
  let wake = () => {};
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    wake();
  });
  let over = false;
  const ended = new Promise<number>((done) => {
    child.on('close', (code) => {
      over = true;
      wake();
      done(code ?? -1);
    });
  });
  const text = () => stripVTControlCharacters(shown).replaceAll('\r\n', '\n');
  return {
    raw: () => shown,
    text,
    ended,
    type: (keys) => child.stdin.write(keys),
    shows: async (wanted) => {
      while (!text().includes(wanted)) {
        if (over) throw new Error(`The program ended and did not show ${JSON.stringify(wanted)}:\n${text()}`);
        await new Promise<void>((next) => {
          wake = next;
        });
      }
    },
  };
}
