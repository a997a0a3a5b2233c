import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The main job from beginning to end, on the embedded platform, with the program itself: what the README shows. It keeps
 * everything in a folder of its own, which goes away with it, and ends with exit 1 where anything is not as it
 * must be.
 */
const root = resolve(import.meta.dirname, '..');
const program = join(root, 'bin', 'run.js');
const onTerminal = process.stdout.isTTY === true;
/** Everything that the commands say, wherever it goes. */
const verbose = process.argv.includes('--verbose');
/** Lines of one command's output that a log gets without it. */
const AT_LENGTH = 5;
const EXAMPLE = 'examples/poco-2024/storectl.yaml';
const F6 = 'https://po.co/uk/phones/f6?utm=1';
const TARGET = 'https://www.mi.com/global/product/poco-f6/';

interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
}

const wrong: string[] = [];
const running = new Set<ChildProcess>();
const home = await mkdtemp(join(tmpdir(), 'storectl-quickstart-'));
const planFile = join(home, 'plan.json');

function must(what: string, found: unknown, expected: unknown): void {
  if (found === expected) return;
  wrong.push(what);
  console.error(`✗ ${what}: ${JSON.stringify(found)}, and it must be ${JSON.stringify(expected)}`);
}

function say(text: string): void {
  console.log(onTerminal && process.env['NO_COLOR'] === undefined ? `\u001b[1m${text}\u001b[22m` : text);
}

/** The environment without any setting of the person's own: nothing but the example decides what is shown. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('STORECTL_'));
  return { ...Object.fromEntries(kept), STORECTL_HOME: home };
}

function start(words: readonly string[], shown: boolean): ChildProcess {
  const output = shown && onTerminal ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, [program, ...words], {
    cwd: root,
    env: ownEnvironment(),
    stdio: ['ignore', output, shown ? 'inherit' : 'ignore'],
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

async function run(words: readonly string[], shown: boolean): Promise<Ended> {
  const child = start(words, shown);
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, stdout };
}

/** Tab separated columns under each other: a pipe gets them as they are, and this is read by people. */
function aligned(text: string): string {
  const rows = text.split('\n').map((line) => line.split('\t'));
  const widthAt = (index: number): number =>
    Math.max(0, ...rows.filter((row) => row.length > index + 1).map((row) => row[index]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, index) => widthAt(index));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Into a log the beginning of each output goes, which says what it is; nobody reads a hundred lines there. */
function inShort(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (verbose || lines.length <= AT_LENGTH + 2) return text;
  const shown = lines.slice(0, AT_LENGTH);
  while (shown.at(-1)?.trim() === '') shown.pop();
  return `${shown.join('\n')}\n  … ${lines.length - shown.length} more lines (npm run quickstart -- --verbose)\n`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function commandLine(words: readonly string[]): string {
  return `\n$ storectl ${words.map(shellWord).join(' ')}`;
}

/** A command as a person gives it, with its output. */
async function show(...words: string[]): Promise<void> {
  say(commandLine(words));
  const { exit, stdout } = await run(words, true);
  if (!onTerminal) process.stdout.write(inShort(stdout.includes('\t') ? aligned(stdout) : stdout));
  must(`exit of storectl ${words[0]}`, exit, 0);
}

interface Explained {
  readonly status: number;
  readonly location: string | null;
  readonly state: string;
}

/** The answers of explain, as a script reads them. */
async function explained(urls: readonly string[], at: string): Promise<readonly Explained[]> {
  const { stdout } = await run(['explain', ...urls, '--at', at, '--json'], false);
  const { data } = JSON.parse(stdout) as { data: Explained | readonly Explained[] };
  return 'status' in data ? [data] : data;
}

async function planAndApply(): Promise<void> {
  say('The document says what closes, when, into what, and what is exempt.');
  await show('validate', '-f', EXAMPLE);
  await show('plan', '-f', EXAMPLE, '--out', planFile);
  await show('apply', planFile, '--yes', '--confirm', 'poco-2024', '--reason', 'quickstart');
  await show('timeline', '--from', '2024-10-01T00:00Z', '--to', '2025-02-01T00:00Z');
}

async function explainBeforeAndAfter(): Promise<void> {
  say('\nBefore the freeze, between freeze and dark, and from the dark instant on:');
  const times = ['start of 2024-10-20', 'start of 2024-11-15', 'end of 2024-12-31', '2025-03-01T12:00Z'];
  await show('explain', F6, ...times.flatMap((at) => ['--at', at]));
  for (const [i, at] of times.entries()) {
    const [answer] = await explained([F6], at);
    must(`status of ${F6} at ${at}`, answer?.status, i < 2 ? 200 : 301);
    must(`Location of ${F6} at ${at}`, answer?.location, i < 2 ? null : `${TARGET}?utm=1`);
  }

  say('\nThe year ends in Paris an hour before it ends in London; India is exempt:');
  const urls = ['https://po.co/fr/telephones/f6', 'https://po.co/uk/phones/f6', 'https://poco.in/phones/f6'];
  const midnights = ['2024-12-31T23:00Z', '2025-01-01T00:00Z'];
  await show('explain', ...urls, ...midnights.flatMap((at) => ['--at', at]));
  const expected = [
    [301, 200, 200],
    [301, 301, 200],
  ];
  for (const [i, at] of midnights.entries()) {
    const answers = await explained(urls, at);
    must(`statuses at ${at}`, answers.map(({ status }) => status).join(), expected[i]?.join());
  }
  await show('explain', 'https://poco.in/phones/f6', '--at', '2025-01-15T12:00Z');
}

interface Visit {
  readonly url: string;
  readonly status: number;
  readonly location?: string;
}

const VISITS: readonly Visit[] = [
  { url: F6, status: 301, location: `${TARGET}?utm=1` },
  { url: 'https://po.co/fr/telephones/f6', status: 301, location: TARGET },
  { url: 'https://www.po.co/phones/m6', status: 301, location: 'https://www.mi.com/global/product/poco-m6/' },
  {
    url: 'https://po.co/product?id=1030&s=mail',
    status: 301,
    location: 'https://www.mi.com/global/product/poco-x6-pro/',
  },
  { url: 'https://po.co/uk/app', status: 410 },
  { url: 'https://po.co/uk/no-rule-for-this', status: 302, location: 'https://www.mi.com/global/' },
  { url: 'https://poco.in/phones/f6', status: 200 },
  { url: 'https://notpoco.in/', status: 404 },
];

async function askTheEdge(): Promise<void> {
  const words = ['edge', 'serve', '--at', '2025-01-15T12:00Z'];
  say(`${commandLine(words)} &`);
  const edge = start([...words, '--json'], false);
  const ended = once(edge, 'exit');
  const edgeUrl = await firstLine(edge);
  console.log(`It listens on ${edgeUrl}.`);
  for (const visit of VISITS) {
    const { host, pathname, search } = new URL(visit.url);
    const { status, location } = await visitEdge(new URL(pathname + search, edgeUrl), host);
    say(`$ curl -sI -H 'Host: ${host}' ${shellWord(`${edgeUrl}${pathname}${search}`)}`);
    console.log(location === undefined ? `  ${status}` : `  ${status}  Location: ${location}`);
    must(`status of ${visit.url}`, status, visit.status);
    must(`Location of ${visit.url}`, location, visit.location);
  }
  edge.kill('SIGTERM');
  await ended;
}

/** The URL in the line by which the edge says that it listens. */
async function firstLine(edge: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of edge.stdout?.setEncoding('utf8') ?? []) {
    text += chunk;
    if (!text.includes('\n')) continue;
    const line = JSON.parse(text) as { readonly url?: string; readonly data?: { readonly url?: string } };
    return (line.url ?? line.data?.url ?? '').replace(/\/$/, '');
  }
  throw new Error('the edge ended before it listened');
}

function visitEdge(url: URL, host: string): Promise<{ status: number; location: string | undefined }> {
  return new Promise((done, fail) => {
    const request = get(url, { headers: { host }, agent: false, timeout: 5000 }, (response) => {
      response.resume();
      done({ status: response.statusCode ?? 0, location: response.headers.location });
    });
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer`))).on('error', fail);
  });
}

async function cleanUp(): Promise<void> {
  for (const child of running) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
}

for (const [signal, exit] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(exit)));
}

try {
  await planAndApply();
  await explainBeforeAndAfter();
  await askTheEdge();
} catch (error) {
  wrong.push(String(error));
  console.error(error);
} finally {
  await cleanUp();
}
say(wrong.length === 0 ? '\n✓ Everything is as it must be.' : `\n✗ ${wrong.length} of it is not as it must be.`);
console.log(`Nothing is left running, and ${home} is gone.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
