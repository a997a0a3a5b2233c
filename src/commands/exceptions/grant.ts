import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { exceptionFlags } from '../../cli/entries/exception-fields.ts';
import { newException } from '../../cli/entries/new-entries.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID =
  'poco-india --site poco-in --exempt-from shutdown,redirect --because "India keeps its own site for now" --owner india-ops@example.com --review-by "end of 2025-06-30"';

export class ExceptionsGrant extends EntryCommand {
  static override summary = 'Grant an exception: what is exempt, from what, why, and until when.';
  static override description =
    'It outranks every rule and every shutdown for exactly what it names. At a terminal, what is missing is asked.';
  static override examples = [
    `<%= config.bin %> exceptions grant ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> exceptions grant ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> exceptions grant ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new exception.' }) };
  static override flags = { ...exceptionFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ExceptionsGrant);
    return this.create(newException, args.id, flags);
  }
}
