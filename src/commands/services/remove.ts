import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class ServicesRemove extends EntryCommand {
  static override summary = 'Remove a service level.';
  static override description = 'Its market promises nothing any more, and checklists of launches there say so.';
  static override examples = [
    '<%= config.bin %> services remove us',
    { description: 'In CI', command: '<%= config.bin %> services remove us --yes --allow-deletes --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> services remove us --dry-run --json' },
  ];
  static override args = { id: Args.string({ description: 'The service level.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ServicesRemove);
    return this.remove('serviceLevels', args.id, flags);
  }
}
