import type { RulesReference } from '../../domain/document/schema.ts';
import { Failure } from '../../domain/failure.ts';
import { type Answer, answer } from '../answer.ts';
import { counted } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import { shellLine } from '../prompts/shell-quote.ts';

/** A draft that could not be put in force as it is stays a draft: other flags, or other dates, may let it through. */
export function withDraft(failure: Failure, ruleset: string, draft: RulesReference): Failure {
  return new Failure({
    code: failure.code,
    exit: failure.exit,
    message: failure.message,
    remedy: `${failure.remedy === undefined ? '' : `${failure.remedy}\n`}The draft is kept for a week: ${shellLine(wordsFor(ruleset, draft))}`,
    details: { ...(failure.details as object | undefined), draft: { ruleset, ...draft } },
    cause: failure,
  });
}

const wordsFor = (ruleset: string, { content }: RulesReference): readonly string[] => [
  'storectl',
  'redirects',
  'import',
  '--content',
  content,
  '--ruleset',
  ruleset,
];

/** What a draft answers: the plan that it would be, and how it is put in force. */
export function draftAnswer(planned: Answer, ruleset: string, draft: RulesReference): Answer {
  if (planned.kind !== 'value') return planned;
  const data = { ...(planned.data as object), draft: { ruleset, ...draft } };
  return answer(
    data,
    async (view) =>
      [
        await planned.text(view),
        '',
        ...hang('', `A draft of ${counted(draft.count, 'rule')} is kept for a week. Put it in force with:`, view.width),
        // Not wrapped: a line that is to be copied is copied whole.
        `  ${view.palette.strong(shellLine(wordsFor(ruleset, draft)))}`,
      ].join('\n'),
    planned.exit,
  );
}
