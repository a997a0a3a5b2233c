import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class LaunchesRemove extends EntryCommand {
  static override summary = 'Remove a launch.';
  static override description =
    'One that was announced is better cancelled: then it stays on record. What was sold of it is told, and where it sells now, the id has to be confirmed.';
  static override examples = [
    '<%= config.bin %> launches remove mi-store-opening',
    {
      description: 'In CI',
      command: '<%= config.bin %> launches remove mi-store-opening --yes --allow-deletes --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> launches remove mi-store-opening --dry-run --json' },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesRemove);
    return this.remove('launches', args.id, flags);
  }
}
