import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@oclif/core';
// The plugin exports no part of itself, and its own commands print without regard for --json, so its path is the way in.
// biome-ignore lint/style/noRestrictedImports: these are the plugin's commands, and not ours.
import Create from '../../node_modules/@oclif/plugin-autocomplete/lib/commands/autocomplete/create.js';
import { bashIds, zshIds } from './entries/id-completion.ts';
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

/** Writes completion functions of every command and flag, and of ids, for every shell into the cache folder of `config`. */
export async function writeCompletion(shell: Shell, config: Config): Promise<Completion> {
  await new Create([], config).run();
  const folder = join(config.cacheDir, 'autocomplete');
  // The plugin writes these files anew each time, so what is appended is there once.
  await appendFile(join(folder, 'functions', 'bash', `${config.bin}.bash`), bashIds(config.bin));
  await appendFile(join(folder, 'zsh_setup'), zshIds(config.bin));
  return { shell, folder, ...setupOf(shell, folder, config.bin) };
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
