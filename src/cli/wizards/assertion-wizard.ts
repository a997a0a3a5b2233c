import { ASKED_KINDS } from '../entries/assertion-fields.ts';
import type { Wizard } from '../prompts/wizard.ts';
import { type Asking, entryWizard, ID, idFrom, idQuestion, textOf, textQuestion } from './entry-wizard.ts';

const KIND_NOTES: Readonly<Record<(typeof ASKED_KINDS)[number], string>> = {
  'every-url-ends': 'URLs arrive on certain hosts',
  'nothing-captures': 'no rule or shutdown takes a place',
  'no-target': 'no rule leads to a page',
};

/** @param taken ids that are in use */
export function assertionWizard(taken: ReadonlySet<string>): Wizard {
  const of =
    (kind: (typeof ASKED_KINDS)[number], message: string): Asking =>
    (answers) =>
      textOf(answers, 'kind') === kind ? textQuestion(message) : null;
  return entryWizard('assertions-add', {
    kind: () => ({
      kind: 'choice',
      message: 'What has to hold?',
      choices: ASKED_KINDS.map((value) => ({ value, label: value, note: KIND_NOTES[value] })),
    }),
    url: (answers) => {
      const kind = textOf(answers, 'kind');
      if (kind === 'no-target' || kind === 'answers') return null;
      return textQuestion(kind === 'every-url-ends' ? 'Which URLs?' : 'Which places (such as https://poco.in/)?');
    },
    on: of('every-url-ends', 'On which hosts may they end (such as www.mi.com)?'),
    target: of('no-target', 'Which pages (URLs; * is any text)?'),
    because: () => ({ kind: 'text', message: 'Why, for whoever meets a failure (empty: nothing)' }),
    [ID]: (answers) => idQuestion('assertion', taken, idFrom(textOf(answers, 'because') || textOf(answers, 'kind'))),
    'holds-from': () => ({ kind: 'text', message: 'From when (such as end of 2024-12-31; empty: always)' }),
    'holds-until': () => ({ kind: 'text', message: 'Until when (empty: for ever)' }),
  });
}
