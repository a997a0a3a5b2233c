import { type CompiledRuleset, policyOf, statusOf } from '../compiled.ts';

/** What a rule answers, as text that is equal for equal answers; a pattern's target names its own placeholders. */
export function answerText(compiled: CompiledRuleset, rule: number): string {
  const policy = policyOf(compiled, rule);
  const query = typeof policy === 'string' ? policy : policy.significant.join('&');
  return `${statusOf(compiled, rule)} ${query} ${compiled.targets.at(rule) ?? ''}`;
}
