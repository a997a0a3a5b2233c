import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { documentFlag } from '../../cli/answers/source-for.ts';
import { checkedFrom } from '../../cli/assertions/checked.ts';
import { renderChecked } from '../../cli/assertions/render-checked.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { EXIT } from '../../domain/failure.ts';

export class AssertionsCheck extends BaseCommand {
  static override summary = 'Check what is asserted, at every instant of the schedule.';
  static override description =
    'On the platform from now on; of a document (-f) over all of its time. A failure names a URL that shows it, when it does, and what decides. Exit 3 where one does not hold.';
  static override examples = [
    '<%= config.bin %> assertions check',
    { description: 'In CI', command: '<%= config.bin %> assertions check -f storectl.yaml --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> assertions check india-stays --json' },
  ];
  static override args = { id: Args.string({ description: 'One assertion; all of them unless named.' }) };
  static override flags = { ...documentFlag };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(AssertionsCheck);
    const checked = await checkedFrom(this.surroundings, args.id, flags.file, () => this.client(flags));
    const holds = checked.assertions.every(({ failed, partly }) => failed === 0 && !partly);
    return answer(checked, (view) => renderChecked(checked, view), holds ? EXIT.done : EXIT.pending);
  }
}
