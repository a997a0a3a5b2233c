import { Args } from '@oclif/core';
import type { Answer } from '../cli/answer.ts';
import { CHANGE_NAME } from '../cli/plans/change-name.ts';
import { applyStoredPlan } from '../cli/plans/stored-plan.ts';
import { plannedWriteFlags, WriteCommand } from '../cli/plans/write-command.ts';
import { api } from '../contract/operations/index.ts';

export class Rollback extends WriteCommand {
  static override summary = 'Restore what a change replaced.';
  static override description =
    'A rollback is a plan like any other: it is shown, the same guards hold, it needs the same consent (without it, the flags that are missing are listed), and it is a change of its own that can be rolled back.';
  static override examples = [
    '<%= config.bin %> rollback last',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> rollback last --yes --allow-deletes --confirm poco-2024 --override exceptions --reason "broken release" --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> rollback last --dry-run --json',
    },
  ];
  static override args = { change: Args.string({ description: CHANGE_NAME, required: true }) };
  static override flags = { ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(Rollback);
    const client = await this.client(flags);
    return this.carryOut(
      {
        plan: async () => {
          const request = { params: { id: args.change }, query: { dryRun: flags['dry-run'] } };
          return (await client.call(api.changes.rollback, request)).value;
        },
        apply: (plan, consent) => applyStoredPlan(client, plan, consent),
      },
      flags,
    );
  }
}
