import { type CompiledRuleset, conditionsOf, kindOf } from '../compiled.ts';
import { isFault } from '../rule.ts';
import { parseSource } from '../source.ts';
import { answerText } from './answer-text.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { hasWindow, instantIn, lastsAsLong } from './windows.ts';
import { witnessesOf } from './witness.ts';

/**
 * Two rules that tie for one URL. Undefined where that does no harm: the same answer in windows of which neither
 * lasts as long as the other.
 */
export function tieFinding(ruleset: LintRuleset, a: number, b: number, witness?: string): Finding | undefined {
  const { compiled } = ruleset;
  const shown = witness ?? tieWitness(compiled, a, b);
  const at = instantIn(compiled, [a, b]);
  const proof = { ...(shown === undefined ? {} : { witness: shown }), ...(at === undefined ? {} : { at }) };
  if (sameAnswer(compiled, a, b)) {
    const spare = spareOf(compiled, a, b);
    if (spare === undefined) return undefined;
    const kept = spare === a ? b : a;
    const sameText = compiled.rules.at(a)?.from === compiled.rules.at(b)?.from;
    return {
      code: 'duplicate',
      severity: 'warning',
      message: sameText ? 'the same rule is there twice' : 'two rules give one URL the same answer',
      rules: [findingRule(ruleset, kept), findingRule(ruleset, spare)],
      ...proof,
      // What a person noted goes only where it stands with the rule that is kept.
      ...(noteOf(compiled, spare) === undefined || noteOf(compiled, spare) === noteOf(compiled, kept)
        ? { fix: { kind: 'remove', rules: [findingRule(ruleset, spare)] } }
        : {}),
    };
  }
  const rules = [findingRule(ruleset, Math.min(a, b)), findingRule(ruleset, Math.max(a, b))];
  if (hasWindow(compiled, a) || hasWindow(compiled, b)) {
    return {
      code: 'window-overlap',
      severity: 'error',
      message:
        'two rules tie for one URL with different answers while both windows are open; let one end where the other begins, or give one a priority',
      rules,
      ...proof,
    };
  }
  return {
    code: 'conflict',
    severity: 'error',
    message: 'two rules tie for one URL with different answers; give one of them a priority, or take it out',
    rules,
    ...proof,
  };
}

/** A pattern's target names its own placeholders, so only under one `from` do equal texts mean one answer. */
function sameAnswer(compiled: CompiledRuleset, a: number, b: number): boolean {
  if (answerText(compiled, a) !== answerText(compiled, b)) return false;
  const kind = kindOf(compiled, a);
  return (kind !== 'pattern' && kind !== 'regex') || compiled.rules.at(a)?.from === compiled.rules.at(b)?.from;
}

/**
 * The one of two rules that the other makes needless on every host and at every instant; of equals the later one, or
 * the one without a note.
 */
function spareOf(compiled: CompiledRuleset, a: number, b: number): number | undefined {
  const covers = (rule: number, other: number): boolean =>
    lastsAsLong(compiled, rule, other) &&
    (isForAllHosts(compiled, rule) || !isForAllHosts(compiled, other)) &&
    conditionsOf(compiled, rule).join('&') === conditionsOf(compiled, other).join('&');
  const [first, second] = a < b ? [a, b] : [b, a];
  if (!covers(first, second)) return covers(second, first) ? first : undefined;
  const isNoteLost = noteOf(compiled, second) !== undefined && noteOf(compiled, first) === undefined;
  return isNoteLost && covers(second, first) ? first : second;
}

function noteOf({ rules }: CompiledRuleset, index: number): string | undefined {
  return rules.at(index)?.note;
}

function isForAllHosts(compiled: CompiledRuleset, index: number): boolean {
  const rule = compiled.rules.at(index);
  const source = rule === undefined ? undefined : parseSource(rule, compiled.options);
  return source !== undefined && !isFault(source) && source.hostKey === '';
}

/** A URL that both rules take: that of the one which names its host, with the conditions of both. */
function tieWitness(compiled: CompiledRuleset, a: number, b: number): string | undefined {
  const [own, other] = isForAllHosts(compiled, a) && !isForAllHosts(compiled, b) ? [b, a] : [a, b];
  const [url] = witnessesOf(compiled, own);
  if (url === undefined) return undefined;
  const conditions = conditionsOf(compiled, own);
  const more = conditionsOf(compiled, other).filter((condition) => !conditions.includes(condition));
  if (more.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${more.join('&')}`;
}
