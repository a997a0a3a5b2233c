import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'support/busy.mjs');

interface Busy {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  /** Of the process that is busy. */
  readonly pid: number;
  readonly ended: Promise<{ readonly exit: number | string | null; readonly stdout: string }>;
}

async function busy(how: string): Promise<Busy> {
  const child = spawn(process.execPath, [PROGRAM, how], { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  const ended = new Promise<Awaited<Busy['ended']>>((done) => {
    child.on('exit', (code, signal) => done({ exit: code ?? signal, stdout }));
  });
  const pid = await new Promise<number>((found) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const said = /busy (\d+)/.exec(stdout)?.[1];
      if (said !== undefined) found(Number(said));
    });
  });
  onTestFinished(() => {
    for (const one of [child.pid ?? pid, pid]) if (runs(one)) process.kill(one, 'SIGKILL');
  });
  return { child, pid, ended };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('work that lets no handler run', () => {
  it('is cut short by Ctrl-C, with the failure of an interruption and all handlers back', async () => {
    const { child, ended } = await busy('sync');
    child.kill('SIGINT');
    const { exit, stdout } = await ended;
    expect(stdout).toContain('interrupted 1 1');
    expect(exit).toBe(130);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends by %s at once where it awaits in between', async (signal) => {
    const { child, ended } = await busy('async');
    child.kill(signal);
    expect((await ended).exit).toBe(signal);
  });

  it('ends by SIGTERM at once', async () => {
    const { child, ended } = await busy('sync');
    child.kill('SIGTERM');
    expect((await ended).exit).toBe('SIGTERM');
  });
});

describe.skipIf(process.platform === 'win32')('a process that starts the program with a Node of its own', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends a child that is deaf at the second %s, with %i', async (signal, exit) => {
    const { child, pid, ended } = await busy('wrapped');
    child.kill(signal);
    await pause(200);
    expect(runs(pid)).toBe(true);
    child.kill(signal);
    expect((await ended).exit).toBe(exit);
    expect(runs(pid)).toBe(false);
  });

  it('takes its child along when it is killed', async () => {
    const { child, pid, ended } = await busy('wrapped');
    child.kill('SIGKILL');
    await ended;
    while (runs(pid)) await pause(20);
  });
});
