import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class FreezeWindowsList extends BaseCommand {
  static override summary = 'List the freeze windows of the organisation.';
  static override description =
    'While one is open, plans that change anything are refused unless the guard is overridden.';
  static override examples = [
    '<%= config.bin %> freeze-windows list',
    { description: 'In CI', command: '<%= config.bin %> freeze-windows list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> freeze-windows list --json' },
  ];
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(FreezeWindowsList);
    const rows = await listEntries(await this.client(flags), 'freezeWindows');
    return listOf({
      rows,
      columns: ENTRY_COLUMNS.freezeWindows,
      options: flags,
      empty: 'There are no freeze windows.',
    });
  }
}
