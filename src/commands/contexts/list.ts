import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import type { Column } from '../../cli/output/columns.ts';
import { listFlags } from '../../cli/output/list-flags.ts';
import { LOCAL } from '../../cli/settings/contexts.ts';

interface ContextRow {
  readonly name: string;
  readonly inUse: boolean;
  readonly url: string | null;
}

const COLUMNS: readonly Column<ContextRow>[] = [
  { key: 'name', header: 'NAME', value: (row) => row.name, keep: true },
  { key: 'inUse', header: 'IN USE', value: (row) => (row.inUse ? 'yes' : '') },
  { key: 'url', header: 'PLATFORM', value: (row) => row.url ?? 'embedded in this process' },
];

export class ContextsList extends BaseCommand {
  static override summary = 'List the contexts.';
  static override description =
    'A context says where a platform is. The one in use is taken unless --context names another.';
  static override examples = [
    '<%= config.bin %> contexts list',
    { description: 'In CI', command: '<%= config.bin %> contexts list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> contexts list --json' },
  ];
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ContextsList);
    const { contexts, values } = await this.settings(flags);
    const rows: ContextRow[] = [
      { name: LOCAL, inUse: values.context.value === LOCAL, url: null },
      ...Object.entries(contexts.contexts).map(([name, { url }]) => ({
        name,
        inUse: values.context.value === name,
        url,
      })),
    ];
    return listOf({ rows, columns: COLUMNS, options: flags });
  }
}
