import type { Resource } from '../../domain/document/resources.ts';
import { EXEMPTIONS } from '../../domain/document/schema.ts';
import type { Places } from '../entries/places.ts';
import { marketsOf } from '../entries/times.ts';
import type { Answers, Wizard } from '../prompts/wizard.ts';
import { dateFrom } from './dates.ts';
import {
  type Asking,
  entryWizard,
  ID,
  idFrom,
  idQuestion,
  listOfAnswers,
  textOf,
  textQuestion,
} from './entry-wizard.ts';
import { timeQuestion } from './time-question.ts';

export interface ExceptionWorld {
  readonly places: Places;
  readonly exceptions: readonly Resource<'exceptions'>[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Columns of the terminal. */
  readonly width: number;
}

const EXPLAINED: Readonly<Record<(typeof EXEMPTIONS)[number], string>> = {
  shutdown: 'its sites stay as they are, whatever closes',
  redirect: 'no redirect rule takes its visitors',
  catalog: 'no catalog policy binds it',
  launch: 'no launch reaches it',
};

/** Grants an exception: what is exempt, from what, why, who answers for it, and until when. */
export function exceptionWizard({ places, exceptions, now, width }: ExceptionWorld): Wizard {
  const taken = new Set(exceptions.map(({ id }) => id));
  const markets = (answers: Answers) =>
    marketsOf(
      'exceptions',
      '',
      { sites: listOfAnswers(answers, 'site'), markets: listOfAnswers(answers, 'market') },
      places,
    );
  const nothingYet = (answers: Answers) =>
    ['site', 'market', 'url'].every((flag) => listOfAnswers(answers, flag).length === 0);

  return entryWizard('exceptions-grant', {
    site: (answers) => (nothingYet(answers) ? sitesQuestion(places) : null),
    market: (answers) => (nothingYet(answers) ? marketsQuestion(places) : null),
    url: (answers) =>
      nothingYet(answers) ? textQuestion('Which URLs are exempt? (base URLs, separated by blanks)') : null,
    'exempt-from': () => ({
      kind: 'choices',
      message: 'Exempt from what?',
      required: true,
      choices: EXEMPTIONS.map((kind) => ({ value: kind, label: kind, note: EXPLAINED[kind] })),
      initial: ['shutdown', 'redirect'],
    }),
    because: () => textQuestion('Why? (kept with the exception)'),
    owner: () => textQuestion('Who answers for it? (a person or a team)'),
    'starts-at': (answers) =>
      timeQuestion({ message: 'Exempt from when on?', width, markets: markets(answers), optional: true }),
    'ends-at': (answers) =>
      timeQuestion({
        message: 'Exempt until?',
        width,
        markets: markets(answers),
        optional: true,
        after: [{ name: 'its start', text: textOf(answers, 'starts-at') }],
      }),
    'review-by': (answers) =>
      timeQuestion({
        message: 'When does somebody look at it again?',
        width,
        markets: markets(answers),
        // With URLs alone there is no market to read a civil time in.
        initial:
          textOf(answers, 'ends-at') ||
          `end of ${dateFrom(now, { months: 6 })}${markets(answers).length === 0 ? '[UTC]' : ''}`,
      }),
    [ID]: (answers) => idQuestion('exception', taken, suggestedId(answers)),
  });
}

function suggestedId(answers: Answers): string {
  const [first] = ['site', 'market', 'url'].flatMap((flag) => listOfAnswers(answers, flag));
  return first === undefined ? '' : idFrom(`${first.replace(/^https?:\/\//, '')} exempt`);
}

function sitesQuestion({ sites }: Places): ReturnType<Asking> {
  if (sites.size === 0) return null;
  return {
    kind: 'choices',
    message: 'Which sites are exempt? (none: markets come next)',
    choices: [...sites.values()].map(({ id, spec }) => ({
      value: id,
      label: id,
      note: `${spec.market}, ${spec.role}: ${spec.urls.join(', ')}`,
    })),
  };
}

function marketsQuestion({ markets }: Places): ReturnType<Asking> {
  if (markets.size === 0) return null;
  return {
    kind: 'choices',
    message: 'Which markets are exempt? (none: URLs come next)',
    choices: [...markets.values()].map(({ id, spec }) => ({ value: id, label: id, note: spec.name })),
  };
}
