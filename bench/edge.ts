import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEEDED_HOSTS, type SeededRule, seeded, seededRules } from './seeded-rules.ts';
import { isInstalled, megabytes, type Row, rate, seconds, table } from './table.ts';

/**
 * Requests a second of `storectl edge serve`, as it is built, against nginx with one worker and a `map` of the same
 * rules. `wrk` asks the same seeded URLs of both in turns. Run with `node bench/edge.ts [RULES]`. Without nginx or wrk
 * there is nothing to compare, and it says so.
 */
const RULES = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 3;
const SECONDS = 5;
const CONNECTIONS = 64;
/** URLs that wrk goes through, drawn evenly from all rules: the worst that memory can be asked for. */
const ASKED = 100_000;
/** Answers that are held against their rules before anything is timed. */
const CHECKED = 500;
/** What a server may take to listen, in milliseconds. */
const PATIENCE = 60_000;
const PROGRAM = join(import.meta.dirname, '..', 'bin', 'run.js');

interface Edge {
  readonly process: ChildProcess;
  readonly port: number;
  /** Milliseconds from its start until it listens. */
  readonly loading: number;
}

interface Load {
  readonly perSecond: number;
  /** Of the server itself, user and system: what a busy machine does not blur. */
  readonly cpuMicroseconds: number;
  readonly p99Milliseconds: number;
}

function writeInputs(folder: string): readonly SeededRule[] {
  const chosen: SeededRule[] = [];
  const random = seeded(11);
  const [rulesFile, mapFile] = [openSync(join(folder, 'rules.csv'), 'w'), openSync(join(folder, 'map.conf'), 'w')];
  let rules = 'from,to,status\n';
  let entries = '';
  const flush = (): void => {
    writeSync(rulesFile, rules);
    writeSync(mapFile, entries);
    rules = entries = '';
  };
  for (const rule of seededRules(RULES)) {
    // Neither of them serves what is wrong.
    if (rule.faulty) continue;
    if (random() < ASKED / RULES) chosen.push(rule);
    rules += `${rule.from},${rule.to},${rule.status}\n`;
    entries += `"${rule.from}" "${rule.status === 410 ? 'gone' : rule.to}";\n`;
    if (rules.length > 1 << 20) flush();
  }
  flush();
  closeSync(rulesFile);
  closeSync(mapFile);
  writeFileSync(join(folder, 'storectl.yaml'), DOCUMENT);
  writeFileSync(join(folder, 'ask.lua'), askingScript(folder, shuffled(chosen, random)));
  return chosen;
}

const DOCUMENT = JSON.stringify({
  version: 1,
  markets: {
    gb: { name: 'United Kingdom', countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'Europe/London' },
  },
  sites: {
    poco: { brand: 'poco', market: 'gb', role: 'legacy', urls: SEEDED_HOSTS.map((host) => `https://${host}/`) },
    'mi-global': { brand: 'xiaomi', market: 'gb', role: 'unified', urls: ['https://www.mi.com/global/'] },
  },
  shutdowns: {
    'poco-2024': {
      title: 'POCO closes into mi.com',
      sites: ['poco'],
      into: 'mi-global',
      freeze: 'start of 2024-10-21',
      dark: 'end of 2024-12-31',
      redirectsUntil: 'end of 2026-12-31',
    },
  },
  rulesets: { poco: { site: 'poco', rules: 'rules.csv' } },
});

/** While the seeded site is dark. */
const AT = '2025-06-01T00:00Z';

/** The requests are made before the first is sent, so that wrk has next to nothing to do besides. */
function askingScript(folder: string, rules: readonly SeededRule[]): string {
  const list = join(folder, 'asked.txt');
  writeFileSync(list, rules.map(({ from }) => from).join('\n'));
  return `
local requests, nextOne = {}, 0
function init()
  for line in io.lines(${JSON.stringify(list)}) do
    local host, path = line:match("^([^/]+)(/.*)$")
    requests[#requests + 1] = wrk.format("GET", path, { Host = host })
  end
end
function request()
  nextOne = nextOne % #requests + 1
  return requests[nextOne]
end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(99), summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
`;
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function startNginx(folder: string): Promise<Edge> {
  const port = await freePort();
  const conf = join(folder, 'nginx.conf');
  writeFileSync(
    conf,
    `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 1000000000;
  map_hash_bucket_size 512;
  map_hash_max_size ${Math.max(1024, 2 ** Math.ceil(Math.log2(RULES)))};
  map $host$request_uri $target { default ""; include ${folder}/map.conf; }
  server {
    listen 127.0.0.1:${port};
    if ($target = gone) { return 410; }
    if ($target) { return 301 $target; }
    return 404;
  }
}
`,
  );
  return started(spawn('nginx', ['-c', conf], { stdio: 'ignore' }), port);
}

async function startOurs(folder: string): Promise<Edge> {
  const port = await freePort();
  const args = ['edge', 'serve', '-f', 'storectl.yaml', '--at', AT, '--port', String(port), '--quiet', '--no-input'];
  const env = { ...process.env, STORECTL_HOME: join(folder, 'home') };
  return started(spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env, stdio: 'ignore' }), port);
}

async function started(child: ChildProcess, port: number): Promise<Edge> {
  const start = performance.now();
  for (;;) {
    const since = performance.now() - start;
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode}`);
    if (since > PATIENCE) throw new Error(`${child.spawnargs.join(' ')} does not listen`);
    // An answer, and not just a connection: what is put off until the first request counts as loading.
    const answer = await ask(port, 'po.co/uk/nowhere').catch(() => undefined);
    if (answer !== undefined) return { process: child, port, loading: performance.now() - start };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function ask(port: number, url: string): Promise<IncomingMessage> {
  const slash = url.indexOf('/');
  const options = { host: '127.0.0.1', port, path: url.slice(slash), headers: { host: url.slice(0, slash) } };
  return new Promise((resolve, reject) => {
    request(options, (response) => resolve(response.resume()))
      .on('error', reject)
      .end();
  });
}

async function check(name: string, { port }: Edge, rules: readonly SeededRule[]): Promise<void> {
  for (const { from, to, status } of rules.slice(0, CHECKED)) {
    const { statusCode, headers } = await ask(port, from);
    if (statusCode === status && (headers.location ?? '') === to) continue;
    throw new Error(`${name} answers ${from} with ${statusCode} ${headers.location ?? ''}, not with ${status} ${to}`);
  }
}

/** User and system time of a process so far, in microseconds. */
function cpuOf({ process: { pid } }: Edge): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  // Clock ticks of a hundredth of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function peakBytesOf({ process: { pid } }: Edge): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

async function load(folder: string, edge: Edge): Promise<Load> {
  const before = cpuOf(edge);
  const args = [
    '-t1',
    `-c${CONNECTIONS}`,
    `-d${SECONDS}s`,
    '-s',
    join(folder, 'ask.lua'),
    `http://127.0.0.1:${edge.port}`,
  ];
  const { stdout, stderr } = spawnSync('wrk', args, { encoding: 'utf8', timeout: (SECONDS + 30) * 1000 });
  const found = /RESULT (\d+) (\d+) (\d+) (\d+)/.exec(stdout);
  if (found === null) throw new Error(`wrk has no result: ${stdout}${stderr}`);
  const [requests = 0, microseconds = 0, p99 = 0, errors = 0] = found.slice(1).map(Number);
  if (errors > 0) throw new Error(`${errors} requests were not answered`);
  return {
    perSecond: (requests / microseconds) * 1e6,
    cpuMicroseconds: (cpuOf(edge) - before) / requests,
    p99Milliseconds: p99 / 1000,
  };
}

async function stop(edge: Edge | undefined): Promise<void> {
  if (edge === undefined || edge.process.exitCode !== null) return;
  const ended = new Promise((resolve) => edge.process.once('exit', resolve));
  edge.process.kill('SIGTERM');
  await ended;
}

async function compare(folder: string): Promise<readonly Row[]> {
  const asked = writeInputs(folder);
  let [nginx, edge]: (Edge | undefined)[] = [];
  try {
    nginx = await startNginx(folder);
    edge = await startOurs(folder);
    await check('nginx', nginx, asked);
    await check('the edge', edge, asked);
    const [theirs, ours]: [Load[], Load[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      theirs.push(await load(folder, nginx));
      ours.push(await load(folder, edge));
    }
    return rows({ nginx, edge, theirs, ours });
  } finally {
    await Promise.all([stop(nginx), stop(edge)]);
  }
}

interface Comparison {
  readonly nginx: Edge;
  readonly edge: Edge;
  readonly theirs: readonly Load[];
  readonly ours: readonly Load[];
}

function rows({ nginx, edge, theirs, ours }: Comparison): readonly Row[] {
  const row = (
    what: string,
    text: (value: number) => string,
    [own, peer]: readonly [number, number],
    bound = '–',
  ): Row => ({
    what,
    ours: text(own),
    peer: `${text(peer)} nginx`,
    ratio: (own / peer).toFixed(2),
    bound,
  });
  const best = (of: (one: Load) => number, pick: (...values: number[]) => number): readonly [number, number] => [
    pick(...ours.map(of)),
    pick(...theirs.map(of)),
  ];
  const count = RULES.toLocaleString('en');
  return [
    row(
      `requests answered, ${count} rules`,
      rate,
      best((one) => one.perSecond, Math.max),
      '≥ 0.3',
    ),
    row(
      'CPU time of the server a request',
      (value) => `${value.toFixed(1)} µs`,
      best((one) => one.cpuMicroseconds, Math.min),
    ),
    row(
      'request, 99th percentile',
      (value) => `${value.toFixed(1)} ms`,
      best((one) => one.p99Milliseconds, Math.min),
    ),
    row('from start to first answer', seconds, [edge.loading, nginx.loading]),
    row('peak memory', megabytes, [peakBytesOf(edge), peakBytesOf(nginx)]),
  ];
}

const missing = ['nginx', 'wrk'].filter((program) => !isInstalled(program));
if (missing.length > 0)
  console.log(`${missing.join(' and ')} not installed: there is nothing to compare the edge with.`);
else {
  const folder = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
  try {
    console.log(table(await compare(folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
