import { appendFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@oclif/core';
// The plugin exports no part of itself, and its own commands print without regard for --json, so its path is the way in.
// biome-ignore lint/style/noRestrictedImports: these are the plugin's commands, and not ours.
import Create from '../../node_modules/@oclif/plugin-autocomplete/lib/commands/autocomplete/create.js';
import { addDetails } from './command-details.ts';
import { bashIds, zshIds } from './entries/id-completion.ts';
import { unwritable } from './failures/unwritable.ts';
import { shellQuote } from './prompts/shell-quote.ts';
import type { Environment } from './surroundings.ts';

export const SHELLS = ['bash', 'zsh', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

export interface Completion {
  readonly shell: Shell;
  /** The folder the functions are in. */
  readonly folder: string;
  /** The line that turns completion on, for the shell's start file. */
  readonly line: string;
  readonly startFile: string;
}

/**
 * Writes completion functions of every command and flag, and of ids, for every shell into the cache folder of `config`: all
 * of them or none, since shells read them at every start.
 *
 * @throws Failure `unwritable-file`, exit 4 or 9
 */
export async function writeCompletion(shell: Shell, config: Config): Promise<Completion> {
  const { bin, cacheDir } = config;
  const folder = join(cacheDir, 'autocomplete');
  const staging = `${folder}.${process.pid}.new`;
  try {
    // The plugin writes below the folder that its config names.
    config.cacheDir = staging;
    for (const command of config.commands) addDetails(command, config.root);
    await new Create([], config).run();
    const staged = join(staging, 'autocomplete');
    await appendFile(join(staged, 'functions', 'bash', `${bin}.bash`), bashIds(bin));
    await appendFile(join(staged, 'zsh_setup'), zshIds(bin));
    await nameAsFinal(staged, folder);
    await rm(folder, { recursive: true, force: true });
    await rename(staged, folder);
  } catch (error) {
    throw unwritable(error, folder);
  } finally {
    config.cacheDir = cacheDir;
    await rm(staging, { recursive: true, force: true }).catch(() => {});
  }
  return { shell, folder, ...setupOf(shell, folder, bin) };
}

/** The functions name each other by their folder, which is another one as long as they are written. */
async function nameAsFinal(staged: string, folder: string): Promise<void> {
  for (const entry of await readdir(staged, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    if (text.includes(staged)) await writeFile(file, text.replaceAll(staged, folder));
  }
}

function setupOf(shell: Shell, folder: string, bin: string): { readonly line: string; readonly startFile: string } {
  switch (shell) {
    case 'bash':
    case 'zsh': {
      const setup = shellQuote(join(folder, `${shell}_setup`));
      return { line: `test -f ${setup} && source ${setup}`, startFile: `~/.${shell}rc` };
    }
    case 'powershell':
      return {
        line: `. '${join(folder, 'functions', 'powershell', `${bin}.ps1`).replaceAll("'", "''")}'`,
        startFile: '$PROFILE',
      };
  }
}

/** The shell the user works in, by SHELL; null where it is none that completion knows. */
export function shellOf(env: Environment): Shell | null {
  return shellNamed((env['SHELL'] ?? '').split('/').at(-1) ?? '');
}

export function shellNamed(name: string): Shell | null {
  return SHELLS.find((shell) => shell === name) ?? null;
}
