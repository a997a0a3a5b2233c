import { Flags } from '@oclif/core';

/** What every command takes. */
export const globalFlags = {
  json: Flags.boolean({ summary: 'Print exactly one JSON value, also on error.', helpGroup: 'GLOBAL' }),
  context: Flags.string({ summary: 'The context to work in: which platform.', helpGroup: 'GLOBAL', helpValue: 'NAME' }),
  'no-input': Flags.boolean({ summary: 'Never ask; name the missing flags instead.', helpGroup: 'GLOBAL' }),
  quiet: Flags.boolean({ summary: 'No progress and no messages but errors.', helpGroup: 'GLOBAL' }),
  debug: Flags.boolean({ summary: 'Show the stack of an error.', helpGroup: 'GLOBAL' }),
  help: Flags.boolean({ summary: 'Show help.', helpGroup: 'GLOBAL' }),
};

export interface GlobalFlags {
  readonly json: boolean;
  readonly context: string | undefined;
  readonly 'no-input': boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}
