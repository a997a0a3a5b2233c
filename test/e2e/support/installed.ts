import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../cli/support/in-process.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What is installed as `storectl`. It is what the last build made; `npm ci` and `npm run build` make it. */
export const PROGRAM = join(root, 'bin/run.js');

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Written to standard input, which is then closed. */
  readonly stdin?: string;
}

export interface ProcessEnded {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the name of the signal that ended it. */
  readonly exit: number | string;
}

/** Runs the installed program to its end, its three streams being pipes. */
export async function storectl(argv: readonly string[], options: ProcessOptions = {}): Promise<ProcessEnded> {
  const child = start(argv, options);
  const ended = endOf(child);
  child.stdin.end(options.stdin ?? '');
  return ended;
}

/** Starts the installed program; it is killed with the test if it still runs then. */
export function start(argv: readonly string[], options: ProcessOptions = {}): ChildProcessWithoutNullStreams {
  if (!existsSync(join(root, 'dist/start.js'))) throw new Error('Build first: npm run build');
  const child = spawn(process.execPath, [PROGRAM, ...argv], {
    cwd: options.cwd ?? temporaryFolder(),
    env: environment(options.env),
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

export async function endOf(child: ChildProcessWithoutNullStreams): Promise<ProcessEnded> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // The program may have ended before it read its input.
  child.stdin.on('error', () => {});
  const exit = await new Promise<number | string>((done) => {
    child.on('close', (code, signal) => done(code ?? signal ?? 'unknown'));
  });
  return { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), exit };
}

/** Nothing of the machine's own settings, and nothing that a CI system sets. */
export function environment(own: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nowhere',
    TERM: 'xterm-256color',
    STORECTL_HOME: own['STORECTL_HOME'] ?? temporaryFolder(),
    ...own,
  };
}
