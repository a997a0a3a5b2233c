import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { EXCEPTION_FIELDS, exceptionFlags } from '../../cli/entries/exception-fields.ts';
import { entryFlag } from '../../cli/entries/flags.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class ExceptionsChange extends EntryCommand {
  static override summary = 'Change an exception.';
  static override description =
    'What is not said stays as it is. A list replaces the whole list; --add-… and --remove-… change single members. An empty value takes a key away.';
  static override examples = [
    '<%= config.bin %> exceptions change poco-india --review-by "end of 2025-12-31"',
    {
      description: 'In CI',
      command: '<%= config.bin %> exceptions change poco-india --review-by "end of 2025-12-31" --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> exceptions change poco-india --review-by "end of 2025-12-31" --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The exception.', required: true }) };
  static override flags = {
    ...exceptionFlags,
    ...entryFlag.members('site', 'site', 'ID'),
    ...entryFlag.members('market', 'market', 'ID'),
    ...entryFlag.members('url', 'URL', 'URL'),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ExceptionsChange);
    return this.change('exceptions', args.id, EXCEPTION_FIELDS, flags);
  }
}
