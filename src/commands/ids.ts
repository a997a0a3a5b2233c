import { Args } from '@oclif/core';
import { type Answer, answer } from '../cli/answer.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { ID_TOPICS } from '../cli/entries/id-completion.ts';
import { harmless, idsOf } from '../cli/entries/ids.ts';

export class Ids extends BaseCommand {
  static override hidden = true;
  static override summary = 'Print the ids of a topic, one a line, for shell completion.';
  static override description = 'Ids that a shell could take for anything else are left out.';
  static override examples = [
    '<%= config.bin %> ids sites',
    { description: 'In CI', command: '<%= config.bin %> ids shutdowns --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> ids redirects --json' },
  ];
  static override args = {
    topic: Args.string({ description: 'The topic.', required: true, options: [...ID_TOPICS] }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(Ids);
    const ids =
      args.topic === 'contexts'
        ? harmless(Object.keys((await this.settings(flags)).contexts.contexts))
        : await idsOf(await this.client(flags), args.topic);
    return answer(ids, () => ids.join('\n'));
  }
}
