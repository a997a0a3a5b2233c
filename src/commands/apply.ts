import { Args, Flags } from '@oclif/core';
import type { Answer } from '../cli/answer.ts';
import { requireDocument } from '../cli/document/load-document.ts';
import type { PlannedWrite } from '../cli/plans/carry-out.ts';
import { planDocument } from '../cli/plans/plan-document.ts';
import { meansFile, readPlanFile } from '../cli/plans/plan-file.ts';
import { applyStoredPlan, checkStoredPlan, storedPlanNamed } from '../cli/plans/stored-plan.ts';
import { type PlannedWriteFlags, plannedWriteFlags, WriteCommand } from '../cli/plans/write-command.ts';
import { allowEmptyFlag } from '../cli/prompts/consent.ts';
import { EXIT, Failure } from '../domain/failure.ts';

export class Apply extends WriteCommand {
  static override summary = 'Apply a plan, or plan a document and apply it in one go.';
  static override description =
    'Exactly the plan that is shown is carried out: all of it or none, once. Where anything moved since it was made, nothing is written and the exit is 6; where a guard blocks it, 7.';
  static override examples = [
    '<%= config.bin %> apply -f storectl.yaml',
    {
      description: 'In CI',
      command: '<%= config.bin %> apply plan.json --yes --reason "release 42" --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> apply -f storectl.yaml --yes --json' },
  ];
  static override args = {
    plan: Args.string({
      description: 'A plan file (- is standard input), or the id of a plan: six characters of it are enough.',
    }),
  };
  static override flags = {
    file: Flags.string({
      char: 'f',
      summary: 'Plan this document and apply it; - is standard input.',
      helpValue: 'FILE',
    }),
    ...plannedWriteFlags,
    ...allowEmptyFlag,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(Apply);
    if ((args.plan === undefined) === (flags.file === undefined)) throw whichOne(args.plan !== undefined);
    const write = args.plan === undefined ? this.document(flags.file ?? '', flags) : this.storedPlan(args.plan, flags);
    return this.carryOut(write, flags);
  }

  private document(file: string, flags: PlannedWriteFlags): PlannedWrite {
    return {
      plan: async () => {
        this.progress.update(`Reading ${file}`);
        return planDocument(await this.client(flags), await requireDocument(this.surroundings, file), {
          allowEmpty: flags['allow-empty'] === true,
          dryRun: flags['dry-run'],
          progress: this.progress,
        });
      },
      apply: async (plan, consent) => applyStoredPlan(await this.client(flags), plan, consent),
    };
  }

  private storedPlan(named: string, flags: PlannedWriteFlags): PlannedWrite {
    return {
      madeBefore: true,
      plan: async () => {
        const file = (await meansFile(this.surroundings, named)) ? await readPlanFile(this.surroundings, named) : null;
        const client = await this.client(flags);
        const plan = file?.plan ?? (await storedPlanNamed(client, named));
        await checkStoredPlan(client, { plan, context: file?.context ?? null, here: await this.where(flags) }, flags);
        return plan;
      },
      apply: async (plan, consent) => applyStoredPlan(await this.client(flags), plan, consent),
    };
  }
}

function whichOne(both: boolean): Failure {
  return new Failure({
    code: both ? 'invalid-flag' : 'missing-argument',
    exit: EXIT.usage,
    message: both ? 'A plan and a document are two things to apply.' : 'Neither a plan nor a document is named.',
    remedy: 'Name a plan (a file or an id), or a document with -f FILE.',
  });
}
