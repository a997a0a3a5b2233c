import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EXIT } from '../src/domain/failure.ts';

/** Writes docs/commands.md from oclif.manifest.json. With --check nothing is written, and a stale file ends with exit 1. */
const root = resolve(import.meta.dirname, '..');

interface Flag {
  readonly name: string;
  readonly char?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly helpGroup?: string;
  readonly helpValue?: string;
  readonly options?: readonly string[];
  readonly default?: unknown;
  readonly multiple?: boolean;
  readonly required?: boolean;
  readonly hidden?: boolean;
  readonly allowNo?: boolean;
  readonly type: 'boolean' | 'option';
}

interface Argument {
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
}

interface Command {
  readonly id: string;
  readonly hidden?: boolean;
  readonly strict?: boolean;
  readonly summary?: string;
  readonly description?: string;
  readonly args: Readonly<Record<string, Argument>>;
  readonly flags: Readonly<Record<string, Flag>>;
  readonly examples?: readonly (string | { readonly description: string; readonly command: string })[];
}

const EXITS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  bug: 'a bug in the program',
  usage: 'usage, or a document or input that is wrong',
  pending: 'changes are pending, or a check found something',
  denied: 'not signed in, or not allowed',
  notFound: 'not found',
  stale: 'stale: someone changed it since; nothing was written',
  blocked: 'a guard or gate blocks it; nothing was written',
  partial: 'partly done: the journal says what, `--resume` goes on',
  unavailable: 'the platform or the network failed; worth another try',
  interrupted: 'interrupted',
  terminated: 'terminated',
};

function reference(commands: readonly Command[]): string {
  const shown = commands.filter((command) => command.hidden !== true);
  const global = flagsOf(shown[0], (flag) => flag.helpGroup === 'GLOBAL');
  return [
    '# Commands',
    '',
    'Written from the commands themselves by `npm run docs`; do not edit it by hand.',
    '',
    ...shown.map(({ id, summary }) => `- [\`${words(id)}\`](#${anchor(id)}): ${oneLine(summary ?? '')}`),
    '',
    '## Every command',
    '',
    ...flagTable(global),
    '',
    '## Exits',
    '',
    '| exit | meaning |',
    '| --- | --- |',
    ...Object.entries(EXIT).map(([name, exit]) => `| ${exit} | ${EXITS[name as keyof typeof EXIT]} |`),
    '',
    ...shown.flatMap(section),
  ].join('\n');
}

function section(command: Command): string[] {
  const own = flagsOf(command, (flag) => flag.helpGroup !== 'GLOBAL');
  return [
    `## ${words(command.id)}`,
    '',
    oneLine(command.summary ?? ''),
    '',
    '```',
    usage(command),
    '```',
    '',
    ...(command.description === undefined ? [] : [filled(command.description, command.id), '']),
    ...examplesOf(command),
    ...argumentTable(Object.values(command.args)),
    ...(own.length === 0 ? [] : [...flagTable(own), '']),
  ];
}

function usage({ id, args, flags, strict }: Command): string {
  const positional = Object.values(args).map(({ name, required }) => {
    const word = `${name.toUpperCase()}${strict === false ? '…' : ''}`;
    return required === true ? word : `[${word}]`;
  });
  const required = Object.values(flags).flatMap((flag) => (flag.required === true ? [spell(flag)] : []));
  return ['storectl', words(id), ...positional, ...required, '[flags]'].join(' ');
}

function examplesOf({ examples = [], id }: Command): string[] {
  if (examples.length === 0) return [];
  const lines = examples.map((example) =>
    typeof example === 'string' ? filled(example, id) : `${filled(example.command, id)}   # ${example.description}`,
  );
  return ['```sh', ...lines, '```', ''];
}

function argumentTable(args: readonly Argument[]): string[] {
  if (args.length === 0) return [];
  return [
    '| argument | meaning |',
    '| --- | --- |',
    ...args.map(({ name, description }) => `| \`${name.toUpperCase()}\` | ${cell(description ?? '')} |`),
    '',
  ];
}

function flagTable(flags: readonly Flag[]): string[] {
  return [
    '| flag | meaning |',
    '| --- | --- |',
    ...flags.map((flag) => `| \`${spell(flag)}\` | ${cell(meaning(flag))} |`),
  ];
}

function meaning(flag: Flag): string {
  const usual = flag.default === undefined || flag.default === false ? '' : ` Default: ${String(flag.default)}.`;
  return `${flag.summary ?? flag.description ?? ''}${usual}`;
}

function spell({ name, char, type, options, helpValue, allowNo }: Flag): string {
  const short = char === undefined ? '' : `-${char}, `;
  const value = type === 'boolean' ? '' : ` ${helpValue ?? options?.join('|') ?? 'VALUE'}`;
  return `${short}--${allowNo === true ? '[no-]' : ''}${name}${value}`;
}

function flagsOf(command: Command | undefined, keep: (flag: Flag) => boolean): Flag[] {
  return Object.values(command?.flags ?? {}).filter((flag) => flag.hidden !== true && keep(flag));
}

const words = (id: string): string => id.replaceAll(':', ' ');
const anchor = (id: string): string => words(id).replaceAll(' ', '-');
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const cell = (text: string): string => oneLine(text).replaceAll('|', '\\|');
const filled = (text: string, id: string): string =>
  text.replaceAll('<%= config.bin %>', 'storectl').replaceAll('<%= command.id %>', words(id));

async function main(): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'oclif.manifest.json'), 'utf8'));
  const { commands } = manifest as { readonly commands: Readonly<Record<string, Command>> };
  const text = `${reference(Object.values(commands)).trimEnd()}\n`;
  const file = join(root, 'docs/commands.md');
  const written = await readFile(file, 'utf8').catch(() => '');
  if (written === text) return;
  if (process.argv.includes('--check')) {
    console.error('docs/commands.md is stale. Run `npm run docs` and commit it.');
    process.exitCode = 1;
    return;
  }
  await writeFile(file, text);
}

await main();
