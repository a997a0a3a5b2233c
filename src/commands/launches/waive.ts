import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { SignoffCommand } from '../../cli/checklists/signoff-command.ts';
import { waiveWrite } from '../../cli/checklists/signoff-writes.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';
import { missingFlags } from '../../cli/prompts/can-prompt.ts';

const SAID =
  'mi-store-opening load-test --because "The same load was held last week" --owner ops@example.com --until 2030-05-19T11:00Z';

export class LaunchesWaive extends SignoffCommand {
  static override summary = 'Let an item of a launch’s checklist stay open for a while.';
  static override description =
    'For a reason, until an instant, and somebody answers for it. Manual and automatic items can be waived; the checklist goes on saying why they are open.';
  static override examples = [
    `<%= config.bin %> launches waive ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> launches waive ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> launches waive ${SAID} --dry-run --json` },
  ];
  static override args = {
    id: Args.string({ description: 'The launch.', required: true }),
    item: Args.string({ description: 'The item of its checklist.', required: true }),
  };
  static override flags = {
    because: Flags.string({ summary: 'Why it may stay open.', helpValue: 'TEXT' }),
    owner: Flags.string({ summary: 'Who answers for it.', helpValue: 'TEXT' }),
    until: Flags.string({
      summary: 'When it is open again. Needs a zone unless all markets of the launch share one.',
      helpValue: 'TIME',
    }),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesWaive);
    const { because, owner, until } = flags;
    if (because === undefined || owner === undefined || until === undefined) {
      const missing = Object.entries({ because, owner, until }).filter(([, value]) => value === undefined);
      throw missingFlags(missing.map(([flag]) => `--${flag}`));
    }
    const said = { because, owner, until };
    return this.carryOutSignoff(waiveWrite(await this.client(flags), args.id, args.item, said), {
      ...flags,
      reason: flags.reason ?? because,
    });
  }
}
