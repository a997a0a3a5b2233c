import type { ProductLine } from '../../domain/document/catalog-schema.ts';
import { checkPrice } from '../../domain/document/checks/offers.ts';
import { FaultList } from '../../domain/document/fault-list.ts';
import { LAUNCH_KINDS } from '../../domain/document/launch-schema.ts';
import type { Resource } from '../../domain/document/resources.ts';
import { Failure } from '../../domain/failure.ts';
import { valueIn } from '../../domain/launches/launch-items.ts';
import type { Spec } from '../entries/fields.ts';
import type { Places } from '../entries/places.ts';
import { withSaid } from '../launches/edit-launch.ts';
import type { Question } from '../prompts/ask.ts';
import type { Answers, Wizard } from '../prompts/wizard.ts';
import { dateFrom } from './dates.ts';
import { entryWizard, ID, idFrom, idQuestion, listOfAnswers, textOf } from './entry-wizard.ts';
import { timeQuestion } from './time-question.ts';

export interface LaunchWorld {
  readonly places: Places;
  readonly launches: readonly Resource<'launches'>[];
  readonly checklists: readonly { readonly id: string; readonly title: string }[];
  /** Products to choose from; null where there are too many to show. */
  readonly products: readonly ProductLine[] | null;
  /** Those of these SKUs that there is no product of. */
  unknown(skus: readonly string[]): Promise<readonly string[]>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Columns of the terminal. */
  readonly width: number;
}

const KIND_NOTES = {
  standard: 'on sale from its start',
  'flash-sale': 'so many units in all, so many for each buyer',
} as const;

/** Plans a launch: what, where and when, with each market's local time shown while it is typed. */
export function launchWizard(world: LaunchWorld): Wizard {
  const { places, launches, now, width } = world;
  const markets = (answers: Answers) =>
    listOfAnswers(answers, 'market').flatMap((id) => {
      const market = places.markets.get(id);
      return market === undefined ? [] : [{ id, zone: market.spec.timeZone }];
    });
  const isFlashSale = (answers: Answers) => textOf(answers, 'kind') === 'flash-sale';
  return entryWizard('launches-add', {
    kind: () => ({
      kind: 'choice',
      message: 'What kind of launch is it?',
      choices: LAUNCH_KINDS.map((kind) => ({ value: kind, label: kind, note: KIND_NOTES[kind] })),
    }),
    market: () => ({
      kind: 'choices',
      required: true,
      message: 'In which markets?',
      choices: [...places.markets.values()].map(({ id, spec }) => ({ value: id, label: id, note: spec.name })),
    }),
    item: () => itemQuestion(world),
    price: (answers) =>
      valueQuestion(answers, {
        flag: 'price',
        message: 'What does each cost? (14.99 USD; or SKU=PRICE, SKU@MARKET=PRICE, with commas)',
        fault: (spec) => priceFault(spec, places),
      }),
    allocation: (answers) =>
      isFlashSale(answers)
        ? valueQuestion(answers, {
            flag: 'allocation',
            message: 'Units of each in every market? (500; or SKU=N, SKU@MARKET=N)',
            initial: '100',
          })
        : null,
    'limit-per-buyer': (answers) =>
      isFlashSale(answers)
        ? valueQuestion(answers, {
            flag: 'limit-per-buyer',
            message: 'Units of each for one buyer, in all markets? (2; or SKU=N)',
            initial: '2',
          })
        : null,
    'starts-at': (answers) =>
      timeQuestion({
        message: 'When does it start? (with a zone once for all, else local time)',
        width,
        markets: markets(answers),
        initial: `${dateFrom(now, { days: 30 })}T13:00`,
      }),
    'ends-at': (answers) =>
      timeQuestion({
        message: 'When does it end?',
        width,
        markets: markets(answers),
        optional: true,
        after: [{ name: 'the start', text: textOf(answers, 'starts-at') }],
      }),
    checklist: (answers) => ({
      kind: 'choice',
      message: 'What has to hold before it may go?',
      choices: [
        // The one that is called as the kind is first: it is what most want.
        ...world.checklists
          .toSorted((a, b) => Number(b.id === answers['kind']) - Number(a.id === answers['kind']))
          .map(({ id, title }) => ({ value: id, label: id, note: title })),
        { value: '', label: 'nothing', note: 'it starts by itself' },
      ],
    }),
    title: () => ({ kind: 'text', message: 'What is it called? (empty: nothing)' }),
    [ID]: (answers) => idQuestion('launch', new Set(launches.map(({ id }) => id)), idFrom(textOf(answers, 'title'))),
  });
}

function itemQuestion({ products, unknown }: LaunchWorld): Question {
  if (products === null || products.length === 0) {
    return {
      kind: 'text',
      message: 'Which products does it sell? (SKUs, separated by blanks)',
      async check(typed) {
        const skus = listOfAnswers({ item: typed }, 'item');
        if (skus.length === 0) return 'Something has to be written here.';
        const missing = await unknown(skus);
        return missing.length === 0 ? null : `There is no product ${missing.join(', ')}.`;
      },
    };
  }
  return {
    kind: 'choices',
    required: true,
    message: 'Which products does it sell?',
    choices: products.map(({ sku, title }) => ({ value: sku, label: sku, note: title })),
  };
}

interface ValueAsked {
  readonly flag: string;
  readonly message: string;
  readonly initial?: string;
  /** What is wrong with a launch of which no more is known than this; null where nothing is. */
  readonly fault?: (spec: Spec) => string | null;
}

/** A value that flags could say too; what is wrong with it is said when it is entered, in the words of the flag. */
function valueQuestion(answers: Answers, { flag, message, initial, fault }: ValueAsked): Question {
  return {
    kind: 'text',
    message,
    ...(initial === undefined ? {} : { initial }),
    check(typed) {
      if (typed.trim() === '') return 'Something has to be written here.';
      const known = { item: listOfAnswers(answers, 'item'), market: listOfAnswers(answers, 'market') };
      try {
        return fault?.(withSaid({ ...known, [flag]: typed }, {})) ?? null;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return `${error.message} ${error.remedy ?? ''}`.trim();
      }
    },
  };
}

/** The first item that has no price in a market of the launch, or one that the market does not take. */
function priceFault(spec: Spec, { markets }: Places): string | null {
  const items = Object.entries((spec['items'] ?? {}) as Readonly<Record<string, { readonly price?: PerMarket }>>);
  for (const market of (spec['markets'] ?? []) as readonly string[]) {
    for (const [sku, item] of items) {
      const price = valueIn<string>(item.price, market);
      if (price === undefined) return `${sku} has no price in ${market}.`;
      const faults = new FaultList();
      checkPrice({ sku, market, price }, { markets: new Map(markets) }, [], faults);
      const [found] = faults.problems;
      if (found !== undefined) return `${found.message}. ${found.remedy ?? ''}`.replaceAll('`', '').trim();
    }
  }
  return null;
}

type PerMarket = string | Readonly<Record<string, string>>;
