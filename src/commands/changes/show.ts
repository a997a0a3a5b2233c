import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { affectedIn } from '../../cli/plans/affected.ts';
import { CHANGE_NAME } from '../../cli/plans/change-name.ts';
import { changeValue } from '../../cli/plans/plan-value.ts';
import { renderChangeInFull } from '../../cli/plans/render-change.ts';
import { api } from '../../contract/operations/index.ts';

export class ChangesShow extends BaseCommand {
  static override summary = 'Show one change: who, when, why, and every operation of it.';
  static override description = 'With --json also what each operation replaced, which is what a rollback restores.';
  static override examples = [
    '<%= config.bin %> changes show last',
    {
      description: 'In CI',
      command: '<%= config.bin %> changes show last --full --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> changes show last --json',
    },
  ];
  static override args = { change: Args.string({ description: CHANGE_NAME, required: true }) };
  static override flags = { full: Flags.boolean({ summary: 'Show every operation, however many.' }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ChangesShow);
    const client = await this.client(flags);
    const { value: change } = await client.call(api.changes.get, { params: { id: args.change } });
    const { value: present } = await client.call(api.document.export);
    const affected = affectedIn(change, present);
    return answer(changeValue(change), (view) => renderChangeInFull(change, { affected, full: flags.full }, view));
  }
}
