import type { RedirectRule } from './rule.ts';

/** Rules by index. An array of them is one, and so is a `RuleTable`, which makes each when it is asked for. */
export interface RuleList extends Iterable<RedirectRule> {
  readonly length: number;
  at(index: number): RedirectRule | undefined;
}
