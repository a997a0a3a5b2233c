import { ID_PATTERN } from '../../domain/document/id-pattern.ts';
import type { Field, Said } from '../entries/fields.ts';
import type { Question, TextQuestion } from '../prompts/ask.ts';
import type { Answers, Step, Wizard } from '../prompts/wizard.ts';

/** The step that names the entry, where the command line did not. */
export const ID = 'id';

/** What to ask for one flag, given what was answered before; null asks nothing. */
export type Asking = (answers: Answers) => Question | null;

/** A wizard for a new entry: its questions by flag, in the order in which they are asked. */
export function entryWizard(name: string, questions: Readonly<Record<string, Asking>>): Wizard {
  return {
    name,
    steps: Object.entries(questions).map(([flag, asking]): Step => ({ name: flag, question: asking })),
  };
}

/** Answers as if flags had said them: lists that were typed in one line are taken apart. */
export function saidOf(fields: readonly Field[], answers: Answers): Said {
  const byFlag = new Map(fields.map((field) => [field.flag, field]));
  return Object.fromEntries(
    Object.entries(answers).map(([flag, reply]) => {
      const field = byFlag.get(flag);
      if (typeof reply !== 'string' || reply === '') return [flag, reply];
      if (field?.kind === 'number') return [flag, Number(reply)];
      if (field?.kind !== 'list') return [flag, reply];
      return [flag, field.ofWords === true ? phrasesOf(reply) : wordsOf(reply)];
    }),
  );
}

const wordsOf = (typed: string): readonly string[] => typed.split(/[\s,]+/).filter((part) => part !== '');

/** Members of several words each. A comma inside a word, as URLs may have one, parts nothing. */
export function phrasesOf(typed: string): readonly string[] {
  return typed
    .split(/,(?:\s+|$)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A line of text that must not be empty. */
export function textQuestion(message: string, initial?: string): TextQuestion {
  return {
    kind: 'text',
    message,
    ...(initial === undefined ? {} : { initial }),
    check: (typed) => (typed.trim() === '' ? 'Something has to be written here.' : null),
  };
}

/** An id that no other entry has. */
export function idQuestion(noun: string, taken: ReadonlySet<string>, initial: string): TextQuestion {
  return {
    kind: 'text',
    message: `Id of the ${noun}`,
    ...(initial === '' || taken.has(initial) ? {} : { initial }),
    check(typed) {
      if (!ID_PATTERN.test(typed)) return 'An id is lower-case letters and digits in groups joined by single hyphens.';
      return taken.has(typed) ? `There is a ${noun} ${typed} already.` : null;
    },
  };
}

/** An id made of a title, as a suggestion. */
export function idFrom(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}

/** An answer as text. */
export function textOf(answers: Answers, flag: string): string {
  const reply = answers[flag];
  return typeof reply === 'string' ? reply : '';
}

/** An answer as a list, whether it was chosen or typed in one line. */
export function listOfAnswers(answers: Answers, flag: string): readonly string[] {
  const reply = answers[flag];
  if (typeof reply === 'object') return reply;
  return typeof reply === 'string' ? wordsOf(reply) : [];
}
