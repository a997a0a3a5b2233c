import { Flags } from '@oclif/core';

/** The document of commands that read one; without it, the one that the settings name. */
export const documentFileFlag = {
  file: Flags.string({
    char: 'f',
    summary: 'The document; - is standard input. [default: storectl.yaml]',
    helpValue: 'FILE',
  }),
};
