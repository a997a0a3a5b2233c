import type { LaunchChecklist } from '../../domain/checklists/launch-checklist.ts';
import type { Answer } from '../answer.ts';
import type { View } from '../output/view.ts';
import { type PlannedWriteFlags, WriteCommand } from '../plans/write-command.ts';
import { checklistValue } from './checklist-value.ts';
import { closingText } from './render-checklist.ts';
import type { SignoffWrite } from './signoff-writes.ts';

/** What commands that write signatures have in common: the way of every write, and then how the checklist stands. */
export abstract class SignoffCommand extends WriteCommand {
  protected async carryOutSignoff({ write, checklist }: SignoffWrite, flags: PlannedWriteFlags): Promise<Answer> {
    const done = await this.carryOut(write, flags);
    const standing = checklist();
    return standing === null || done.kind !== 'value' ? done : withChecklist(done, standing);
  }
}

function withChecklist(done: Extract<Answer, { kind: 'value' }>, checklist: LaunchChecklist): Answer {
  return {
    ...done,
    data: { ...(done.data as object), checklist: checklistValue(checklist) },
    // What was done is not told with --quiet, and neither is what follows of it.
    text: async (view: View) => {
      const text = await done.text(view);
      return text === '' ? '' : `${text}\n\n${closingText(checklist, view)}`;
    },
  };
}
