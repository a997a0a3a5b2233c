import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { SignoffCommand } from '../../cli/checklists/signoff-command.ts';
import { signWrite } from '../../cli/checklists/signoff-writes.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';
import { missingFlags } from '../../cli/prompts/can-prompt.ts';

const SAID = 'mi-store-opening load-test --link https://example.com/load-test';

export class LaunchesSign extends SignoffCommand {
  static override summary = 'Sign a manual item of a launch’s checklist.';
  static override description =
    'With a note or a link that shows it. The signature ends after the days that the item allows, or at --until where that is earlier; signing again replaces it. What the platform proves cannot be signed, only waived.';
  static override examples = [
    `<%= config.bin %> launches sign ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> launches sign ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> launches sign ${SAID} --dry-run --json` },
  ];
  static override args = {
    id: Args.string({ description: 'The launch.', required: true }),
    item: Args.string({ description: 'The item of its checklist.', required: true }),
  };
  static override flags = {
    note: Flags.string({ summary: 'What was done, by whom, what came of it.', helpValue: 'TEXT' }),
    link: Flags.string({ summary: 'Where it is shown.', helpValue: 'URL' }),
    until: Flags.string({
      summary: 'When the signature ends. Needs a zone unless all markets of the launch share one.',
      helpValue: 'TIME',
    }),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesSign);
    if (flags.note === undefined && flags.link === undefined) throw missingFlags(['--note TEXT or --link URL']);
    return this.carryOutSignoff(signWrite(await this.client(flags), args.id, args.item, flags), flags);
  }
}
