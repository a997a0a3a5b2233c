import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Row, table } from './table.ts';

/**
 * How long the program takes to start, as a ratio to bare Node. Runs are interleaved, so that a busy machine
 * slows all of them alike, and the median is taken.
 */
const RUNS = Number(process.argv[2] ?? 31);
const root = join(import.meta.dirname, '..');
const program = join(root, 'bin', 'run.js');
/** What the reads are of: a few markets and sites, a shutdown with its redirects, an exception. */
const DOCUMENT = join(root, 'examples', 'poco-2024', 'storectl.yaml');
const CONFIRMED = 'poco-2024';
/** The context of the platform that is served beside the runs. */
const SERVED = 'served';

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  /** The ratio that is promised. */
  readonly limit: number | null;
}

const CASES: readonly [Case, ...Case[]] = [
  { name: 'node -e 0', args: ['-e', '0'], limit: null },
  { name: 'storectl --version', args: [program, '--version'], limit: 2.5 },
  { name: 'storectl --help', args: [program, '--help'], limit: 2.5 },
  { name: 'storectl contexts list', args: [program, 'contexts', 'list'], limit: null },
  read('sites', 'list'),
  { name: 'storectl sites list (served)', args: [program, 'sites', 'list', '--context', SERVED], limit: 4 },
  read('sites', 'show', 'poco-gb'),
  read('markets', 'show', 'gb'),
  read('shutdowns', 'show', 'poco-2024'),
  read('changes', 'list'),
  read('status'),
  read('timeline'),
  // What a closed site's visitor gets takes the engine that makes rules ready.
  { ...read('explain', 'https://po.co/uk/'), limit: null },
];

/** A read of the platform inside the process: what is typed most. */
function read(...command: readonly string[]): Case {
  return { name: `storectl ${command.join(' ')}`, args: [program, ...command], limit: 4 };
}

function timed(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
  return performance.now() - start;
}

/** Serves the platform of `env`, with something on it, on a free port, and makes a context that may read it. */
async function serve(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const run = (args: readonly string[], input = '') =>
    execFileSync(process.execPath, [program, ...args, '--no-input'], { env, input, encoding: 'utf8', stdio: 'pipe' });
  run(['apply', '-f', DOCUMENT, '--yes', '--confirm', CONFIRMED, '--reason', 'benchmark']);
  const token = run(['platform', 'token', 'create', 'bench', '--role', 'viewer', '--yes']);
  const server = spawn(process.execPath, [program, 'platform', 'serve', '--port', '0', '--quiet'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [url]: unknown[] = await once(server.stdout.setEncoding('utf8'), 'data');
  run(['contexts', 'add', SERVED, '--url', String(url).trim(), '--token-file', '-'], token);
  return server;
}

async function stop(server: ChildProcess | undefined): Promise<void> {
  if (server?.kill() === true) await once(server, 'exit');
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;

function measure(env: NodeJS.ProcessEnv): readonly (readonly number[])[] {
  const times = CASES.map((): number[] => []);
  // The first round fills the compile cache and is not counted.
  for (let run = -1; run < RUNS; run += 1) {
    for (const [index, { args }] of CASES.entries()) {
      const time = timed(args, env);
      if (run >= 0) times[index]?.push(time);
    }
  }
  return times;
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
  const env = { ...process.env, STORECTL_HOME: home };
  let server: ChildProcess | undefined;
  try {
    server = await serve(env);
    const times = measure(env);
    const bare = median(times[0] ?? []);
    const rows = CASES.flatMap(({ name, limit }, index): readonly Row[] => {
      if (index === 0) return [];
      const own = median(times[index] ?? []);
      const [ours, peer] = [milliseconds(own), `${milliseconds(bare)} ${CASES[0].name}`];
      return [{ what: name, ours, peer, ratio: (own / bare).toFixed(2), bound: limit === null ? '–' : `≤ ${limit}` }];
    });
    console.log(table(rows));
  } finally {
    await stop(server);
    rmSync(home, { recursive: true, force: true });
  }
}

await main();
