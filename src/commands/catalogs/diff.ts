import { Args } from '@oclif/core';
import { type Answer, answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import {
  catalogSide,
  compareCatalogs,
  DIFFERENCE_COLUMNS,
  modesDiffer,
  renderCatalogDifference,
} from '../../cli/catalogs/difference.ts';
import { listFlags } from '../../cli/output/list-flags.ts';
import { EXIT } from '../../domain/failure.ts';

export class CatalogsDiff extends BaseCommand {
  static override summary = 'Show how two catalogs differ, or a catalog and a file of listings.';
  static override description =
    'Which products are listed on one side alone, which at another price or in another window, and whether the modes differ. Amounts are compared, not how they are written. Exit 3 where anything differs.';
  static override examples = [
    '<%= config.bin %> catalogs diff us gb',
    { description: 'In CI', command: '<%= config.bin %> catalogs diff us ./listings.csv --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> catalogs diff us gb --json' },
  ];
  static override args = {
    left: Args.string({ description: 'A catalog, its market, or a file of listings.', required: true }),
    right: Args.string({ description: 'What it is compared to.', required: true }),
  };
  static override flags = listFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsDiff);
    const open = () => this.client(flags);
    const left = await catalogSide(this.surroundings, args.left, open);
    const right = await catalogSide(this.surroundings, args.right, open);
    const result = compareCatalogs(left, right);
    const exit = result.differences.length === 0 && !modesDiffer(result) ? EXIT.done : EXIT.pending;
    const asList = [flags.columns, flags.filter, flags.sort, flags.limit].some((flag) => flag !== undefined);
    if (flags.output !== 'table' || asList) {
      const empty = 'They list the same.';
      return listOf({ rows: result.differences, columns: DIFFERENCE_COLUMNS, options: flags, empty, exit });
    }
    return answer(result, (view) => renderCatalogDifference(result, view), exit);
  }
}
