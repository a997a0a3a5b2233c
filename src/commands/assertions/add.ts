import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { assertionFlags } from '../../cli/entries/assertion-fields.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { newAssertion } from '../../cli/entries/new-entries.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID = 'india-stays --kind nothing-captures --url https://poco.in/ --because "India keeps its own POCO site"';

export class AssertionsAdd extends EntryCommand {
  static override summary = 'State what has to hold of visitors’ answers, at every instant.';
  static override description =
    'Every plan proves it anew, and is refused where it would not hold; `assertions check` and `redirects lint` say so too.';
  static override examples = [
    `<%= config.bin %> assertions add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> assertions add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> assertions add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new assertion.' }) };
  static override flags = { ...assertionFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(AssertionsAdd);
    return this.create(newAssertion, args.id, flags);
  }
}
