import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { editLaunch } from '../../cli/launches/edit-launch.ts';
import { LAUNCH_FIELDS, launchFlags, launchMemberFlags } from '../../cli/launches/launch-fields.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class LaunchesChange extends EntryCommand {
  static override summary = 'Change a launch: its dates, its markets, what it sells.';
  static override description =
    'What is not said stays as it is; `none` takes an allocation or a limit away. A go that was given to the launch as it was does not stand for it as it is then. An allocation below what is held or sold already is refused, and pulling a launch forward asks for its id.';
  static override examples = [
    '<%= config.bin %> launches change mi-store-opening --allocation mi-band@us=600',
    {
      description: 'In CI',
      command: '<%= config.bin %> launches change mi-store-opening --allocation mi-band@us=600 --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> launches change mi-store-opening --allocation mi-band@us=600 --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = { ...launchFlags, ...launchMemberFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesChange);
    return this.change('launches', args.id, LAUNCH_FIELDS, flags, editLaunch);
  }
}
