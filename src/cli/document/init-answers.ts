import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { Ask } from '../prompts/ask.ts';
import { missingFlags } from '../prompts/can-prompt.ts';
import { type Answers, runWizard, type Wizard, type WizardRun } from '../prompts/wizard.ts';
import type { Surroundings } from '../surroundings.ts';
import { type FirstDocument, firstDocumentText } from './first-document.ts';
import { FIRST_DOCUMENT_FLAGS, text, twoYearsAfter, usualLocale, usualZone } from './init-wizard.ts';
import { documentOf } from './load-document.ts';
import { validateDocument } from './validate-document.ts';

export interface InitRun extends Pick<WizardRun, 'stateFolder' | 'say'> {
  /** Null where nobody can be asked. */
  readonly ask: Ask | null;
}

/** Parts that have a usual value, and are asked for all the same where somebody can be asked. */
const USUAL: readonly (keyof FirstDocument)[] = ['locale', 'timeZone', 'redirectsUntil'];

/**
 * What a first document is made of, from flags and questions.
 *
 * @throws Failure `input-needed` with every flag that is missing where nobody can be asked
 */
export async function initAnswers(
  wizard: Wizard,
  flags: Readonly<Record<string, unknown>>,
  { ask, ...run }: InitRun,
): Promise<{ first: FirstDocument; asked: boolean }> {
  const given: Answers = Object.fromEntries(
    Object.entries(FIRST_DOCUMENT_FLAGS).flatMap(([key, flag]) => {
      const value = flags[flag.slice(2)];
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
  await refuseWrong(wizard, given);
  const needed = namesOf().filter((key) => given[key] === undefined && !USUAL.includes(key));
  if (needed.length === 0) return { first: completed(given), asked: false };
  if (ask === null) throw missingFlags(needed.map((key) => FIRST_DOCUMENT_FLAGS[key]));
  return { first: completed(await runWizard(wizard, { ...run, ask, given })), asked: true };
}

/** Flags are held to the same checks as answers; all that are wrong are named at once. */
async function refuseWrong(wizard: Wizard, given: Answers): Promise<void> {
  const problems: Problem[] = [];
  for (const { name, question } of wizard.steps) {
    const value = given[name];
    const asked = value === undefined ? null : await question(given);
    if (typeof value !== 'string' || asked?.kind !== 'text') continue;
    const fault = (await asked.check?.(value)) ?? null;
    if (fault === null) continue;
    const flag = FIRST_DOCUMENT_FLAGS[name as keyof FirstDocument];
    problems.push({ code: 'invalid-flag', severity: 'error', message: `${flag} ${value}: ${fault}` });
  }
  if (problems.length > 0) throw noDocument(problems);
}

/**
 * The text of a first document, once it is known to be right.
 *
 * @throws Failure `invalid-flag` where its parts contradict each other
 */
export async function validFirstText(
  surroundings: Surroundings,
  first: FirstDocument,
  schema: string,
  tzdb: string,
): Promise<string> {
  const text = firstDocumentText(first, schema);
  const loaded = await documentOf(surroundings, '-', { file: 'the document', text, bytes: Buffer.from(text) });
  const errors = validateDocument(loaded, tzdb, surroundings.now()).problems.filter(
    ({ severity }) => severity === 'error',
  );
  // It was not written anywhere, so there is no line to name.
  if (errors.length > 0) throw noDocument(errors.map(({ place: _, ...problem }) => problem));
  return text;
}

function noDocument(problems: readonly Problem[]): Failure {
  return new Failure({
    code: 'invalid-flag',
    exit: EXIT.usage,
    message: 'These make no document. Nothing was written.',
    details: { problems },
  });
}

function namesOf(): readonly (keyof FirstDocument)[] {
  return Object.keys(FIRST_DOCUMENT_FLAGS) as (keyof FirstDocument)[];
}

function completed(answers: Answers): FirstDocument {
  const of = (name: keyof FirstDocument): string => text(answers, name) ?? '';
  return {
    brand: of('brand'),
    url: withScheme(of('url')),
    into: withScheme(of('into')),
    country: of('country').toUpperCase(),
    currency: of('currency').toUpperCase(),
    locale: text(answers, 'locale') ?? usualLocale(of('country').toUpperCase()),
    timeZone: text(answers, 'timeZone') ?? usualZone(of('country').toUpperCase()),
    freeze: of('freeze'),
    dark: of('dark'),
    redirectsUntil: text(answers, 'redirectsUntil') ?? twoYearsAfter(of('dark')) ?? '',
  };
}

/** People leave the scheme out; a site answers by https. */
function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
}
