import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class CertificationsRemove extends EntryCommand {
  static override summary = 'Remove a certification.';
  static override description = 'Launches that need it are no longer ready to go.';
  static override examples = [
    '<%= config.bin %> certifications remove fcc-2015',
    {
      description: 'In CI',
      command: '<%= config.bin %> certifications remove fcc-2015 --yes --allow-deletes --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> certifications remove fcc-2015 --dry-run --json' },
  ];
  static override args = { id: Args.string({ description: 'The certification.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CertificationsRemove);
    return this.remove('certifications', args.id, flags);
  }
}
