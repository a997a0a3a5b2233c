import { type Answer, answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { AUDIT_COLUMNS, auditOf, renderAudit } from '../../cli/catalogs/audit-result.ts';
import { marketFilter } from '../../cli/entries/filters.ts';
import { counted } from '../../cli/output/counted.ts';
import { listFlags } from '../../cli/output/list-flags.ts';
import { EXIT } from '../../domain/failure.ts';

export class CatalogsAudit extends BaseCommand {
  static override summary = 'Prove that nothing is sold outside its market’s policy.';
  static override description =
    'Every listing and every launch item, through bundles at any depth; what was over is history. Each finding names the path that offends, from the product that is sold down to its component. Exit 3 where there is any.';
  static override examples = [
    '<%= config.bin %> catalogs audit --market us',
    { description: 'In CI', command: '<%= config.bin %> catalogs audit --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> catalogs audit --json' },
  ];
  static override flags = { market: marketFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(CatalogsAudit);
    const client = await this.client(flags);
    this.progress.update('Auditing');
    const result = await auditOf(client, flags.market, (findings) =>
      this.progress.update(`Auditing: ${counted(findings, 'finding')}`),
    );
    this.progress.stop();
    const exit = result.findings.length === 0 ? EXIT.done : EXIT.pending;
    const asList = [flags.columns, flags.filter, flags.sort, flags.limit].some((flag) => flag !== undefined);
    if (flags.output !== 'table' || asList) {
      const empty = 'Nothing is sold outside its market’s policy.';
      return listOf({ rows: result.findings, columns: AUDIT_COLUMNS, options: flags, empty, exit });
    }
    return answer(result, (view) => renderAudit(result, view), exit);
  }
}
