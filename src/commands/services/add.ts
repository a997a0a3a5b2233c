import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { serviceFlags } from '../../cli/catalogs/service-fields.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { newService } from '../../cli/entries/new-openings.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID =
  'us --market us --payment credit-card --delivery-days 5 --returns-days 30 --returns-at-cost-of buyer --warranty-months 12';

export class ServicesAdd extends EntryCommand {
  static override summary = 'Add a service level.';
  static override description = 'A market has one. Checklists of launches ask what it says.';
  static override examples = [
    `<%= config.bin %> services add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> services add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> services add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new service level.' }) };
  static override flags = { ...serviceFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ServicesAdd);
    return this.create(newService, args.id, flags);
  }
}
