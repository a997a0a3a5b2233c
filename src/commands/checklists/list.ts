import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { CHECKLIST_COLUMNS, checklistEntries } from '../../cli/checklists/checklist-entries.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class ChecklistsList extends BaseCommand {
  static override summary = 'List the checklists that launches may name.';
  static override description =
    'The platform’s own, and those that come with the program; one of the same id in a document replaces the latter.';
  static override examples = [
    '<%= config.bin %> checklists list',
    { description: 'In CI', command: '<%= config.bin %> checklists list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> checklists list --json' },
  ];
  static override flags = listFlags;

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ChecklistsList);
    const rows = await checklistEntries(await this.client(flags));
    return listOf({ rows, columns: CHECKLIST_COLUMNS, options: flags });
  }
}
