import { Flags } from '@oclif/core';
import { type Answer, answer, streamOf } from '../cli/answer.ts';
import { documentFileFlag } from '../cli/document/document-flag.ts';
import { requireDocument } from '../cli/document/load-document.ts';
import { writeFiles } from '../cli/document/write-file.ts';
import { applyCommand } from '../cli/plans/apply-command.ts';
import { planDocument } from '../cli/plans/plan-document.ts';
import { planFileText } from '../cli/plans/plan-file.ts';
import { planValue } from '../cli/plans/plan-value.ts';
import { renderPlan } from '../cli/plans/render-plan.ts';
import { WriteCommand } from '../cli/plans/write-command.ts';
import { allowEmptyFlag } from '../cli/prompts/consent.ts';
import { PRIVATE_FILE } from '../cli/settings/private-file.ts';
import { EXIT } from '../domain/failure.ts';

export class PlanCommand extends WriteCommand {
  static override summary = 'Show what applying a document would do.';
  static override description =
    'The plan is made and kept on the platform, for a day; nothing else is written. It lists every operation with each instant in UTC and local time, what the guards say, what needs consent, and the command that applies exactly this plan.';
  static override examples = [
    '<%= config.bin %> plan',
    {
      description: 'In CI',
      command: '<%= config.bin %> plan -f storectl.yaml --out plan.json --exit-code --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> plan -f examples/poco-2024/storectl.yaml --json' },
  ];
  static override flags = {
    ...documentFileFlag,
    out: Flags.string({ summary: 'Write the plan to a file for `apply`; - is standard output.', helpValue: 'FILE' }),
    'exit-code': Flags.boolean({ summary: 'End with exit 3 when changes are pending.' }),
    full: Flags.boolean({ summary: 'Show every operation, however many.' }),
    ...allowEmptyFlag,
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(PlanCommand);
    const { values } = await this.settings(flags);
    const file = values.file.value ?? 'storectl.yaml';
    this.progress.update(`Reading ${file}`);
    const loaded = await requireDocument(this.surroundings, file);
    const plan = await planDocument(await this.client(flags), loaded, {
      allowEmpty: flags['allow-empty'],
      dryRun: false,
      progress: this.progress,
    });
    const affected = await this.affected(plan, flags);
    this.progress.stop();

    const where = await this.where(flags);
    const pending = flags['exit-code'] && plan.operations.length > 0 ? EXIT.pending : EXIT.done;
    const text = planFileText({ context: where, plan });
    if (flags.out === '-') return streamOf([text], pending);
    if (flags.out !== undefined) {
      await writeFiles(this.surroundings, [{ file: flags.out, text, mode: PRIVATE_FILE }], { replace: true });
    }
    const context = values.context.source.kind === 'flag' ? where : null;
    const apply = applyCommand(plan, flags.out ?? plan.id, context);
    return answer(
      planValue(plan),
      (view) => renderPlan(plan, { affected, where, full: flags.full, apply }, view),
      pending,
    );
  }
}
