import { Args } from '@oclif/core';
import type { Answer } from '../cli/answer.ts';
import { applyStoredPlan } from '../cli/plans/stored-plan.ts';
import { plannedWriteFlags, WriteCommand } from '../cli/plans/write-command.ts';
import { api } from '../contract/operations/index.ts';

export class Rollback extends WriteCommand {
  static override summary = 'Restore what a change replaced.';
  static override description =
    'A rollback is a plan like any other: it is shown, the same guards hold, it needs the same consent, and it is a change of its own that can be rolled back.';
  static override examples = [
    '<%= config.bin %> rollback 7f3c1a52-0a55-4a58-9a3e-5f6a2d3b1c40',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> rollback 7f3c1a52-0a55-4a58-9a3e-5f6a2d3b1c40 --yes --allow-deletes --reason "broken release" --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> rollback 7f3c1a52-0a55-4a58-9a3e-5f6a2d3b1c40 --dry-run --json',
    },
  ];
  static override args = { change: Args.string({ description: 'The id of a change.', required: true }) };
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
