import { Flags } from '@oclif/core';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { MATCH_KINDS, type QueryPolicy, REDIRECT_STATUSES } from '../../../redirects/rule.ts';
import { entryFlag } from '../flags.ts';

const text = (summary: string, helpValue: string) => Flags.string({ summary, helpValue, helpGroup: 'RULE' });

/** What a rule is, as flags: the names are the document's keys and the CSV columns. */
export const ruleFlags = {
  from: text('The URL or path that it takes; :name is one segment, a final /* the rest.', 'URL'),
  to: text('Where it sends visitors: a URL or a template.', 'URL'),
  status: Flags.integer({
    summary: `${REDIRECT_STATUSES.join(', ')}; 301 unless told.`,
    helpGroup: 'RULE',
    helpValue: 'STATUS',
  }),
  match: Flags.option({ options: MATCH_KINDS })({
    summary: 'How `from` is read; by its form unless told.',
    helpGroup: 'RULE',
  }),
  query: text('What becomes of the query: preserve, drop, or significant:NAME,NAME.', 'POLICY'),
  'window-from': text('In force from this instant.', 'TIME'),
  'window-until': text('In force until this instant.', 'TIME'),
  priority: Flags.integer({ summary: 'Decides between rules that are equal otherwise.', helpGroup: 'RULE' }),
  note: text('A note for people.', 'TEXT'),
  enabled: Flags.boolean({ summary: 'Whether it is used.', helpGroup: 'RULE', allowNo: true }),
};

/** What a ruleset is besides its rules. */
export const rulesetFlags = {
  site: entryFlag.text('The legacy site whose URLs the rules are for.', 'ID'),
  fallback: entryFlag.text('Where a URL goes that no rule takes: a URL, or 410.', 'URL'),
  'fallback-status': Flags.integer({ summary: 'The status of the fallback; 302 unless told.', helpGroup: 'ENTRY' }),
  'trailing-slash': Flags.option({ options: ['ignore', 'strict'] as const })({
    summary: 'Whether a slash at the end makes another URL.',
    helpGroup: 'ENTRY',
  }),
  case: Flags.option({ options: ['sensitive', 'ignore'] as const })({
    summary: 'Whether letter case makes another URL.',
    helpGroup: 'ENTRY',
  }),
  'allowed-host': entryFlag.list('A host that targets may have; repeatable. With none, any.', 'HOST'),
  protected: entryFlag.protect,
};

/** Reads `preserve`, `drop` or `significant:q,id`. Throws the usage failure `invalid-query`. */
export function parseQueryPolicy(text: string): QueryPolicy {
  if (text === 'preserve' || text === 'drop') return text;
  const names =
    /^significant:(.+)$/s
      .exec(text)?.[1]
      ?.split(',')
      .filter((name) => name !== '') ?? [];
  if (names.length > 0) return { significant: names };
  throw new Failure({
    code: 'invalid-query',
    exit: EXIT.usage,
    message: `--query "${text}" is no query policy.`,
    remedy: 'Write preserve, drop, or significant: with the names of parameters, such as significant:q,id',
  });
}
