import type { CompiledRuleset } from '../compiled.ts';
import type { RedirectRule, RuleOrigin } from '../rule.ts';
import type { SiteUrl } from '../url.ts';

export type FindingSeverity = 'error' | 'warning' | 'info';

/** A rule as a finding names it; the ruleset's fallback has `from` "(fallback)". */
export interface FindingRule extends RuleOrigin {
  readonly ruleset: string;
  readonly from: string;
  /** Index in the ruleset's rules; -1 for its fallback. */
  readonly index: number;
}

export interface Retarget {
  readonly kind: 'retarget';
  readonly rule: FindingRule;
  readonly to: string;
  readonly status: number;
}

/** What mends one rule's part of a chain. */
export type OwnFix =
  | Retarget
  /** A rule of its own for one URL that a rule with variable parts would send on a longer way. */
  | { readonly kind: 'add'; readonly rule: FindingRule; readonly added: RedirectRule };

/** A change that keeps every visitor's final page as it is. */
export type FindingFix =
  | { readonly kind: 'remove'; readonly rules: readonly FindingRule[] }
  /** Several rules of one chain; each change is safe without the others. */
  | { readonly kind: 'retarget-all'; readonly changes: readonly Retarget[] }
  | OwnFix;

/** The fix as far as it concerns rules that may be changed; undefined where nothing of it is left. */
export function fixWithin(fix: FindingFix | undefined, isFree: (rule: FindingRule) => boolean): FindingFix | undefined {
  switch (fix?.kind) {
    case undefined:
      return undefined;
    case 'remove':
      return fix.rules.every(isFree) ? fix : undefined;
    case 'retarget-all': {
      const changes = fix.changes.filter(({ rule }) => isFree(rule));
      return changes.length === 0 ? undefined : { kind: 'retarget-all', changes };
    }
    case 'retarget':
    case 'add':
      return isFree(fix.rule) ? fix : undefined;
  }
}

export interface Finding {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly message: string;
  readonly rules: readonly FindingRule[];
  /** A concrete URL that shows it. */
  readonly witness?: string;
  /** Epoch milliseconds, where it holds only at some instants. */
  readonly at?: number;
  readonly fix?: FindingFix;
  /** Where a document says what it is about, as a JSON pointer, where that is no rule. */
  readonly pointer?: string;
}

/** Half open, in epoch milliseconds; infinite at open ends. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface LintRuleset {
  readonly id: string;
  readonly compiled: CompiledRuleset;
  /** Hosts that targets may have (`*.host` too); absent: any. */
  readonly allowedHosts?: readonly string[];
  /** When its rules answer at all; absent: always. */
  readonly answers?: Span;
}

/** What no rule may take, while it lasts. */
export interface LintException extends Partial<Span> {
  readonly id: string;
  /** The base URLs of exempt sites and markets. */
  readonly urls: readonly SiteUrl[];
  /** What lies inside them and is not exempt: sites of their own. */
  readonly except?: readonly SiteUrl[];
}

export interface LintInput {
  /** All rulesets that answer together: loops and chains run across them. */
  readonly rulesets: readonly LintRuleset[];
  readonly exceptions: readonly LintException[];
  /** For rulesets without a list of their own. */
  readonly allowedHosts?: readonly string[];
  /** Epoch milliseconds; absent: every instant at which a ruleset, an exception or a window begins or ends. */
  readonly at?: number;
}

export function findingRule(ruleset: LintRuleset, index: number): FindingRule {
  const from = ruleset.compiled.rules.at(index)?.from ?? '(fallback)';
  return { ruleset: ruleset.id, from, index, ...(index < 0 ? {} : ruleset.compiled.originOf(index)) };
}
