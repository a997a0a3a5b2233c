import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import type { Resource } from '../../domain/document/resources.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Places } from '../entries/places.ts';
import { marketsOf } from '../entries/times.ts';
import { counted } from '../output/counted.ts';
import type { Answers, Wizard } from '../prompts/wizard.ts';
import { dateAfter, dateFrom } from './dates.ts';
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

export interface ShutdownWorld {
  readonly places: Places;
  readonly shutdowns: readonly Resource<'shutdowns'>[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Search engines want a year of redirects at the least; links in the wild live longer. */
const REDIRECT_YEARS = 2;

/** Schedules a shutdown: which sites, into which, and when, with each market's local time shown while it is typed. */
export function shutdownWizard(world: ShutdownWorld): Wizard {
  const { shutdowns, now, width } = world;
  const taken = new Set(shutdowns.map(({ id }) => id));
  const markets = (answers: Answers) => marketsOfSites(listOfAnswers(answers, 'site'), world.places);
  const earlier = (answers: Answers, ...flags: readonly string[]) =>
    flags.map((flag) => ({ name: NAMES[flag] ?? flag, text: textOf(answers, flag) }));

  return entryWizard('shutdowns-schedule', {
    site: () => sitesQuestion(world),
    into: () => intoQuestion(world.places),
    title: (answers) => textQuestion('What is the shutdown called?', titleOf(answers, world.places)),
    [ID]: (answers) =>
      idQuestion(
        'shutdown',
        taken,
        idFrom(`${brandsOf(answers, world.places)} ${dateFrom(now, { days: 0 }).slice(0, 4)}`),
      ),
    freeze: (answers) =>
      timeQuestion({
        message: 'Freeze: no new orders from',
        width,
        markets: markets(answers),
        initial: `start of ${dateFrom(now, { days: 30 })}`,
      }),
    'voucher-cutoff': (answers) =>
      timeQuestion({
        message: 'Voucher cutoff: vouchers issued before this migrate',
        width,
        markets: markets(answers),
        optional: true,
        notBefore: earlier(answers, 'freeze'),
      }),
    dark: (answers) =>
      timeQuestion({
        message: 'Dark: visitors are redirected from',
        width,
        markets: markets(answers),
        ...suggested('end of', dateAfter(textOf(answers, 'freeze'), { days: 60 })),
        notBefore: earlier(answers, 'freeze', 'voucher-cutoff'),
      }),
    'redirects-until': (answers) =>
      timeQuestion({
        message: 'Redirects end at',
        width,
        markets: markets(answers),
        ...suggested('end of', dateAfter(textOf(answers, 'dark'), { years: REDIRECT_YEARS })),
        after: earlier(answers, 'dark'),
      }),
  });
}

const NAMES: Readonly<Record<string, string>> = {
  freeze: 'the freeze',
  'voucher-cutoff': 'the voucher cutoff',
  dark: 'dark',
};

function suggested(side: 'start of' | 'end of', date: string | null): { readonly initial?: string } {
  return date === null ? {} : { initial: `${side} ${date}` };
}

/** The markets in whose zones the dates are read: those of the sites that close. */
function marketsOfSites(sites: readonly string[], places: Places): readonly AffectedMarket[] {
  return marketsOf('shutdowns', '', { sites }, places);
}

/** Legacy sites that nothing closes yet. */
function sitesQuestion({ places, shutdowns }: ShutdownWorld): ReturnType<Asking> {
  const closing = new Set(shutdowns.flatMap(({ spec }) => spec.sites));
  const open = [...places.sites.values()].filter(({ id, spec }) => spec.role === 'legacy' && !closing.has(id));
  if (open.length === 0) throw nothingToClose(closing.size);
  return {
    kind: 'choices',
    message: 'Which sites close?',
    required: true,
    choices: open.map(({ id, spec }) => ({ value: id, label: id, note: `${spec.market}: ${spec.urls.join(', ')}` })),
  };
}

function nothingToClose(closing: number): Failure {
  return new Failure({
    code: 'nothing-to-close',
    exit: EXIT.usage,
    message: `There is no legacy site that nothing closes yet${closing === 0 ? '' : `; ${counted(closing, 'site')} will close already`}.`,
    remedy: 'Add one with `storectl sites add`, or change a shutdown with `storectl shutdowns change`.',
  });
}

function intoQuestion(places: Places): ReturnType<Asking> {
  const unified = [...places.sites.values()].filter(({ spec }) => spec.role === 'unified');
  if (unified.length === 0) {
    throw new Failure({
      code: 'nowhere-to-go',
      exit: EXIT.usage,
      message: 'There is no unified site that could take the visitors.',
      remedy: 'Add it first: storectl sites add --role unified',
    });
  }
  return {
    kind: 'choice',
    message: 'Which site takes their visitors?',
    choices: unified.map(({ id, spec }) => ({ value: id, label: id, note: spec.urls.join(', ') })),
  };
}

/** What people would call it anyway. */
function titleOf(answers: Answers, places: Places): string {
  return `${brandsOf(answers, places)} sites close into ${textOf(answers, 'into')}`;
}

function brandsOf(answers: Answers, { sites }: Places): string {
  const brands = listOfAnswers(answers, 'site').flatMap((id) => sites.get(id)?.spec.brand ?? []);
  return [...new Set(brands)].join(' and ');
}
