import type { AssertionKind } from '../../domain/document/assertion-schema.ts';
import { Failure } from '../../domain/failure.ts';
import { ASSERTION_KINDS } from '../entries/assertion-fields.ts';
import { expectedAnswers } from '../entries/expected-answers.ts';
import type { TextQuestion } from '../prompts/ask.ts';
import type { Wizard } from '../prompts/wizard.ts';
import { type Asking, entryWizard, ID, idFrom, idQuestion, phrasesOf, textOf, textQuestion } from './entry-wizard.ts';

const KIND_NOTES: Readonly<Record<AssertionKind, string>> = {
  'every-url-ends': 'URLs arrive on certain hosts',
  'nothing-captures': 'no rule or shutdown takes a place',
  'no-target': 'no rule leads to a page',
  answers: 'single URLs answer as said',
};

/** @param taken ids that are in use */
export function assertionWizard(taken: ReadonlySet<string>): Wizard {
  const of =
    (kind: AssertionKind, question: TextQuestion): Asking =>
    (answers) =>
      textOf(answers, 'kind') === kind ? question : null;
  return entryWizard('assertions-add', {
    kind: () => ({
      kind: 'choice',
      message: 'What has to hold?',
      choices: ASSERTION_KINDS.map((value) => ({ value, label: value, note: KIND_NOTES[value] })),
    }),
    url: (answers) => {
      const kind = textOf(answers, 'kind');
      if (kind === 'every-url-ends') return textQuestion('Which URLs?');
      // Flags may have named the places by their sites or markets.
      const named = answers['site'] !== undefined || answers['market'] !== undefined;
      return kind === 'nothing-captures' && !named ? textQuestion('Which places (such as https://poco.in/)?') : null;
    },
    on: of('every-url-ends', textQuestion('On which hosts may they end (such as www.mi.com)?')),
    target: of('no-target', textQuestion('Which pages (URLs; * is any text)?')),
    expect: of('answers', answersQuestion()),
    because: () => ({ kind: 'text', message: 'Why, for whoever meets a failure (empty: nothing)' }),
    [ID]: (answers) => idQuestion('assertion', taken, idFrom(textOf(answers, 'because') || textOf(answers, 'kind'))),
    'holds-from': () => ({ kind: 'text', message: 'From when (such as end of 2024-12-31; empty: always)' }),
    'holds-until': () => ({ kind: 'text', message: 'Until when (empty: for ever)' }),
  });
}

function answersQuestion(): TextQuestion {
  const asked = textQuestion(
    'Which URLs with which answers (https://po.co/app 410, https://po.co/a serve; with commas)?',
  );
  return { ...asked, check: async (typed) => (await asked.check?.(typed)) ?? whyNoAnswers(typed) };
}

function whyNoAnswers(typed: string): string | null {
  try {
    expectedAnswers(phrasesOf(typed));
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}
