import { Args, Flags } from '@oclif/core';
import { type Answer, answer, listOf } from '../../cli/answer.ts';
import { wantsJson } from '../../cli/argv.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { checklistValue } from '../../cli/checklists/checklist-value.ts';
import { ITEM_COLUMNS } from '../../cli/checklists/item-columns.ts';
import { closingText, renderChecklist } from '../../cli/checklists/render-checklist.ts';
import { namingTimeFlag } from '../../cli/checklists/time-flag.ts';
import type { Client } from '../../cli/connection.ts';
import { withWayToFindOut } from '../../cli/failures/outcome.ts';
import { listFlags } from '../../cli/output/list-flags.ts';
import { viewOf } from '../../cli/output/view.ts';
import { askAtTerminal } from '../../cli/prompts/ask.ts';
import { shellLine } from '../../cli/prompts/shell-quote.ts';
import { api } from '../../contract/operations/index.ts';
import type { LaunchChecklist } from '../../domain/checklists/launch-checklist.ts';
import { EXIT } from '../../domain/failure.ts';

export class LaunchesChecklist extends BaseCommand {
  static override summary = 'Walk a launch’s checklist, or show it.';
  static override description =
    'At a terminal it shows what the platform proves, then asks for each manual item that is open: sign it with a note or a link, waive it, or leave it. Every answer is written at once, so it goes on where it stopped, on any machine. Elsewhere, with --json, --no-input or --at, it only shows how things stand. Exit 3 while a required item is open.';
  static override examples = [
    '<%= config.bin %> launches checklist mi-store-opening',
    { description: 'In CI', command: '<%= config.bin %> launches checklist mi-store-opening --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> launches checklist mi-store-opening --json' },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = {
    at: Flags.string({
      summary: 'How it stands at this instant: signatures and waivers end. Needs a zone unless all markets share one.',
      helpValue: 'TIME',
    }),
    ...listFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesChecklist);
    const client = await this.client(flags);
    const { at = 'now' } = flags;
    const request = { params: { id: args.id }, query: { at } };
    const { value } = await namingTimeFlag('--at', () => client.call(api.launchChecklists.get, request));
    const asList = [flags.columns, flags.filter, flags.sort, flags.limit].some((flag) => flag !== undefined);
    if (flags.output !== 'table' || asList) {
      return listOf({ rows: value.items, columns: ITEM_COLUMNS, options: flags, exit: exitOf(value) });
    }
    const walks = this.mayPrompt && !this.quiet && !wantsJson(this.argv) && flags.at === undefined;
    if (!walks) return answer(checklistValue(value), (view) => renderChecklist(value, view), exitOf(value));
    const last = await this.#walk(client, value, flags.context);
    return answer(checklistValue(last), (view) => closingText(last, view), exitOf(last));
  }

  async #walk(client: Client, checklist: LaunchChecklist, context: string | undefined): Promise<LaunchChecklist> {
    const { walkChecklist } = await import('../../cli/checklists/walk.ts');
    const { surroundings } = this;
    const { interruption } = surroundings;
    const chosen = context === undefined ? [] : ['--context', context];
    const params = { id: checklist.launch };
    const again = shellLine(['storectl', 'launches', 'checklist', checklist.launch, ...chosen]);
    interruption.resumeWith(again);
    const carriedOut = (write: () => Promise<{ readonly value: { readonly checklist: LaunchChecklist } }>) =>
      interruption.protect(async () => {
        try {
          return (await write()).value.checklist;
        } catch (error) {
          throw withWayToFindOut(error, again);
        }
      });
    return walkChecklist(checklist, {
      ask: askAtTerminal(surroundings),
      say: (message) => this.say(message),
      view: await viewOf('stderr', surroundings),
      now: surroundings.now,
      actor: (await this.settings({ context })).values.actor.value ?? surroundings.user,
      context: chosen,
      sign: (item, { note, link }) => {
        const body = { ...(note === undefined ? {} : { note }), ...(link === undefined ? {} : { link }) };
        return carriedOut(() =>
          client.call(api.launchChecklists.sign, { params: { ...params, item }, query: {}, body }),
        );
      },
      waive: (item, { because, owner, until }) => {
        const body = { reason: because, owner, until };
        return carriedOut(() =>
          client.call(api.launchChecklists.waive, { params: { ...params, item }, query: {}, body }),
        );
      },
    });
  }
}

function exitOf({ open }: LaunchChecklist) {
  return open.length === 0 ? EXIT.done : EXIT.pending;
}
