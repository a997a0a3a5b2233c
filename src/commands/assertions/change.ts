import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { ASSERTION_FIELDS, assertionFlags, editAssertion } from '../../cli/entries/assertion-fields.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { entryFlag } from '../../cli/entries/flags.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class AssertionsChange extends EntryCommand {
  static override summary = 'Change what has to hold.';
  static override description =
    'What is not said stays as it is. A list replaces the whole list; --add-… and --remove-… change single members, and a URL is enough to take an answer away. An empty value takes a key away.';
  static override examples = [
    '<%= config.bin %> assertions change india-stays --add-url https://www.poco.in/',
    {
      description: 'In CI',
      command: '<%= config.bin %> assertions change india-stays --holds-until "end of 2030-12-31" --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> assertions change india-stays --add-url https://www.poco.in/ --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The assertion.', required: true }) };
  static override flags = {
    ...assertionFlags,
    ...entryFlag.members('url', 'URL', 'URL'),
    ...entryFlag.members('on', 'host', 'HOST'),
    ...entryFlag.members('site', 'site', 'ID'),
    ...entryFlag.members('market', 'market', 'ID'),
    ...entryFlag.members('target', 'page', 'URL'),
    ...entryFlag.members('except', 'source', 'FROM'),
    ...entryFlag.members('expect', 'answer', 'ANSWER'),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(AssertionsChange);
    return this.change('assertions', args.id, ASSERTION_FIELDS, flags, editAssertion);
  }
}
