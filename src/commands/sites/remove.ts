import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class SitesRemove extends EntryCommand {
  static override summary = 'Remove a site.';
  static override description = 'What visitors can reach has to be confirmed by its id.';
  static override examples = [
    '<%= config.bin %> sites remove poco-beta',
    {
      description: 'In CI',
      command: '<%= config.bin %> sites remove poco-beta --yes --allow-deletes --confirm poco-beta --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> sites remove poco-beta --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The site.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(SitesRemove);
    return this.remove('sites', args.id, flags);
  }
}
