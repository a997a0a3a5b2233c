import { matchKindOf, type RedirectRule } from './rule.ts';
import type { RuleList } from './rule-list.ts';
import { RuleTable } from './rule-table.ts';

/** Every rule that has more than a source, a target and a status, with perhaps some that have not. */
export function elaborateRules(rules: RuleList): Iterable<RedirectRule> {
  return rules instanceof RuleTable ? pick(rules, (index) => !rules.isPacked(index)) : rules;
}

/** The rules that take more than one path. */
export function* inexactRules(rules: RuleList): Generator<RedirectRule> {
  const candidates =
    rules instanceof RuleTable ? pick(rules, (index) => !rules.isPacked(index) || hasWildcard(rules, index)) : rules;
  for (const rule of candidates) if (matchKindOf(rule) !== 'exact') yield rule;
}

function* pick(table: RuleTable, isPicked: (index: number) => boolean): Generator<RedirectRule> {
  for (let index = 0; index < table.length; index++) {
    const rule = isPicked(index) ? table.at(index) : undefined;
    if (rule !== undefined) yield rule;
  }
}

const SLASH = 47;
const COLON = 58;
const STAR = 42;

/** Whether a packed rule may be a pattern: without a `*` or a `/:` it is none. */
function hasWildcard(table: RuleTable, index: number): boolean {
  const { bytes } = table;
  const end = table.fromEnd(index);
  for (let at = table.fromStart(index); at < end; at++) {
    const byte = bytes[at];
    if (byte === STAR || (byte === COLON && bytes[at - 1] === SLASH)) return true;
  }
  return false;
}
