import { Flags } from '@oclif/core';

/** Where an export goes, and what it may lose. */
export const exportFlags = {
  out: Flags.string({
    summary: 'A folder for the files; - is standard output, for formats of one file. [default: -]',
    helpValue: 'DIR',
  }),
  force: Flags.boolean({ summary: 'Replace files that are there.' }),
  'allow-losses': Flags.boolean({ summary: 'Write it although rules lose something; what they lose is told.' }),
};
