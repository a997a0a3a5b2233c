import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class AssertionsList extends BaseCommand {
  static override summary = 'List what is stated of visitors’ answers.';
  static override description = 'Whether each of them holds is what `assertions check` says.';
  static override examples = [
    '<%= config.bin %> assertions list',
    { description: 'In CI', command: '<%= config.bin %> assertions list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> assertions list --json' },
  ];
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(AssertionsList);
    const rows = await listEntries(await this.client(flags), 'assertions');
    return listOf({ rows, columns: ENTRY_COLUMNS.assertions, options: flags, empty: 'Nothing is asserted.' });
  }
}
