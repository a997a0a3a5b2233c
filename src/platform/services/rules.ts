import type { api } from '../../contract/operations/index.ts';
import type { Handler } from '../handler.ts';
import { notFound } from './not-found.ts';

/** Milliseconds within which rules that were found are named by a plan. */
const NAMED_WITHIN = 60 * 60 * 1000;

type Operations = (typeof api)['rules'];

export const findContent: Handler<Operations['find']> = async ({ platform }, { params: { content } }) => {
  // What is about to be forgotten is sent again: it might be gone before it is named.
  const count = await platform.store.read(({ rules }) => rules.count(content, platform.now() + NAMED_WITHIN));
  if (count === null) throw notFound('rule content', content, 'Upload the rules.');
  return { value: { content, count } };
};

export const readRules: Handler<Operations['read']> = async ({ platform }, { params, query }) => {
  const ruleset = await platform.store.read(({ resources }) => resources.get('rulesets', params.id));
  if (ruleset === null) throw notFound('ruleset', params.id);
  const spec =
    query.revision === undefined
      ? ruleset.spec
      : ruleset.revisions?.find(({ revision }) => revision === query.revision)?.spec;
  if (spec === undefined) {
    const last = ruleset.revisions?.at(-1)?.revision ?? 0;
    throw notFound('revision', `${query.revision} of ruleset ${params.id}`, `It has the revisions 1 to ${last}.`);
  }
  return { value: platform.rules.each(spec.rules.content) };
};
