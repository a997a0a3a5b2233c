import type { RulesReference } from '../../domain/document/schema.ts';
import { type Answer, answer } from '../answer.ts';
import { counted } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import { shellLine } from '../prompts/shell-quote.ts';

/** What a draft answers: the plan that it would be, and how it is put in force. */
export function draftAnswer(planned: Answer, ruleset: string, draft: RulesReference): Answer {
  if (planned.kind !== 'value') return planned;
  const words = ['storectl', 'redirects', 'import', '--content', draft.content, '--ruleset', ruleset];
  const data = { ...(planned.data as object), draft: { ruleset, ...draft } };
  return answer(
    data,
    async (view) =>
      [
        await planned.text(view),
        '',
        ...hang('', `A draft of ${counted(draft.count, 'rule')} is kept for a week. Put it in force with:`, view.width),
        // Not wrapped: a line that is to be copied is copied whole.
        `  ${view.palette.strong(shellLine(words))}`,
      ].join('\n'),
    planned.exit,
  );
}
