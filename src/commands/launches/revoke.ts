import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { SignoffCommand } from '../../cli/checklists/signoff-command.ts';
import { revokeWrite } from '../../cli/checklists/signoff-writes.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class LaunchesRevoke extends SignoffCommand {
  static override summary = 'Take back the signature and the waiver of a checklist item.';
  static override description =
    'The item is open again; who signed it before stays in the audit trail. A go that was given stays: `launches hold` takes it back.';
  static override examples = [
    '<%= config.bin %> launches revoke mi-store-opening load-test',
    { description: 'In CI', command: '<%= config.bin %> launches revoke mi-store-opening load-test --yes --no-input' },
    {
      description: 'For scripts',
      command: '<%= config.bin %> launches revoke mi-store-opening load-test --dry-run --json',
    },
  ];
  static override args = {
    id: Args.string({ description: 'The launch.', required: true }),
    item: Args.string({ description: 'The item of its checklist.', required: true }),
  };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesRevoke);
    return this.carryOutSignoff(revokeWrite(await this.client(flags), args.id, args.item), flags);
  }
}
