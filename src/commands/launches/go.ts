import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { SignoffCommand } from '../../cli/checklists/signoff-command.ts';
import { goWrite } from '../../cli/checklists/signoff-writes.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class LaunchesGo extends SignoffCommand {
  static override summary = 'Let a launch go: from its start on it sells.';
  static override description =
    'Refused with exit 7 while a required item of its checklist is open; every one is listed with why. The go is for the launch as it is now: any later change voids it, and it has to be let go again. Past its start it sells at once, which is confirmed by its id.';
  static override examples = [
    '<%= config.bin %> launches go mi-store-opening',
    { description: 'In CI', command: '<%= config.bin %> launches go mi-store-opening --yes --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> launches go mi-store-opening --dry-run --json' },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesGo);
    return this.carryOutSignoff(goWrite(await this.client(flags), args.id), flags);
  }
}
