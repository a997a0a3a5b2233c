import type { Command, Interfaces } from '@oclif/core';
import { Config } from '@oclif/core/config';
import { EXIT, type Exit, Failure } from '../domain/failure.ts';
import { nearest } from '../domain/nearest.ts';
import { hasFlag, type Request, readRequest, wantsJson } from './argv.ts';
import { BaseCommand } from './base-command.ts';
import { valueOfSwitch } from './failures/boolean-value.ts';
import { failureFrom, leftPrompt } from './failures/from-thrown.ts';
import { presentFailure } from './failures/present-failure.ts';
import { globalFlags } from './global-flags.ts';
import { guessCommand } from './guess-command.ts';
import { OutputClosed, StoppedOnPurpose } from './interruption.ts';
import { isStreaming } from './present.ts';
import { foldersOf } from './settings/folders.ts';
import type { Surroundings } from './surroundings.ts';
import { attachSurroundings } from './surroundings-of.ts';
import { printVersion } from './version.ts';

/** The commands there are. Installed, oclif finds them by its manifest. */
export interface Commands {
  /** With colons: `sites:list`. */
  readonly ids: readonly string[];
  /** The command's class. */
  load(id: string): Promise<object>;
}

export interface ProgramOptions extends Pick<Interfaces.Options, 'root' | 'pjson' | 'ignoreManifest'> {
  readonly commands?: Commands;
}

/**
 * Runs one command line and returns its exit. Everything that goes wrong, whatever it is, becomes one message or one
 * JSON value here and nowhere else.
 */
export async function runProgram(
  argv: readonly string[],
  surroundings: Surroundings,
  options: ProgramOptions,
): Promise<Exit> {
  try {
    return await surroundings.interruption.race(dispatch(argv, surroundings, options));
  } catch (thrown) {
    return exitOf(thrown, argv, surroundings);
  }
}

/** Tells what ended a command line before its answer was written, and returns the exit that says the same. */
export async function exitOf(thrown: unknown, argv: readonly string[], surroundings: Surroundings): Promise<Exit> {
  if (thrown instanceof OutputClosed) return EXIT.done;
  if (thrown instanceof StoppedOnPurpose) return thrown.exit;
  const failure = leftPrompt(thrown) ? surroundings.interruption.failure('SIGINT') : failureFrom(thrown);
  const json = wantsJson(argv) && !isStreaming(surroundings);
  const debug = hasFlag(argv, '--debug');
  try {
    await presentFailure(failure, { json, debug }, surroundings);
  } catch (untold) {
    // A reader who went away wants to hear nothing. What a full disk did not take as JSON is said to people.
    if (json && !isClosed(untold)) await presentFailure(failure, { json: false, debug }, surroundings).catch(() => {});
  }
  return failure.exit;
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

async function dispatch(argv: readonly string[], surroundings: Surroundings, options: ProgramOptions): Promise<Exit> {
  const { commands: given, ...installed } = options;
  const config = new Config({ userPlugins: false, devPlugins: false, ...installed });
  await config.load();
  attachSurroundings(config, surroundings);
  // oclif's own idea of these folders knows nothing of STORECTL_HOME.
  const folders = foldersOf(surroundings);
  config.cacheDir = folders.cache;
  config.configDir = folders.config;
  config.dataDir = folders.data;

  const commands = given ?? commandsOf(config);
  const request = readRequest(argv, commands.ids);
  switch (request.kind) {
    case 'version':
      return printVersion(config.version, wantsJson(argv), surroundings);
    case 'help': {
      const { showHelp } = await import('./help.ts');
      return showHelp(request.subject, config, wantsJson(argv), surroundings);
    }
    case 'command':
      return runCommand(request.id, request.argv, commands, config);
    case 'unknown':
      throw unknownCommand(request, config, commands.ids);
    case 'unknown-flag':
      throw unknownFlag(request.flag);
  }
}

async function runCommand(id: string, argv: readonly string[], commands: Commands, config: Config): Promise<Exit> {
  const loaded = await commands.load(id);
  // oclif types what it loads as abstract; what is loaded is a command.
  const Loaded = loaded as new (argv: string[], config: Config) => Command;
  const command = new Loaded([...argv], config);
  if (command instanceof BaseCommand) return command.execute();
  // A plugin's command writes for itself.
  await config.runCommand(id, [...argv]);
  return EXIT.done;
}

function commandsOf(config: Config): Commands {
  return { ids: config.commandIDs, load: (id) => config.findCommand(id, { must: true }).load() };
}

/** Suggests, and never runs or asks: a guess that is wrong must not do anything. */
function unknownCommand(
  { words, typed }: Extract<Request, { readonly kind: 'unknown' }>,
  config: Config,
  known: readonly string[],
): Failure {
  const ids = known.filter((id) => config.findCommand(id)?.hidden !== true).map((id) => id.replaceAll(':', ' '));
  const guess = guessCommand(typed, ids);
  const topic = words.slice(0, -1);
  const help = ['storectl', ...topic, '--help'].join(' ');
  const command = words.join(' ');
  return new Failure({
    code: 'unknown-command',
    exit: EXIT.usage,
    message: `There is no command "${command}".${guess === null ? '' : ` Did you mean "${guess}"?`}`,
    remedy: `${help} lists the commands.`,
    details: { command, nearest: guess },
  });
}

function unknownFlag(word: string): Failure {
  const refused = valueOfSwitch([word], globalFlags);
  if (refused !== null) return refused;
  const flag = word.replace(/=.*$/s, '');
  const guess = nearest(flag.replace(/^-+/, ''), [...Object.keys(globalFlags), 'version']);
  return new Failure({
    code: 'unknown-flag',
    exit: EXIT.usage,
    message: `Unknown flag ${flag}.${guess === null ? '' : ` Did you mean --${guess}?`}`,
    remedy: 'storectl --help lists the commands and flags.',
    details: { flags: [flag], nearest: guess === null ? null : `--${guess}` },
  });
}
