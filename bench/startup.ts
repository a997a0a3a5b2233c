import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * How long the program takes to start, as a ratio to bare Node. Runs are interleaved, so that a busy machine
 * slows all of them alike, and the median is taken.
 */
const RUNS = Number(process.argv[2] ?? 31);
const program = join(import.meta.dirname, '..', 'bin', 'run.js');

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  /** The ratio that is promised. */
  readonly limit: number | null;
}

const CASES: readonly Case[] = [
  { name: 'node -e 0', args: ['-e', '0'], limit: null },
  { name: 'storectl --version', args: [program, '--version'], limit: 2.5 },
  { name: 'storectl --help', args: [program, '--help'], limit: 2.5 },
  { name: 'storectl contexts list', args: [program, 'contexts', 'list'], limit: null },
  { name: 'storectl sites list (embedded)', args: [program, 'sites', 'list'], limit: 4 },
];

function timed(args: readonly string[], home: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, STORECTL_HOME: home } });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function main(): void {
  const home = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
  try {
    const times = CASES.map((): number[] => []);
    // The first round fills the compile cache and is not counted.
    for (let run = -1; run < RUNS; run += 1) {
      for (const [index, { args }] of CASES.entries()) {
        const time = timed(args, home);
        if (run >= 0) times[index]?.push(time);
      }
    }
    const bare = median(times[0] ?? []);
    console.log('what\tmilliseconds\tratio\tlimit');
    for (const [index, { name, limit }] of CASES.entries()) {
      const own = median(times[index] ?? []);
      console.log([name, own.toFixed(1), (own / bare).toFixed(2), limit ?? ''].join('\t'));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

main();
