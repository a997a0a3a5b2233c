import { Flags } from '@oclif/core';
import type { AssertionKind } from '../../domain/document/assertion-schema.ts';
import { expectedAnswers, expectedTexts, urlOf } from './expected-answers.ts';
import { editSpec, type Field, type Said, type Spec } from './fields.ts';
import { entryFlag } from './flags.ts';

export const ASSERTION_KINDS = [
  'every-url-ends',
  'nothing-captures',
  'no-target',
  'answers',
] as const satisfies readonly AssertionKind[];

export const ASSERTION_FIELDS: readonly Field[] = [
  { key: 'kind', flag: 'kind', kind: 'text', needed: true },
  { key: 'urls', flag: 'url', kind: 'list' },
  { key: 'on', flag: 'on', kind: 'list' },
  { key: 'within', flag: 'within', kind: 'number' },
  { key: 'status', flag: 'way-status', kind: 'list' },
  { key: 'sites', flag: 'site', kind: 'list' },
  { key: 'markets', flag: 'market', kind: 'list' },
  { key: 'targets', flag: 'target', kind: 'list' },
  { key: 'except', flag: 'except', kind: 'list' },
  { key: 'fallbacks', flag: 'fallbacks', kind: 'switch' },
  { key: 'expect', flag: 'expect', kind: 'list', ofWords: true },
  { key: 'from', flag: 'holds-from', kind: 'time' },
  { key: 'until', flag: 'holds-until', kind: 'time' },
  { key: 'reason', flag: 'because', kind: 'text' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const assertionFlags = {
  kind: Flags.option({ options: ASSERTION_KINDS })({
    summary: 'What has to hold: where URLs end, what nothing may take, where no rule may lead, or single answers.',
    helpGroup: 'ENTRY',
  }),
  url: entryFlag.list('A URL that has to end, or a place that nothing may take; repeatable.', 'URL'),
  on: entryFlag.list('A host on which URLs may end, such as *.mi.com; repeatable.', 'HOST'),
  within: Flags.integer({ summary: 'Redirects before the page at most.', helpValue: 'N', helpGroup: 'ENTRY', min: 0 }),
  'way-status': entryFlag.list('A status that redirects on the way may have, such as 301; repeatable.', 'STATUS'),
  site: entryFlag.list('A site that nothing may take; repeatable.', 'ID'),
  market: entryFlag.list('A market whose sites nothing may take; repeatable.', 'ID'),
  target: entryFlag.list('A page to which no rule may lead; * is any text; repeatable.', 'URL'),
  except: entryFlag.list('The source of a rule that may lead there; repeatable.', 'FROM'),
  fallbacks: Flags.boolean({ summary: 'Hold fallbacks to it too.', helpGroup: 'ENTRY', allowNo: true }),
  expect: entryFlag.list(
    'A URL and its answer, "https://po.co/uk/old 410": status, outcome (redirect, serve, gone, not-found), location; repeatable.',
    'ANSWER',
  ),
  'holds-from': entryFlag.time('It has to hold from this instant. Always, unless told.'),
  'holds-until': entryFlag.time('It has to hold until this instant. For ever, unless told.'),
  because: entryFlag.because,
  protected: entryFlag.protect,
};

/** What each kind is about: all of these flags, and one of several that are joined by "or". */
const NEEDED: Readonly<Record<AssertionKind, readonly (readonly string[])[]>> = {
  'every-url-ends': [['url'], ['on']],
  'nothing-captures': [['url', 'site', 'market']],
  'no-target': [['target']],
  answers: [['expect']],
};

/** The flags that its kind needs and nobody said. */
export function missingOfAssertion(said: Said): readonly string[] {
  const kind = ASSERTION_KINDS.find((one) => one === said['kind']);
  if (kind === undefined) return [];
  return NEEDED[kind]
    .filter((flags) => flags.every((flag) => listOf(said[flag]).length === 0))
    .map((flags) => flags.map((flag) => `--${flag}`).join(' or '));
}

/**
 * An assertion with what was said on top. Answers are a map in the document, and a list of texts on the command line: an
 * answer that is added takes the place of the one that its URL had, and a URL is enough to take one away.
 *
 * @throws Failure `invalid-answer`, `not-in-list`
 */
export function editAssertion(said: Said, present: Spec): Spec {
  const before = expectedTexts(present['expect']);
  const added = listOf(said['add-expect']);
  const removed = listOf(said['remove-expect']).map((text) => before.find((one) => urlOf(one) === urlOf(text)) ?? text);
  const replaced = new Set(added.map(urlOf));
  const kept = before.filter((one) => !replaced.has(urlOf(one)));
  const { expect, status, ...spec } = editSpec(
    ASSERTION_FIELDS,
    said['remove-expect'] === undefined ? said : { ...said, 'remove-expect': removed },
    before.length === 0 ? present : { ...present, expect: added.length > 0 ? kept : before },
  );
  return {
    ...spec,
    ...(status === undefined ? {} : { status: listOf(status).map(Number) }),
    ...(expect === undefined ? {} : { expect: expectedAnswers(listOf(expect)) }),
  };
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
