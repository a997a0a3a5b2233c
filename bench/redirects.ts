import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRuleset } from '../src/redirects/compile.ts';
import type { CompiledRuleset } from '../src/redirects/compiled.ts';
import { readRuleTable } from '../src/redirects/formats/csv-table.ts';
import { lintRules } from '../src/redirects/lint/index.ts';
import { UrlMatcher } from '../src/redirects/url-matcher.ts';
import { SEEDED_HOSTS, seeded, seededRules } from './seeded-rules.ts';

/**
 * A million rules read, compiled and linted in one process, against `nginx -t` loading the same map in the same run;
 * then lookups, from the text of a URL to its Location, against `Map.get` on keys that are ready.
 * Run with `node bench/redirects.ts [RULES]`. Rows of nginx are left out where it is not installed. With more than a
 * million rules, what they cost is also held against a million in the same run.
 */
const MILLION = 1_000_000;
const RULES = Number(process.argv[2] ?? MILLION);
/** Of several runs the best counts; of ten million rules nginx takes minutes, so one has to do. */
const ROUNDS = 3;
const NGINX_ROUNDS = RULES > MILLION ? 1 : ROUNDS;
const LOOKUPS = 1_000_000;
const TIMED_LOOKUPS = 200_000;

interface Run {
  readonly milliseconds: number;
  readonly peakBytes: number;
  readonly output: string;
}

interface Lookups {
  /** Every rule as often as any other: the worst that memory can be asked for. */
  readonly evenPerSecond: number;
  /** A few rules most of the time, as visitors ask (Zipf's law). */
  readonly perSecond: number;
  readonly p99Microseconds: number;
  readonly mapPerSecond: number;
}

function writeInputs(folder: string, count: number): { readonly csv: string; readonly conf: string } {
  const csv = join(folder, `${count}.csv`);
  const map = join(folder, 'map.conf');
  const conf = join(folder, 'nginx.conf');
  const [rulesFile, mapFile] = [openSync(csv, 'w'), openSync(map, 'w')];
  let rules = 'from,to,status\n';
  let entries = '';
  const flush = (): void => {
    writeSync(rulesFile, rules);
    writeSync(mapFile, entries);
    rules = entries = '';
  };
  for (const { from, to, status, faulty } of seededRules(count)) {
    rules += `${from},${to},${status}\n`;
    // nginx refuses a map with duplicates, so it is spared the faults.
    if (!faulty) entries += `"${from}" "${status === 410 ? '410' : to}";\n`;
    if (rules.length > 1 << 20) flush();
  }
  flush();
  closeSync(rulesFile);
  closeSync(mapFile);
  // Of the sizes that hold a million keys, those with which nginx loads them fastest.
  writeFileSync(
    conf,
    `pid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\nevents {}\nhttp {\n  access_log off;\n  map_hash_bucket_size 512;\n  map_hash_max_size ${Math.max(1024, 2 ** Math.ceil(Math.log2(count)))};\n  map $host$request_uri $target { default ""; include ${map}; }\n  server { listen 127.0.0.1:18080; if ($target) { return 301 $target; } }\n}\n`,
  );
  return { csv, conf };
}

/** Wall time of a whole process and the most memory it held, as the kernel counts both. */
function measured(command: string, args: readonly string[]): Promise<Run> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  let peakBytes = 0;
  const watch = setInterval(() => {
    try {
      const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      peakBytes = Math.max(peakBytes, Number(found?.[1] ?? 0) * 1024);
    } catch {
      // It has ended between two looks.
    }
  }, 5);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code !== 0) reject(new Error(`${command} ended with ${code}`));
      else resolve({ milliseconds: performance.now() - start, peakBytes, output });
    });
  });
}

const linted = (csv: string): Promise<Run> => measured(process.execPath, [import.meta.filename, '--lint', csv]);

function compileFile(file: string): CompiledRuleset {
  const { rules, lines } = readRuleTable(readFileSync(file), 'rules.csv');
  return compileRuleset({
    rules,
    options: { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' },
    siteUrls: SEEDED_HOSTS.map((host) => `https://${host}/`),
    resolveTime: Number,
    origins: (index) => ({ file: 'rules.csv', line: lines[index] ?? 0 }),
  });
}

/** What the measured process does. */
function lintFile(file: string): void {
  const findings = lintRules({ rulesets: [{ id: 'seeded', compiled: compileFile(file) }], exceptions: [] });
  console.log(findings.length);
}

function lookUp(file: string): Lookups {
  const compiled = compileFile(file);
  const random = seeded(7);
  const count = compiled.rules.length;
  const urlsOf = (pick: () => number): readonly string[] =>
    Array.from({ length: LOOKUPS }, () => {
      const from = compiled.rules.at(pick())?.from ?? '';
      const query = !from.includes('?') && random() < 0.3 ? '?utm_source=mail' : '';
      // A text of its own, as a request's is, and not a part of the file's.
      return Buffer.from(`https://${from}${query}`).toString('latin1');
    });
  const even = urlsOf(() => Math.floor(random() * count));
  // Ranks by Zipf's law with exponent 1, spread over the rules by a step that meets each of them.
  const visited = urlsOf(() => (Math.floor(count ** random()) * 7919) % count);
  const matcher = new UrlMatcher(compiled);
  const answers = (url: string): boolean => matcher.match(url, 0).kind === 'rule';
  const evenPerSecond = perSecond(even, answers);
  const engine = perSecond(visited, answers);
  const keys = new Map(even.map((url, index) => [url, index]));
  for (const url of visited) keys.set(url, 0);
  const mapPerSecond = perSecond(visited, (url) => keys.get(url) !== undefined);
  const times = visited.slice(0, TIMED_LOOKUPS).map((url) => {
    const start = process.hrtime.bigint();
    answers(url);
    return Number(process.hrtime.bigint() - start);
  });
  times.sort((a, b) => a - b);
  const p99Microseconds = (times[Math.floor(times.length * 0.99)] ?? 0) / 1000;
  return { evenPerSecond, perSecond: engine, mapPerSecond, p99Microseconds };
}

function perSecond(urls: readonly string[], work: (url: string) => boolean): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let hits = 0;
    for (const url of urls) if (work(url)) hits++;
    best = Math.min(best, performance.now() - start);
    if (hits < LOOKUPS * 0.9) throw new Error(`only ${hits} of ${LOOKUPS} lookups found a rule`);
  }
  return (LOOKUPS / best) * 1000;
}

const row = (...cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const rate = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
  try {
    const { csv, conf } = writeInputs(folder, RULES);
    const hasNginx = spawnSync('nginx', ['-v']).status === 0;
    const [ours, theirs]: [Run[], Run[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      if (hasNginx && round < NGINX_ROUNDS) theirs.push(await measured('nginx', ['-t', '-q', '-c', conf]));
      ours.push(await linted(csv));
    }
    const least = (runs: readonly Run[], of: (run: Run) => number): number => Math.min(...runs.map(of));
    const ratio = (of: (run: Run) => number): string =>
      hasNginx ? (least(ours, of) / least(theirs, of)).toFixed(2) : '–';
    const peer = (text: (value: number) => string, of: (run: Run) => number): string =>
      hasNginx ? `${text(least(theirs, of))} nginx -t` : 'nginx is not installed';
    const [time, memory] = [(run: Run) => run.milliseconds, (run: Run) => run.peakBytes];
    const lookups = JSON.parse(
      (await measured(process.execPath, [import.meta.filename, '--lookups', csv])).output,
    ) as Lookups;
    row('what', 'ours', 'peer', 'ratio', 'bound');
    row('---', '---', '---', '---', '---');
    const count = RULES.toLocaleString('en');
    row(
      `read, compile and lint ${count} rules`,
      seconds(least(ours, time)),
      peer(seconds, time),
      ratio(time),
      '≤ 0.75',
    );
    row('peak memory of that', megabytes(least(ours, memory)), peer(megabytes, memory), ratio(memory), '≤ 1.25');
    if (RULES > MILLION) {
      const { csv: smaller } = writeInputs(folder, MILLION);
      const base = [await linted(smaller), await linted(smaller), await linted(smaller)];
      const growth = (of: (run: Run) => number): string => (least(ours, of) / least(base, of)).toFixed(1);
      const bound = `≤ ${(12 * RULES) / MILLION / 10}`;
      row('time against a million', seconds(least(ours, time)), seconds(least(base, time)), growth(time), bound);
      row(
        'memory against a million',
        megabytes(least(ours, memory)),
        megabytes(least(base, memory)),
        growth(memory),
        bound,
      );
    }
    const ofMap = (value: number): readonly string[] => [
      `${rate(lookups.mapPerSecond)} Map.get`,
      (value / lookups.mapPerSecond).toFixed(2),
    ];
    // What was promised of lookups is of a million rules.
    const ofMillion = (bound: string): string => (RULES > MILLION ? '–' : bound);
    row('lookups as visitors ask', rate(lookups.perSecond), ...ofMap(lookups.perSecond), ofMillion('≥ 1,000,000/s'));
    row('lookups, every rule alike', rate(lookups.evenPerSecond), ...ofMap(lookups.evenPerSecond), '–');
    row('lookup, 99th percentile', `${lookups.p99Microseconds.toFixed(1)} µs`, '–', '–', ofMillion('≤ 5 µs'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , mode, file = ''] = process.argv;
if (mode === '--lint') lintFile(file);
else if (mode === '--lookups') console.log(JSON.stringify(lookUp(file)));
else await compare();
