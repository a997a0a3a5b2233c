import type { Section } from '../../domain/document/sections.ts';
import type { Places } from '../entries/places.ts';
import { SITE_ROLES } from '../entries/site-fields.ts';
import type { marketsOf } from '../entries/times.ts';
import type { Answers, Wizard } from '../prompts/wizard.ts';
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

export interface PlainWorld {
  readonly places: Places;
  /** Ids that are in use. */
  readonly taken: ReadonlySet<string>;
  /** Columns of the terminal. */
  readonly width: number;
}

export function marketWizard({ taken }: PlainWorld): Wizard {
  return entryWizard('markets-add', {
    name: () => textQuestion('What do people call the market?'),
    [ID]: (answers) => idQuestion('market', taken, idFrom(textOf(answers, 'name'))),
    country: () => ({ kind: 'text', message: 'Its countries (ISO 3166-1 codes, such as GB; empty: none)' }),
    currency: () => textQuestion('Its currency (ISO 4217, such as GBP)'),
    locale: () => textQuestion('Its languages (BCP 47 tags, such as en-GB)'),
    'time-zone': () => textQuestion('Its time zone (IANA, such as Europe/London)'),
  });
}

export function siteWizard({ places, taken, width }: PlainWorld): Wizard {
  return entryWizard('sites-add', {
    brand: () => textQuestion('Which brand does it sell?'),
    market: () => marketQuestion(places),
    role: () => ({
      kind: 'choice',
      message: 'What is its role?',
      choices: SITE_ROLES.map((role) => ({ value: role, label: role, note: ROLE_NOTES[role] })),
    }),
    url: () => textQuestion('Its base URLs (host and base path, separated by blanks)'),
    'opens-at': (answers) =>
      timeQuestion({
        message: 'When does it open?',
        width,
        markets: marketsOfSite(answers, places),
        optional: true,
      }),
    [ID]: (answers) => idQuestion('site', taken, idFrom(`${textOf(answers, 'brand')} ${textOf(answers, 'market')}`)),
  });
}

const ROLE_NOTES: Readonly<Record<(typeof SITE_ROLES)[number], string>> = {
  legacy: 'closes one day, into a unified site',
  unified: 'takes the visitors of sites that close',
  standalone: 'neither closes nor takes over',
};

export function freezeWindowWizard({ taken, width }: PlainWorld): Wizard {
  return entryWizard('freeze-windows-add', {
    because: () => textQuestion('Why are changes refused?'),
    [ID]: (answers) => idQuestion('freeze window', taken, idFrom(textOf(answers, 'because'))),
    'window-from': () =>
      timeQuestion({ message: 'From (with a zone: start of 2024-11-29[Europe/Paris])', width, markets: [] }),
    'window-until': (answers) =>
      timeQuestion({
        message: 'Until (with a zone)',
        width,
        markets: [],
        after: [{ name: 'its start', text: textOf(answers, 'window-from') }],
      }),
  });
}

/** The wizard of a section that has a plain one. */
export const PLAIN_WIZARDS = {
  markets: marketWizard,
  sites: siteWizard,
  freezeWindows: freezeWindowWizard,
} as const satisfies Partial<Record<Section, (world: PlainWorld) => Wizard>>;

function marketQuestion({ markets }: Places): ReturnType<Asking> {
  if (markets.size === 0) return textQuestion('Its market (the id; there is no market yet, storectl markets add)');
  return {
    kind: 'choice',
    message: 'Which market does it serve?',
    choices: [...markets.values()].map(({ id, spec }) => ({ value: id, label: id, note: spec.name })),
  };
}

function marketsOfSite(answers: Answers, places: Places): ReturnType<typeof marketsOf> {
  return listOfAnswers(answers, 'market').flatMap((id) => {
    const market = places.markets.get(id);
    return market === undefined ? [] : [{ id, zone: market.spec.timeZone }];
  });
}
