import { comparableName, conditionName } from './query.ts';
import type { Fault, MatchKind, QueryPolicy, RedirectRule, RedirectStatus } from './rule.ts';
import { DEFAULT_STATUS, isFault, isRedirectStatus } from './rule.ts';
import type { RuleSource } from './source.ts';
import { isPlainTarget, parseTarget } from './template.ts';

/** What a rule answers, in the form that is kept. */
export interface RuleAnswer {
  readonly status: RedirectStatus;
  /** Canonical; undefined for 410. */
  readonly text: string | undefined;
  /** The text is the Location as it stands. */
  readonly plain: boolean;
}

export function checkAnswer(rule: RedirectRule, kind: MatchKind, names: readonly string[]): RuleAnswer | Fault {
  const status = rule.status ?? DEFAULT_STATUS;
  if (!isRedirectStatus(status)) {
    return {
      fault: 'invalid-status',
      message: `${status} is not a status a rule can have`,
      remedy: 'Use 301, 302, 303, 307, 308 or 410.',
    };
  }
  const priority = rule.priority ?? 0;
  if (!Number.isFinite(priority)) return { fault: 'invalid-priority', message: '`priority` is not a number' };
  const to = rule.to?.trim() ?? '';
  if (status === 410) {
    if (to === '') return { status, text: undefined, plain: false };
    return {
      fault: 'invalid-status',
      message: 'a 410 has no target, and this rule has one',
      remedy: 'Remove `to`, or give a status that redirects.',
    };
  }
  if (to === '') {
    return {
      fault: 'invalid-url',
      message: `a ${status} needs a target, and \`to\` is missing`,
      remedy: 'Give `to`, or status 410 for what is gone.',
    };
  }
  if (kind !== 'regex' && isPlainTarget(to)) return { status, text: to, plain: kind !== 'prefix' };
  const target = parseTarget(to, names);
  if (isFault(target)) return target;
  if (kind === 'regex' && /\$[0-9{]/.test(to)) {
    return {
      fault: 'unknown-placeholder',
      message: '`to` uses "$", which is plain text here',
      remedy: 'Write :1 for the first group, or :name for a named one.',
    };
  }
  // The written text is kept where it is canonical already, so that both share one string.
  return { status, text: target.text === to ? to : target.text, plain: target.plain && kind !== 'prefix' };
}

/** Under a list of significant parameters, a condition on any other could never hold. */
export function checkConditions(source: RuleSource, policy: QueryPolicy): Fault | undefined {
  if (source.conditions.length === 0 || typeof policy === 'string') return undefined;
  const significant = policy.significant.map(comparableName);
  const other = source.conditions.map(conditionName).find((name) => !significant.includes(name));
  if (other === undefined) return undefined;
  return {
    fault: 'invalid-query',
    message: `\`from\` asks for the parameter "${other}", which is not among the significant ones`,
    remedy: `Add "${other}" to \`significant\`, or take it out of \`from\`.`,
  };
}
