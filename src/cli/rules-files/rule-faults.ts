import { isPlainRuleLine, ruleLine } from '../../domain/document/rule-lines.ts';
import { RuleSpec } from '../../domain/document/schema.ts';
import type { Problem } from '../../domain/failure.ts';
import { optionsOf, type RuleFormat } from '../../redirects/formats/format.ts';
import type { RedirectRule, RuleOrigin } from '../../redirects/rule.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { urlsIn } from '../entries/rules/site-urls.ts';
import { shortened } from './shortened.ts';
import { faultByItself, faultText, UnusableRules } from './unusable-rules.ts';

export interface RuleFault {
  readonly index: number;
  readonly problem: Problem;
}

/** A reason, and the beginning of what was written. */
export const LONGEST_TOLD = 300;

/** Rules that are looked at together. */
const BLOCK = 5_000;

/**
 * The rules of a file that have the form of one and that no site could use, or no platform would take, in their order.
 * Only a block of them is made into objects at a time.
 */
export function* ruleFaults(
  rules: RuleList,
  format: RuleFormat,
  placeOf: (index: number) => RuleOrigin,
): Generator<RuleFault> {
  for (let start = 0; start < rules.length; start += BLOCK) {
    const block = blockOf(rules, start);
    const unusable = unusableOf(block, format);
    for (const [offset, rule] of block.entries()) {
      const index = start + offset;
      const misshapen = shapeFault(rule);
      const fault = misshapen === undefined ? faultByItself(unusable.get(offset)) : undefined;
      if (misshapen !== undefined) yield { index, problem: problemOf('invalid-rule', misshapen, placeOf(index)) };
      else if (fault !== undefined) {
        const message = shortened(faultText(fault, rule), LONGEST_TOLD);
        yield { index, problem: problemOf(fault.code, message, placeOf(index)) };
      }
    }
  }
}

function blockOf(rules: RuleList, start: number): readonly RedirectRule[] {
  const block: RedirectRule[] = [];
  for (let index = start; index < Math.min(start + BLOCK, rules.length); index++) {
    const rule = rules.at(index);
    if (rule !== undefined) block.push(rule);
  }
  return block;
}

const problemOf = (code: string, message: string, place: RuleOrigin): Problem => ({
  code,
  severity: 'error',
  message,
  place,
});

/** Whose site they are nobody has said: they are of those that they name. */
function unusableOf(rules: readonly RedirectRule[], format: RuleFormat): ReturnType<UnusableRules['of']> {
  const siteUrls = urlsIn(rules.map(({ from }) => from));
  return new UnusableRules({ siteUrls, options: optionsOf(format) }).of(rules);
}

/** The platform takes rules of a certain shape; they are held against it here, where lines are known. */
function shapeFault(rule: RedirectRule): string | undefined {
  const isShort = rule.window === undefined && rule.query === undefined;
  if (isShort && isPlainRuleLine(ruleLine(rule as RuleSpec))) return undefined;
  const { error } = RuleSpec.safeParse(rule);
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
