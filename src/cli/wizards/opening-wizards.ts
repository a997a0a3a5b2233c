import { CATALOG_MODES, type CatalogMode } from '../../domain/catalogs/policy.ts';
import type { Resource } from '../../domain/document/resources.ts';
import type { Places } from '../entries/places.ts';
import type { Wizard } from '../prompts/wizard.ts';
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

const MODE_NOTES: Readonly<Record<CatalogMode, string>> = {
  full: 'everything that the taxonomy has',
  'accessories-only': 'nothing that needs approval of its own: no phones, tablets, televisions',
  custom: 'only what is included',
};

export function catalogWizard(places: Places, catalogs: readonly Resource<'catalogs'>[]): Wizard {
  const taken = new Set(catalogs.map(({ id }) => id));
  const served = new Set(catalogs.map(({ spec }) => spec.market));
  return entryWizard('catalogs-add', {
    market: () => marketQuestion(places, served, 'Which market does it say what may be sold in?'),
    mode: () => ({
      kind: 'choice',
      message: 'What may be sold there at all?',
      choices: CATALOG_MODES.map((mode) => ({ value: mode, label: mode, note: MODE_NOTES[mode] })),
    }),
    'include-category': (answers) =>
      textOf(answers, 'mode') === 'custom'
        ? textQuestion('Which categories does it include? (paths, separated by blanks)')
        : null,
    'exclude-category': () => ({ kind: 'text', message: 'Which categories does it exclude? (paths; empty: none)' }),
    [ID]: (answers) => idQuestion('catalog', taken, textOf(answers, 'market')),
  });
}

export function certificationWizard(places: Places, taken: ReadonlySet<string>, width: number): Wizard {
  return entryWizard('certifications-add', {
    title: () => textQuestion('What is it called? (such as FCC or CE)'),
    market: () => ({
      kind: 'choices',
      required: true,
      message: 'Which markets ask for it?',
      choices: choicesOf(places),
    }),
    sku: () => textQuestion('Which products does it cover? (SKUs, separated by blanks)'),
    until: (answers) =>
      timeQuestion({
        message: 'When does it end?',
        width,
        markets: listOfAnswers(answers, 'market').flatMap((id) => {
          const market = places.markets.get(id);
          return market === undefined ? [] : [{ id, zone: market.spec.timeZone }];
        }),
        optional: true,
      }),
    [ID]: (answers) => idQuestion('certification', taken, idFrom(textOf(answers, 'title'))),
  });
}

export function serviceWizard(places: Places, levels: readonly Resource<'serviceLevels'>[]): Wizard {
  const taken = new Set(levels.map(({ id }) => id));
  const served = new Set(levels.map(({ spec }) => spec.market));
  return entryWizard('services-add', {
    market: () => marketQuestion(places, served, 'Which market is it for?'),
    payment: () => ({ kind: 'text', message: 'Ways to pay (such as credit-card paypal; empty: none yet)' }),
    'delivery-days': () => numberQuestion('The delivery promise, in working days (empty: none yet)'),
    'returns-days': () => numberQuestion('The returns window, in days (empty: none yet)'),
    'returns-at-cost-of': (answers) =>
      textOf(answers, 'returns-days') === ''
        ? null
        : {
            kind: 'choice',
            message: 'Who pays the way back?',
            choices: ['buyer', 'seller'].map((value) => ({ value, label: value })),
          },
    'warranty-months': () => numberQuestion('The warranty, in months (empty: none yet)'),
    [ID]: (answers) => idQuestion('service level', taken, textOf(answers, 'market')),
  });
}

function numberQuestion(message: string): ReturnType<Asking> {
  return {
    kind: 'text',
    message,
    check: (typed) => (/^\d{0,4}$/.test(typed.trim()) ? null : 'Write a whole number in digits, or nothing.'),
  };
}

/** @param served markets that have one already */
function marketQuestion(places: Places, served: ReadonlySet<string>, message: string): ReturnType<Asking> {
  const choices = choicesOf(places).filter(({ value }) => !served.has(value));
  return choices.length === 0
    ? textQuestion(`${message} (the id; every market there is has one, storectl markets add)`)
    : { kind: 'choice', message, choices };
}

function choicesOf({ markets }: Places) {
  return [...markets.values()].map(({ id, spec }) => ({ value: id, label: id, note: spec.name }));
}
