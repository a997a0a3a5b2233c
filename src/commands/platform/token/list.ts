import { type Answer, listOf } from '../../../cli/answer.ts';
import { BaseCommand } from '../../../cli/base-command.ts';
import { listFlags } from '../../../cli/output/list-flags.ts';
import { TOKEN_COLUMNS, type TokenRow, tokenRow } from '../../../cli/servers/token-columns.ts';
import { api } from '../../../contract/operations/index.ts';

export class PlatformTokenList extends BaseCommand {
  static override summary = 'List the platform’s tokens, without their secrets.';
  static override description = 'Only an admin may see them.';
  static override examples = [
    '<%= config.bin %> platform token list',
    { description: 'In CI', command: '<%= config.bin %> platform token list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> platform token list --json' },
  ];
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(PlatformTokenList);
    const client = await this.client(flags);
    const rows: TokenRow[] = [];
    for await (const token of client.listAll(api.tokens.list)) rows.push(tokenRow(token));
    return listOf({ rows, columns: TOKEN_COLUMNS, options: flags, empty: 'There are no tokens.' });
  }
}
