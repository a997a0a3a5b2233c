/// <reference types="vite/types/importMeta.d.ts" />
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clearLine, cursorTo, moveCursor } from 'node:readline';
import { PassThrough, Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { OpenClient } from '../../../src/cli/connection.ts';
import { Interruption } from '../../../src/cli/interruption.ts';
import { type Commands, runProgram } from '../../../src/cli/program.ts';
import type { Output, Surroundings } from '../../../src/cli/surroundings.ts';
import { Failure } from '../../../src/domain/failure.ts';

const root = resolve(import.meta.dirname, '../../..');
const sources = import.meta.glob('../../../src/commands/**/*.ts');

/** What a test decides about the world; everything else is a pipe, an empty environment and a folder of its own. */
export interface World {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Columns of a terminal on standard input, output and error; absent, all three are pipes. */
  readonly columns?: number;
  /** Milliseconds since the Unix epoch. */
  readonly now?: number;
  readonly openClient?: OpenClient;
  readonly interruption?: Interruption;
  /** More commands than the program has, for tests of what all commands share. */
  readonly commands?: Readonly<Record<string, object>>;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'storectl-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command line on the sources, in this process, with standard output, standard error and exit apart. */
export async function run(argv: readonly string[], world: World = {}): Promise<Ended> {
  const stdout = collector(world.columns);
  const stderr = collector(world.columns);
  const surroundings = surroundingsFor(world, stdout.stream, stderr.stream);
  const exit = await runProgram(argv, surroundings, { root, pjson: pjson(), commands: commandsFor(world) });
  return { stdout: stdout.text(), stderr: stderr.text(), exit };
}

export function surroundingsFor(world: World, stdout: Output, stderr: Output): Surroundings {
  const stdin = Object.assign(Readable.from(world.stdin === undefined ? [] : [world.stdin]), {
    isTTY: world.columns !== undefined,
  });
  return {
    stdin,
    stdout,
    stderr,
    env: { STORECTL_HOME: temporaryHome(world), ...world.env },
    cwd: world.cwd ?? root,
    home: '/nowhere',
    user: 'tester',
    platform: 'linux',
    now: () => world.now ?? Date.UTC(2024, 10, 1),
    interruption: world.interruption ?? new Interruption(),
    secrets: new Set(),
    openClient:
      world.openClient ??
      (async () => {
        throw new Failure({ code: 'no-platform', exit: 9, message: 'This test has no platform.' });
      }),
  };
}

/** A stream that keeps what is written: a terminal of so many columns, or a pipe. */
export function collector(columns?: number): { readonly stream: Output; text(): string } {
  const chunks: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const terminal =
    columns === undefined
      ? { isTTY: false }
      : {
          isTTY: true,
          columns,
          cursorTo: (x: number) => cursorTo(stream, x),
          moveCursor: (dx: number, dy: number) => moveCursor(stream, dx, dy),
          clearLine: (direction: -1 | 0 | 1) => clearLine(stream, direction),
        };
  return { stream: Object.assign(stream, terminal), text: () => chunks.join('') };
}

function temporaryHome(world: World): string {
  return world.env?.['STORECTL_HOME'] ?? temporaryFolder();
}

function pjson() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The commands as this test run loads them, so that they share their modules with the test. */
function commandsFor(world: World): Commands {
  const own = new Map(Object.entries(sources).map(([file, load]) => [idOf(file), load]));
  const more = world.commands ?? {};
  return {
    ids: [...own.keys(), ...Object.keys(more)],
    load: async (id) => {
      const extra = more[id];
      if (extra !== undefined) return extra;
      const module: unknown = await own.get(id)?.();
      const [command] = Object.values(module ?? {}).filter(
        (value) => typeof value === 'function' && 'summary' in value,
      );
      if (command === undefined) throw new Error(`${id} exports no command`);
      return command;
    },
  };
}

function idOf(file: string): string {
  return file
    .replace(/^.*src\/commands\//, '')
    .replace(/(\/index)?\.ts$/, '')
    .replaceAll('/', ':');
}
