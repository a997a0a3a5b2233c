import type { RulesetOptions } from '../rule.ts';

/** The texts that rules are read from and written to. */
export type RuleFormat = 'csv' | 'ndjson' | 'netlify' | 'cloudflare' | 'cloudflare-bulk';

export const RULE_FORMATS: readonly RuleFormat[] = ['csv', 'ndjson', 'netlify', 'cloudflare', 'cloudflare-bulk'];

/** What the rules of a format mean beyond their own text: the options under which they keep their meaning here. */
export function optionsOf(format: RuleFormat): RulesetOptions {
  switch (format) {
    case 'csv':
    case 'ndjson':
      return { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' };
    case 'netlify':
      return { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' };
    case 'cloudflare':
    case 'cloudflare-bulk':
      return { query: 'preserve', trailingSlash: 'strict', case: 'sensitive' };
  }
}

export function isRuleFormat(text: string): text is RuleFormat {
  return (RULE_FORMATS as readonly string[]).includes(text);
}
