import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { SignoffCommand } from '../../cli/checklists/signoff-command.ts';
import { holdWrite } from '../../cli/checklists/signoff-writes.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class LaunchesHold extends SignoffCommand {
  static override summary = 'Take a launch’s go back: it sells nothing until it is let go again.';
  static override description =
    'One that sells now stops at once, also in a freeze window; that is confirmed by its id. What is sold and reserved stays so.';
  static override examples = [
    '<%= config.bin %> launches hold mi-store-opening',
    {
      description: 'In CI',
      command: '<%= config.bin %> launches hold mi-store-opening --yes --confirm mi-store-opening --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> launches hold mi-store-opening --dry-run --json' },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesHold);
    return this.carryOutSignoff(holdWrite(await this.client(flags), args.id), flags);
  }
}
