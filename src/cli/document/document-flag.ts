import { Flags } from '@oclif/core';
import type { Environment } from '../surroundings.ts';

/** The document of commands that read one; without it, the one that the settings name. */
export const documentFileFlag = {
  file: Flags.string({
    char: 'f',
    summary: 'The document; - is standard input. [default: storectl.yaml]',
    helpValue: 'FILE',
  }),
};

/** The document that a flag or STORECTL_FILE names, for commands that need no platform and so no contexts. */
export function documentFile(env: Environment, file: string | undefined): string {
  return file ?? (env['STORECTL_FILE'] || 'storectl.yaml');
}
