import { describe, expect, it } from 'vitest';
import { EXCEPTION_FIELDS } from '../../../src/cli/entries/exception-fields.ts';
import { editSpec, missingOf } from '../../../src/cli/entries/fields.ts';
import type { Places } from '../../../src/cli/entries/places.ts';
import { SHUTDOWN_FIELDS } from '../../../src/cli/entries/shutdown-fields.ts';
import type { Question, Reply } from '../../../src/cli/prompts/ask.ts';
import { runWizard, type Wizard } from '../../../src/cli/prompts/wizard.ts';
import { idFrom, saidOf } from '../../../src/cli/wizards/entry-wizard.ts';
import { exceptionWizard } from '../../../src/cli/wizards/exception-wizard.ts';
import { type LaunchWorld, launchWizard } from '../../../src/cli/wizards/launch-wizard.ts';
import { shutdownWizard } from '../../../src/cli/wizards/shutdown-wizard.ts';
import type { Resource } from '../../../src/domain/document/resources.ts';
import { temporaryFolder } from '../support/in-process.ts';

const NOW = Date.UTC(2024, 10, 1);

const market = (id: string, timeZone: string): Resource<'markets'> => ({
  kind: 'markets',
  id,
  version: 1,
  spec: { name: id, countries: [], currency: 'EUR', locales: ['en'], timeZone },
  times: {},
});

const site = (id: string, of: string, role: 'legacy' | 'unified'): Resource<'sites'> => ({
  kind: 'sites',
  id,
  version: 1,
  spec: { brand: 'poco', market: of, role, urls: [`https://po.co/${of}/`] },
  times: {},
});

const PLACES: Places = {
  markets: new Map([market('fr', 'Europe/Paris'), market('gb', 'Europe/London')].map((own) => [own.id, own])),
  sites: new Map(
    [site('poco-fr', 'fr', 'legacy'), site('poco-gb', 'gb', 'legacy'), site('mi-gb', 'gb', 'unified')].map((own) => [
      own.id,
      own,
    ]),
  ),
};

/** Answers questions by a word of their message; what is not named takes the suggestion. */
async function answered(wizard: Wizard, replies: Readonly<Record<string, Reply>>, given = {}) {
  const asked: Question[] = [];
  const answers = await runWizard(wizard, {
    stateFolder: temporaryFolder(),
    say: async () => {},
    given,
    ask: async (question) => {
      asked.push(question);
      const named = Object.entries(replies).find(([word]) => question.message.includes(word));
      return named?.[1] ?? suggestionOf(question);
    },
  });
  return { answers, asked };
}

function suggestionOf(question: Question): Reply {
  if (question.kind === 'text') return question.initial ?? '';
  if (question.kind === 'yes-no') return question.initial ?? false;
  const first = question.initial ?? question.choices.slice(0, 1).map(({ value }) => value);
  return question.kind === 'choice' ? (first[0] ?? '') : first;
}

describe('the shutdown wizard', () => {
  const world = { places: PLACES, shutdowns: [], now: NOW, width: 80 };

  it('asks for all that a shutdown needs, with suggestions that hold', async () => {
    const { answers, asked } = await answered(shutdownWizard(world), { 'sites close': ['poco-fr', 'poco-gb'] });
    const said = saidOf(SHUTDOWN_FIELDS, answers);
    expect(missingOf(SHUTDOWN_FIELDS, said)).toEqual([]);
    expect(answers['id']).toBe('poco-2024');
    expect(editSpec(SHUTDOWN_FIELDS, said, {})).toEqual({
      title: 'poco sites close into mi-gb',
      sites: ['poco-fr', 'poco-gb'],
      into: 'mi-gb',
      freeze: 'start of 2024-12-01',
      dark: 'end of 2025-01-30',
      redirectsUntil: 'end of 2027-01-30',
    });
    for (const question of asked) {
      if (question.kind === 'text') expect(await question.check?.(String(suggestionOf(question)))).toBeNull();
    }
  });

  it('shows the local times of the sites’ markets alone', async () => {
    const { asked } = await answered(shutdownWizard(world), { 'sites close': ['poco-fr'] });
    const freeze = asked.find(({ message }) => message.startsWith('Freeze'));
    expect(freeze?.kind === 'text' && freeze.preview?.('start of 2025-01-01')).toBe(
      'fr  2025-01-01 00:00 +01:00  = 2024-12-31T23:00:00Z',
    );
  });

  it('does not ask what flags have said', async () => {
    const given = { site: ['poco-gb'], into: 'mi-gb', title: 't', id: 'x', freeze: 'start of 2025-01-01' };
    const { asked } = await answered(shutdownWizard(world), {}, given);
    expect(asked.map(({ message }) => message.split(':')[0])).toEqual(['Voucher cutoff', 'Dark', 'Redirects end at']);
  });

  it('offers only legacy sites that nothing closes, and stops where there is none', async () => {
    const spec = { title: 't', sites: ['poco-fr'], into: 'mi-gb', freeze: 'f', dark: 'd', redirectsUntil: 'r' };
    const other: Resource<'shutdowns'> = { kind: 'shutdowns', id: 'other', version: 1, spec, times: {} };
    const { asked } = await answered(shutdownWizard({ ...world, shutdowns: [other] }), {});
    const [first] = asked;
    expect(first?.kind === 'choices' && first.choices.map(({ value }) => value)).toEqual(['poco-gb']);
    const all = { ...other, spec: { ...spec, sites: ['poco-fr', 'poco-gb'] } };
    await expect(answered(shutdownWizard({ ...world, shutdowns: [all] }), {})).rejects.toMatchObject({
      code: 'nothing-to-close',
      exit: 2,
    });
  });
});

describe('the exception wizard', () => {
  const world = { places: PLACES, exceptions: [], now: NOW, width: 80 };

  it('asks for sites, and for markets and URLs only where none was chosen', async () => {
    const { answers, asked } = await answered(exceptionWizard(world), {
      'Which sites': ['poco-fr'],
      Why: 'it stays',
      'Who answers': 'ops',
    });
    expect(asked.map(({ message }) => message)).not.toContainEqual(expect.stringContaining('Which markets'));
    const said = saidOf(EXCEPTION_FIELDS, answers);
    expect(missingOf(EXCEPTION_FIELDS, said)).toEqual([]);
    expect(editSpec(EXCEPTION_FIELDS, said, {})).toEqual({
      sites: ['poco-fr'],
      from: ['shutdown', 'redirect'],
      reason: 'it stays',
      owner: 'ops',
      reviewBy: 'end of 2025-05-01',
    });
  });

  it('gives a zone to times that no market does', async () => {
    const { answers } = await answered(exceptionWizard(world), {
      'Which sites': [],
      'Which markets': [],
      'Which URLs': 'https://poco.in/ https://www.poco.in/',
    });
    const said = saidOf(EXCEPTION_FIELDS, answers);
    expect(editSpec(EXCEPTION_FIELDS, said, {})).toMatchObject({
      urls: ['https://poco.in/', 'https://www.poco.in/'],
      reviewBy: 'end of 2025-05-01[UTC]',
    });
    expect(answers['id']).toBe('poco-in-exempt');
  });
});

describe('idFrom', () => {
  it.each([
    ['POCO sites close!', 'poco-sites-close'],
    ['  Île-de-France  ', 'ile-de-france'],
    ['日本', ''],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('makes an id of %j', (title, id) => {
    expect(idFrom(title)).toBe(id);
  });
});

describe('planning a launch', () => {
  const world: LaunchWorld = {
    places: PLACES,
    launches: [],
    checklists: [],
    products: null,
    unknown: async (skus) => skus.filter((sku) => sku !== 'mi-band'),
    now: NOW,
    width: 80,
  };

  async function faultOf(name: string, typed: string): Promise<string | null> {
    const step = launchWizard(world).steps.find((own) => own.name === name);
    const question = await step?.question({ market: ['fr', 'gb'], item: ['mi-band', 'strap'] });
    if (question?.kind !== 'text') throw new Error(`${name} is not typed`);
    return (await question.check?.(typed)) ?? null;
  }

  it('takes no product that there is none of', async () => {
    expect(await faultOf('item', 'mi-band mi-bnd')).toBe('There is no product mi-bnd.');
    expect(await faultOf('item', ' ')).not.toBe(null);
    expect(await faultOf('item', 'mi-band')).toBe(null);
  });

  it.each([
    ['9 USD', 'market fr does not accept USD, which mi-band is priced in; it accepts EUR'],
    ['9 EUR, strap@gb=9 JPY', 'market gb does not accept JPY, which strap is priced in'],
    ['mi-band=9 EUR', 'strap has no price in fr'],
    ['9.999 EUR', 'decimals'],
  ])('takes no price of %s', async (typed, message) => {
    expect(await faultOf('price', typed)).toContain(message);
  });

  it('takes prices that every market takes', async () => {
    expect(await faultOf('price', '9 EUR, strap=3.50 EUR')).toBe(null);
  });
});
