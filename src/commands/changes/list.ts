import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { listFlags } from '../../cli/output/list-flags.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeRow } from '../../cli/plans/change-columns.ts';
import { api } from '../../contract/operations/index.ts';

export class ChangesList extends BaseCommand {
  static override summary = 'List the changes, the newest first.';
  static override description = 'Who changed what, when and why. The trail can be added to and never altered.';
  static override examples = [
    '<%= config.bin %> changes list --limit 10',
    { description: 'In CI', command: '<%= config.bin %> changes list --filter actor=deploy --output csv --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> changes list --limit 1 --json' },
  ];
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ChangesList);
    const client = await this.client(flags);
    // A limit alone is enough to stop early; with conditions every change has to be looked at.
    const enough = flags.filter === undefined && flags.sort === undefined ? flags.limit : undefined;
    const rows: ChangeRow[] = [];
    for await (const change of client.listAll(api.changes.list)) {
      rows.push(changeRow(change));
      if (rows.length === enough) break;
    }
    return listOf({ rows, columns: CHANGE_COLUMNS, options: flags, empty: 'Nothing has been changed yet.' });
  }
}
