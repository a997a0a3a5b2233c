import { Args } from '@oclif/core';
import { type Answer, answer } from '../cli/answer.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { ID_TOPICS, ITEM_TOPICS } from '../cli/entries/id-completion.ts';
import { harmless, idsOf, itemsOf } from '../cli/entries/ids.ts';
import { EXIT, Failure } from '../domain/failure.ts';

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
    launch: Args.string({ description: 'For items and manual-items: the launch whose checklist they are of.' }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(Ids);
    const ids = await this.idsOf(args.topic, args.launch, flags);
    return answer(ids, () => ids.join('\n'));
  }

  private async idsOf(
    topic: string,
    launch: string | undefined,
    flags: Readonly<Record<string, unknown>>,
  ): Promise<readonly string[]> {
    if (topic === 'contexts') return harmless(Object.keys((await this.settings(flags)).contexts.contexts));
    if (!ITEM_TOPICS.some((own) => own === topic)) return idsOf(await this.client(flags), topic);
    if (launch === undefined) {
      throw new Failure({
        code: 'missing-argument',
        exit: EXIT.usage,
        message: `${topic} are of one launch, and none is named.`,
        remedy: `Name it: storectl ids ${topic} LAUNCH`,
      });
    }
    return itemsOf(await this.client(flags), launch, topic === 'items' ? 'all' : 'manual');
  }
}
