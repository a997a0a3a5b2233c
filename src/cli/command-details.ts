import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '@oclif/core';

/**
 * Gives a command of oclif's config its flags, arguments, description and examples. Installed, these are in a file of the
 * command's own, since reading those of all commands takes longer than most commands; what sources were asked for has them.
 *
 * @param root the folder that the command's path starts from
 */
export function addDetails(command: Command.Loadable, root: string): void {
  if (Object.hasOwn(command, 'flags') || command.relativePath === undefined) return;
  const file = join(root, ...command.relativePath).replace(/\.js$/, '.json');
  Object.assign(command, JSON.parse(readFileSync(file, 'utf8')));
}
