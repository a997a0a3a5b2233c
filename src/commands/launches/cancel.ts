import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class LaunchesCancel extends EntryCommand {
  static override summary = 'Cancel a launch: it stays on record and sells nothing more.';
  static override description =
    'From then on nothing is reserved, and what is held is not sold any more; what was sold stays sold, and the plan says how much that is. `rollback` takes a cancellation back.';
  static override examples = [
    '<%= config.bin %> launches cancel mi-store-opening --because "the price is wrong"',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> launches cancel mi-store-opening --because "the price is wrong" --yes --confirm mi-store-opening --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> launches cancel mi-store-opening --because "the price is wrong" --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = {
    because: Flags.string({
      summary: 'Why it does not take place: the reason kept in the launch itself.',
      helpValue: 'TEXT',
      helpGroup: 'ENTRY',
      required: true,
    }),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesCancel);
    const why = { ...flags, reason: flags.reason ?? flags.because };
    return this.change('launches', args.id, [{ key: 'cancelled', flag: 'because', kind: 'text' }], why);
  }
}
