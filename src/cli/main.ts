import type { Interfaces } from '@oclif/core';
import type { Exit } from '../domain/failure.ts';
import { ProcessSurroundings } from './process-surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { printVersion } from './version.ts';

export interface Installed {
  /** The folder that holds package.json, the manifest and the commands. */
  readonly root: string;
  readonly pjson: Interfaces.PJSON;
  /** Commands come from sources, which the manifest may not know yet. */
  readonly ignoreManifest?: boolean;
}

/** The program, from the process's arguments to its exit. */
export async function main(installed: Installed): Promise<never> {
  const argv = process.argv.slice(2);
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (!isNoise(warning)) process.stderr.write(`${warning.name}: ${warning.message}\n`);
  });
  const surroundings = new ProcessSurroundings();
  surroundings.listenForTheEnd();
  return surroundings.finish(await run(argv, surroundings, installed));
}

/**
 * What Node says and nobody can act on: that its SQLite is experimental (22, at every start), and that it takes FORCE_COLOR
 * over NO_COLOR, which this program does not.
 */
function isNoise({ name, message }: Error): boolean {
  return name === 'ExperimentalWarning' || /^The 'NO_COLOR' env is ignored/.test(message);
}

async function run(argv: readonly string[], surroundings: Surroundings, installed: Installed): Promise<Exit> {
  // Scripts ask for the version all the time; it needs nothing of what follows.
  if (argv.length === 1 && argv[0] === '--version') {
    const printed = surroundings.interruption.race(printVersion(installed.pjson.version, false, surroundings));
    return printed.catch(async (thrown) => (await import('./program.ts')).exitOf(thrown, argv, surroundings));
  }
  const { runProgram } = await import('./program.ts');
  // A fault outside every promise (an event listener's) is presented like any other.
  process.on('uncaughtException', (error) => surroundings.interruption.fail(error));
  process.on('unhandledRejection', (error) => surroundings.interruption.fail(error));
  return runProgram(argv, surroundings, { ...installed });
}
