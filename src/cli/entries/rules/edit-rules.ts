import type { RuleSpec } from '../../../domain/document/schema.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { nearest } from '../../../domain/nearest.ts';
import { parseQueryPolicy } from './rule-flags.ts';

/** What flags said of one rule. An empty text takes the key away. */
export type SaidRule = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly status?: number | undefined;
  readonly match?: RuleSpec['match'];
  readonly query?: string | undefined;
  readonly 'window-from'?: string | undefined;
  readonly 'window-until'?: string | undefined;
  readonly priority?: number | undefined;
  readonly note?: string | undefined;
  readonly enabled?: boolean | undefined;
};

/** Which rule is meant: its `from`, and its number where several have that one. */
export interface RuleChoice {
  readonly from: string;
  /** Counted from 1, as `redirects show --rules` does. */
  readonly number?: number | undefined;
}

/** The rule as it is with what was said on top. */
export function editRule(present: RuleSpec, said: SaidRule): RuleSpec {
  const { from: _, query, 'window-from': from, 'window-until': until, ...plain } = said;
  const texts = {
    ...present.window,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
  const window = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
  const policy = query === undefined ? present.query : query === '' ? undefined : parseQueryPolicy(query);
  const { window: __, query: ___, ...rest } = present;
  const keys: readonly (keyof SaidRule)[] = ['to', 'status', 'match', 'priority', 'note', 'enabled'];
  const changed = Object.fromEntries(
    Object.entries({ ...rest, ...onlySaid(plain, keys) }).filter(([, value]) => value !== ''),
  );
  return {
    ...changed,
    from: present.from,
    ...(policy === undefined ? {} : { query: policy }),
    ...(Object.keys(window).length === 0 ? {} : { window }),
  } as RuleSpec;
}

function onlySaid(said: SaidRule, keys: readonly (keyof SaidRule)[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(keys.filter((key) => said[key] !== undefined).map((key) => [key, said[key]]));
}

/**
 * One rule more, at the end: their order decides nothing.
 *
 * @throws Failure `already-exists` where a rule takes the same URLs in the same window
 */
export function addRule(rules: readonly RuleSpec[], rule: RuleSpec): readonly RuleSpec[] {
  const same = rules.findIndex((other) => identityOf(other) === identityOf(rule));
  if (same < 0) return [...rules, rule];
  throw new Failure({
    code: 'already-exists',
    exit: EXIT.usage,
    message: `Rule ${same + 1} is from ${rule.from} already, to ${rules[same]?.to ?? 410}. Nothing was written.`,
    remedy: 'Change it with `storectl redirects change`, or give the new one another window.',
    details: { number: same + 1, rule: rules[same] },
  });
}

function identityOf({ from, match, window }: RuleSpec): string {
  return [from, match ?? '', window?.from ?? '', window?.until ?? ''].join('\n');
}

/** @throws Failure `not-found` or `ambiguous-rule` */
export function changeRule(rules: readonly RuleSpec[], choice: RuleChoice, said: SaidRule): readonly RuleSpec[] {
  const index = indexOfRule(rules, choice);
  return rules.map((rule, own) => (own === index ? editRule(rule, said) : rule));
}

/** @throws Failure `not-found` or `ambiguous-rule` */
export function removeRule(rules: readonly RuleSpec[], choice: RuleChoice): readonly RuleSpec[] {
  const index = indexOfRule(rules, choice);
  return rules.filter((_, own) => own !== index);
}

function indexOfRule(rules: readonly RuleSpec[], { from, number }: RuleChoice): number {
  const found = rules.flatMap((rule, index) => (rule.from === from ? [index] : []));
  const chosen = number === undefined ? found : found.filter((index) => index === number - 1);
  const [index] = chosen;
  if (index !== undefined && chosen.length === 1) return index;
  if (found.length === 0) {
    const guess = nearest(from, new Set(rules.map((rule) => rule.from)));
    throw new Failure({
      code: 'not-found',
      exit: EXIT.notFound,
      message: `There is no rule from ${from}.${guess === null ? '' : ` Did you mean ${guess}?`}`,
      remedy: 'Write `from` as the rule has it: storectl redirects show RULESET --rules',
      details: { from, nearest: guess },
    });
  }
  const numbers = found.map((own) => own + 1);
  throw new Failure({
    code: 'ambiguous-rule',
    exit: EXIT.usage,
    message: `${found.length === 1 ? 'The rule' : 'Rules'} from ${from} ${found.length === 1 ? 'has the number' : 'have the numbers'} ${numbers.join(', ')}.`,
    remedy: `Say which one with --number ${numbers[0]}`,
    details: { from, numbers },
  });
}

/** Refuses what only a rule has, where no rule was named. */
export function requireRuleChosen(said: SaidRule): void {
  const keys = ['to', 'status', 'match', 'window-from', 'window-until', 'priority', 'note', 'enabled'] as const;
  const ofRule = keys.filter((key) => said[key] !== undefined).map((key) => `--${key}`);
  if (ofRule.length === 0) return;
  throw new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: `${ofRule.join(', ')} ${ofRule.length === 1 ? 'is' : 'are'} of a rule, and no rule was named.`,
    remedy: 'Name it with --from, as the rule has it.',
    details: { flags: ofRule },
  });
}
