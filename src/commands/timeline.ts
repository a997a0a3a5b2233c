import { Flags } from '@oclif/core';
import { type Answer, answer } from '../cli/answer.ts';
import { instantOf, readAskedTime } from '../cli/answers/asked-time.ts';
import { placeFlags } from '../cli/answers/place-flags.ts';
import { documentFlag, sourceFor } from '../cli/answers/source-for.ts';
import { narrowed, timelineJson } from '../cli/answers/timeline-result.ts';
import { timelineText } from '../cli/answers/timeline-text.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { EXIT, Failure } from '../domain/failure.ts';

export class Timeline extends BaseCommand {
  static override summary = 'Chart what happens when, with every instant in UTC and each market’s local time.';
  static override description =
    'Each site is a lane of its states over time; below are all events, those that an exception keeps away marked as exempt. In a pipe the events are plain tab separated rows.';
  static override examples = [
    '<%= config.bin %> timeline',
    {
      description: 'In CI',
      command: '<%= config.bin %> timeline -f storectl.yaml --from 2024-10-01T00:00Z --to 2025-02-01T00:00Z --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> timeline --site poco-gb --json' },
  ];
  static override flags = {
    from: Flags.string({ summary: 'Show events from this instant on.', helpValue: 'TIME' }),
    to: Flags.string({ summary: 'Show events before this instant.', helpValue: 'TIME' }),
    ...placeFlags,
    ...documentFlag,
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(Timeline);
    const now = this.surroundings.now();
    const read = (text: string | undefined, flag: string) =>
      text === undefined ? null : instantOf(readAskedTime(text, flag), now, null, flag);
    const from = read(flags.from, '--from');
    const to = read(flags.to, '--to');
    if (from !== null && to !== null && from >= to) {
      throw new Failure({
        code: 'invalid-usage',
        exit: EXIT.usage,
        message: `--to ${flags.to} is not after --from ${flags.from}.`,
        remedy: 'Name an earlier --from or a later --to.',
      });
    }
    const source = await sourceFor(flags.file, this.surroundings, () => this.client(flags));
    const whole = await source.timeline(from, to);
    for (const message of whole.warnings) this.addWarning({ code: 'standing', message });
    const timeline = narrowed(whole, flags);
    return answer(timelineJson(timeline), (view) => timelineText(timeline, view));
  }
}
