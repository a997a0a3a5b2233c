import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { SERVICE_FIELDS, serviceFlags } from '../../cli/catalogs/service-fields.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID = 'us --payment credit-card --payment paypal';

export class ServicesChange extends EntryCommand {
  static override summary = 'Change a service level.';
  static override description = 'What is not said stays as it is.';
  static override examples = [
    `<%= config.bin %> services change ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> services change ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> services change ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The service level.', required: true }) };
  static override flags = { ...serviceFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ServicesChange);
    return this.change('serviceLevels', args.id, SERVICE_FIELDS, flags);
  }
}
