import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { asDocument, renderChecklistEntry, requireChecklist } from '../../cli/checklists/checklist-entries.ts';

export class ChecklistsShow extends BaseCommand {
  static override summary = 'Show one checklist, also one that comes with the program.';
  static override description =
    'With --output yaml it is a part of a document: pasted there and changed, it replaces the one of the same id.';
  static override examples = [
    '<%= config.bin %> checklists show flash-sale',
    {
      description: 'In CI',
      command: '<%= config.bin %> checklists show flash-sale --output yaml --no-input > checklists.yaml',
    },
    { description: 'For scripts', command: '<%= config.bin %> checklists show market-opening --json' },
  ];
  static override args = { id: Args.string({ description: 'The checklist.', required: true }) };
  static override flags = {
    output: Flags.option({ options: ['table', 'yaml'] as const })({
      summary: 'For people, or as a part of a document.',
      default: 'table',
    }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ChecklistsShow);
    const entry = await requireChecklist(await this.client(flags), args.id);
    return answer(entry, async (view) => {
      if (flags.output === 'table') return renderChecklistEntry(entry, view);
      const { stringify } = await import('../../cli/document/yaml.ts');
      return stringify(asDocument(entry), { lineWidth: 0 }).trimEnd();
    });
  }
}
