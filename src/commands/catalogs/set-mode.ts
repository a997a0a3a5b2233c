import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { findCatalog } from '../../cli/catalogs/find-catalog.ts';
import { modeWrite } from '../../cli/catalogs/mode-write.ts';
import { plannedWriteFlags, WriteCommand } from '../../cli/plans/write-command.ts';
import { CATALOG_MODES } from '../../domain/catalogs/policy.ts';

export class CatalogsSetMode extends WriteCommand {
  static override summary = 'Change what a catalog may sell at all.';
  static override description =
    'full, accessories-only, or custom (only what is included). What the new mode does not allow is delisted in the same change, and the plan says which products those are and why; a launch that would sell something else blocks it. Switching back revives nothing by itself: `rollback` does.';
  static override examples = [
    '<%= config.bin %> catalogs set-mode us accessories-only',
    {
      description: 'In CI',
      command: '<%= config.bin %> catalogs set-mode us accessories-only --yes --allow-deletes --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> catalogs set-mode us full --dry-run --json' },
  ];
  static override args = {
    catalog: Args.string({ description: 'The catalog, or its market.', required: true }),
    mode: Args.string({ description: 'The new mode.', required: true, options: [...CATALOG_MODES] }),
  };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsSetMode);
    const client = await this.client(flags);
    const { id } = (await findCatalog(client, args.catalog)).resource;
    return this.carryOut(modeWrite(client, id, args.mode as (typeof CATALOG_MODES)[number]), flags);
  }
}
