import { type CompiledRuleset, flagsOf } from '../compiled.ts';
import { FLAG } from '../traits.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessOf } from './witness.ts';

/** What hardly any path has, and nearly every regular expression: a group of anything, a class, an escape, an anchor. */
const LOOKS_LIKE_REGEX = /\(\.[*+]|\(\?[:P<i]|\(?\[[^\]/]+\][*+{)]|\\[dDwWsSb.]|\.\*|^(?:https?:\/\/[^/]*)?\^/;

/** Sources that were most likely meant as regular expressions, and are taken for plain text. */
export function findRegexLikes(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const findings: Finding[] = [];
  for (const index of suspects(compiled)) {
    const rule = compiled.rules.at(index);
    const found = rule?.match === undefined ? LOOKS_LIKE_REGEX.exec(rule?.from.trim() ?? '') : null;
    if (found === null) continue;
    findings.push({
      code: 'looks-like-regex',
      severity: 'warning',
      message: `"${found[0]}" looks like a regular expression or a wildcard, and is plain text here: only a URL that is spelt so is taken; write \`match: regex\` (or \`match: exact\`, where that is meant)`,
      rules: [findingRule(ruleset, index)],
      ...witnessOf(compiled, index),
    });
  }
  return findings;
}

/** Told by their bytes: of a million rules, hardly any text has to be made. */
function* suspects(compiled: CompiledRuleset): Generator<number> {
  const table = compiled.rules;
  const { bytes } = table;
  for (let index = 0; index < table.length; index++) {
    if ((flagsOf(compiled, index) & (FLAG.valid | FLAG.disabled)) !== FLAG.valid) continue;
    if (!table.isPacked(index) || hasTelltale(bytes, table.fromStart(index), table.fromEnd(index))) yield index;
  }
}

const [OPENING, ASTERISK, DOT, QUESTION, BRACKET, BACKSLASH, CARET] = [40, 42, 46, 63, 91, 92, 94];

/** Whether a text may be one of that kind: nearly every character of a path is none of these. */
function hasTelltale(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = bytes[at] ?? 0;
    if (code > CARET || (code > ASTERISK && code < BRACKET)) continue;
    if (code === BRACKET || code === BACKSLASH || code === CARET) return true;
    if (code === ASTERISK && bytes[at - 1] === DOT) return true;
    if (code === OPENING && (bytes[at + 1] === DOT || bytes[at + 1] === QUESTION)) return true;
  }
  return false;
}
