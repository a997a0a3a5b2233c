/** The words of a redirect rule, as a person writes it in a document or a CSV file. */

export type MatchKind = 'exact' | 'prefix' | 'pattern' | 'regex';

export const MATCH_KINDS: readonly MatchKind[] = ['exact', 'prefix', 'pattern', 'regex'];

/** `significant` both matches and passes only the named parameters. */
export type QueryPolicy = 'preserve' | 'drop' | { readonly significant: readonly string[] };

export type RedirectStatus = 301 | 302 | 303 | 307 | 308 | 410;

export const REDIRECT_STATUSES: readonly RedirectStatus[] = [301, 302, 303, 307, 308, 410];

export const DEFAULT_STATUS: RedirectStatus = 301;

export function isRedirectStatus(status: number): status is RedirectStatus {
  return (REDIRECT_STATUSES as readonly number[]).includes(status);
}

/** Half open, `[from, until)`; either end may be missing. The texts are those of any schedule field. */
export interface RuleWindow {
  readonly from?: string;
  readonly until?: string;
}

export interface RedirectRule {
  /** A URL with or without its scheme, or a path from the host's root that lies under one of the site's URLs. */
  readonly from: string;
  /** An http(s) URL or a path on the same host; either may hold `:name` placeholders. Absent for 410 alone. */
  readonly to?: string;
  /** 301 where it is absent. */
  readonly status?: number;
  /** Where it is absent: `pattern` if a segment of `from` is a `:name` or `from` ends in `/*`, else `exact`. */
  readonly match?: MatchKind;
  /** The ruleset's policy where it is absent. */
  readonly query?: QueryPolicy;
  readonly window?: RuleWindow;
  /** Decides between rules that are equal in everything else; the greater wins; 0 where it is absent. */
  readonly priority?: number;
  readonly note?: string;
  readonly enabled?: boolean;
}

/** Where a rule was written; lines count from 1. */
export interface RuleOrigin {
  readonly file?: string;
  readonly line?: number;
}

export type Fallback = { readonly to: string; readonly status: RedirectStatus } | { readonly status: 410 };

export interface RulesetOptions {
  readonly query: QueryPolicy;
  readonly trailingSlash: 'ignore' | 'strict';
  readonly case: 'sensitive' | 'ignore';
  /** What answers a URL of the site that no rule takes. */
  readonly fallback?: Fallback;
}

export type RuleProblemCode =
  | 'invalid-url'
  | 'invalid-status'
  | 'invalid-pattern'
  | 'invalid-regex'
  | 'invalid-window'
  | 'invalid-priority'
  | 'invalid-query'
  | 'control-character'
  | 'outside-site'
  | 'open-redirect'
  | 'unknown-placeholder';

/** Why a rule cannot be used. A rule with a problem is left out of the compiled ruleset. */
export interface RuleProblem {
  readonly code: RuleProblemCode;
  /** Index of the rule in the input; -1 is the ruleset's fallback. */
  readonly index: number;
  readonly message: string;
  readonly remedy?: string;
  readonly origin?: RuleOrigin;
}

/** What is wrong with one part of a rule, before it is known which rule that is. */
export interface Fault {
  readonly fault: RuleProblemCode;
  readonly message: string;
  readonly remedy?: string;
}

export function isFault(value: object): value is Fault {
  return 'fault' in value;
}

/** The match kind a rule has, stated or inferred from the shape of its `from`. */
export function matchKindOf(rule: RedirectRule): MatchKind {
  if (rule.match !== undefined) return rule.match;
  const end = rule.from.indexOf('?');
  const path = end < 0 ? rule.from : rule.from.slice(0, end);
  return path.endsWith('/*') || /\/:[A-Za-z_]/.test(path) ? 'pattern' : 'exact';
}
