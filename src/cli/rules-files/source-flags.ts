import { Flags } from '@oclif/core';
import { RULE_FORMATS } from '../../redirects/formats/format.ts';
import { rulesetFlags } from '../entries/rules/rule-flags.ts';

/** How files of rules are read. */
export const readFlags = {
  'from-format': Flags.option({ options: RULE_FORMATS })({
    summary: 'What the files are; by their content unless told. cloudflare is the _redirects of Cloudflare Pages.',
    helpGroup: 'READ',
  }),
  map: Flags.string({
    summary: 'What columns (or JSON keys) stand for: from=Old URL,to=New URL,ignore=Owner.',
    helpGroup: 'READ',
    helpValue: 'KEY=COLUMN,…',
  }),
  'skip-invalid': Flags.boolean({
    summary: 'Go on without the lines that give no rule; each is told.',
    helpGroup: 'READ',
  }),
};

/** Which requests a rule in a file is for, with what query it sends them on, and what becomes of those without a rule. */
export const optionFlags = {
  query: Flags.string({
    summary: 'What becomes of queries: preserve, drop, or significant:NAME,NAME.',
    helpValue: 'POLICY',
  }),
  'trailing-slash': rulesetFlags['trailing-slash'],
  case: rulesetFlags.case,
  fallback: rulesetFlags.fallback,
};

/** What rules in files mean, as a ruleset would say it. */
export const meaningFlags = {
  url: Flags.string({
    summary: 'A base URL of the site that the rules are for; repeatable. Taken from the rules unless told.',
    helpValue: 'URL',
    multiple: true,
    multipleNonGreedy: true,
  }),
  ...optionFlags,
  at: Flags.string({
    summary: 'The instant for which rules with a window are taken.',
    helpValue: 'TIME',
    default: 'now',
  }),
};
