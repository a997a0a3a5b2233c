import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EXIT, Failure } from '../domain/failure.ts';
import type { ExportedFile, ProvenEdge } from '../redirects/edges/edge.ts';
import { SERVER_SECRET } from './server-secret.ts';
import { serverSetup } from './server-setup.ts';

/** A real server on a free port of this machine, with nobody else's configuration. */
export interface RunningServer {
  readonly port: number;
  /** Ends it and removes its folder; may be called more than once. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly edge: ProvenEdge;
  readonly files: readonly ExportedFile[];
  /** Ends the server while it is still starting. */
  readonly signal?: AbortSignal;
  /** Where programs are looked for. */
  readonly path: string;
  /** The person's own folder. */
  readonly cwd: string;
  /** Milliseconds that it may take to listen. */
  readonly within?: number;
}

/** How long a server may take to load its rules; a million of them take nginx some ten seconds. */
const START_WITHIN = 120_000;
const STOP_WITHIN = 3_000;
const MAX_SAID = 4_000;

/** @throws Failure `edge-missing` (2) where the server is not installed, `edge-refused` (2) where it does not start, `edge-slow` (2) where it takes too long */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { edge, files, signal, path, cwd, within = START_WITHIN } = options;
  const folder = await mkdtemp(join(tmpdir(), `storectl-${edge}-`));
  try {
    const port = await freePort();
    const setup = serverSetup(edge, files, { folder, port, cwd });
    const program = await findProgram(setup.programs, path);
    if (program === undefined) throw missing(edge, setup.install);
    await writeFiles(folder, setup.files);
    const said: string[] = [];
    const child = spawn(program, setup.args, {
      cwd: setup.cwd ?? folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...serverEnv(folder, path), ...setup.env },
    });
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', (error) => {
        said.push(error.message);
        resolve();
      });
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => said.push(String(text)));
    // A run that is ended at once has no time for anything but this.
    const atExit = (): void => {
      child.kill(setup.startsOthers === true ? 'SIGTERM' : 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    };
    process.once('exit', atExit);
    const stop = async (): Promise<void> => {
      await endProcess(child, ended);
      process.off('exit', atExit);
      await rm(folder, { recursive: true, force: true });
    };
    try {
      await untilListening(port, child, within, signal);
    } catch (error) {
      await endProcess(child, ended);
      process.off('exit', atExit);
      if (error === STILL_LOADING) throw slow(edge, within);
      throw error === NOT_RUNNING ? refused(edge, `${said.join('')}${await errorLog(folder)}`) : error;
    }
    return { port, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

const NOT_RUNNING = new Error('it ended before it listened');
const STILL_LOADING = new Error('it does not listen yet');

async function untilListening(
  port: number,
  child: ChildProcess,
  within: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let waited = 0; waited < within; waited += 50) {
    signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw NOT_RUNNING;
    if (await listens(port)) return;
    await pause(50);
  }
  throw STILL_LOADING;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Asks the process that was started here to end, and sees to it that it does. */
async function endProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN);
  await ended;
  clearTimeout(timer);
}

async function writeFiles(folder: string, files: readonly ExportedFile[]): Promise<void> {
  for (const { name, text } of files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o644 });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Where servers live that only administrators look for. */
const ALSO = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Where servers are looked for: a person's own path, what their project has installed, and what is usual. */
export function serverPath(path: string, cwd: string): string {
  return [...path.split(delimiter), join(cwd, 'node_modules', '.bin'), ...ALSO]
    .filter((folder) => folder !== '')
    .join(delimiter);
}

/** The first of the programs that is installed in a folder of the path; undefined where none is. */
export async function findProgram(programs: readonly string[], path: string): Promise<string | undefined> {
  for (const program of programs) {
    const folders = path.split(delimiter).filter((folder) => folder !== '');
    const places = isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program));
    for (const place of places) if (await isExecutable(place)) return place;
  }
  return undefined;
}

async function isExecutable(place: string): Promise<boolean> {
  return access(place, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Nothing of the person's own environment, and no home but the folder. */
function serverEnv(folder: string, path: string): Record<string, string> {
  return {
    PATH: path,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    TMPDIR: folder,
    [SERVER_SECRET.name]: SERVER_SECRET.value,
  };
}

async function errorLog(folder: string): Promise<string> {
  return readFile(join(folder, 'error.log'), 'utf8').catch(() => '');
}

function missing(edge: ProvenEdge, install: string): Failure {
  return new Failure({
    code: 'edge-missing',
    exit: EXIT.usage,
    message: `${edge} is not installed here, so nothing can be proven on it.`,
    remedy: `Install it (${install}), or prove on another edge.`,
    details: { edge },
  });
}

function refused(edge: ProvenEdge, said: string): Failure {
  const text = said.trim();
  return new Failure({
    code: 'edge-refused',
    exit: EXIT.usage,
    message: `${edge} does not start with the exported configuration: ${text === '' ? 'it says nothing' : text.slice(-MAX_SAID)}`,
    remedy: 'Where its version is very old, a newer one may take it.',
    details: { edge },
  });
}

function slow(edge: ProvenEdge, within: number): Failure {
  return new Failure({
    code: 'edge-slow',
    exit: EXIT.usage,
    message: `${edge} still reads the exported configuration after ${Math.round(within / 1000)} s, so it was ended and nothing is proven.`,
    remedy: 'Prove fewer rules at a time, or choose an edge that finds rules by hash: nginx or HAProxy.',
    details: { edge, milliseconds: within },
  });
}
