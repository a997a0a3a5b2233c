import { type CompiledRuleset, chainOf, compareRank, conditionsOf, flagsOf, schemeOf } from '../compiled.ts';
import { conditionName } from '../query.ts';
import { FLAG } from '../traits.ts';
import { answerText } from './answer-text.ts';
import type { Finding, LintRuleset } from './finding.ts';
import { tieFinding } from './tie-finding.ts';
import { fromOf, overlap, untilOf } from './windows.ts';
import { witnessesOf } from './witness.ts';

/** Condition shapes of one path that are held against each other; real paths have two or three. */
const MAX_SHAPES = 24;

/** Ties told of two shapes of one path; so many are one mistake, and settled as one. */
const MOST_TIES_ACROSS = 100;

/** More regular expressions than this are compared with their neighbours alone. */
const MAX_REGEX_PAIRS_OF = 200;

/**
 * Rules that tie for one URL. Two pattern paths of different shape never tie, so all ties but those of regular
 * expressions are between rules in one place of the index.
 */
export function findTies(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const found = new Map<string, Finding>();
  const report = (a: number, b: number, witness?: string): void => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (found.has(key)) return;
    const finding = tieFinding(ruleset, a, b, witness);
    if (finding !== undefined) found.set(key, finding);
  };
  for (const head of compiled.sharedHeads) {
    for (const tied of tiedRuns(compiled, chainOf(compiled, head))) findInRun(compiled, tied, report);
  }
  for (const place of new Set(compiled.hosts.values())) findRegexTies(compiled, place.regexes, report);
  return [...found.values()];
}

type Report = (a: number, b: number, witness?: string) => void;

const SCHEME_AND_SWITCH = FLAG.http | FLAG.https | FLAG.disabled;

/** Runs of enabled rules of equal rank and scheme. */
function tiedRuns(compiled: CompiledRuleset, chain: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const scheme of [0, FLAG.http, FLAG.https]) {
    let run: number[] = [];
    for (const rule of chain) {
      if ((flagsOf(compiled, rule) & SCHEME_AND_SWITCH) !== scheme) continue;
      const first = run[0];
      if (first !== undefined && compareRank(compiled, first, rule) !== 0) {
        if (run.length > 1) runs.push(run);
        run = [];
      }
      run.push(rule);
    }
    if (run.length > 1) runs.push(run);
  }
  return runs;
}

function findInRun(compiled: CompiledRuleset, run: readonly number[], report: Report): void {
  const { repeated, distinct } = repeatedIn(run, (rule) => conditionsText(compiled, rule));
  for (const same of repeated) findInSame(compiled, same, report);
  if (distinct > 1) findAcrossShapes(compiled, run, report);
}

function conditionsText(compiled: CompiledRuleset, rule: number): string {
  const conditions = conditionsOf(compiled, rule);
  return conditions.length === 1 ? (conditions[0] ?? '') : conditions.join('&');
}

/** The rules that share a key with another, and how many keys there are; a key of one rule costs no list. */
function repeatedIn(
  rules: readonly number[],
  keyOf: (rule: number) => string,
): { readonly repeated: Iterable<readonly number[]>; readonly distinct: number } {
  const first = new Map<string, number>();
  const repeated = new Map<string, number[]>();
  for (const rule of rules) {
    const key = keyOf(rule);
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, rule);
      continue;
    }
    const same = repeated.get(key);
    if (same === undefined) repeated.set(key, [known, rule]);
    else same.push(rule);
  }
  return { repeated: repeated.values(), distinct: first.size };
}

/** Rules with the same conditions, swept by the start of their windows. */
function findInSame(compiled: CompiledRuleset, rules: readonly number[], report: Report): void {
  const swept = [...rules].sort((a, b) => fromOf(compiled, a) - fromOf(compiled, b) || a - b);
  /** The rules that last longest, at most one for each of two answers. */
  let longest: number[] = [];
  for (const rule of swept) {
    const answer = answerText(compiled, rule);
    for (const other of longest) {
      if (overlap(compiled, rule, other)) report(other, rule);
    }
    const rival = longest.find((other) => answerText(compiled, other) === answer);
    if (rival === undefined) longest = [...longest, rule];
    else if (untilOf(compiled, rule) > untilOf(compiled, rival))
      longest = longest.map((other) => (other === rival ? rule : other));
    if (longest.length > 2) longest = longest.sort((a, b) => untilOf(compiled, b) - untilOf(compiled, a)).slice(0, 2);
  }
}

/** Rules that ask for equally many but different parameters tie for a URL that has them all. */
function findAcrossShapes(compiled: CompiledRuleset, run: readonly number[], report: Report): void {
  const shapes = [...Map.groupBy(run, (rule) => namesText(conditionsOf(compiled, rule)))].slice(0, MAX_SHAPES);
  shapes.forEach(([names, rules], index) => {
    for (const [otherNames, others] of shapes.slice(index + 1)) {
      const own = names.split('&');
      const shared = otherNames.split('&').filter((name) => own.includes(name));
      for (const [rule, other] of tiesAcross(compiled, rules, others, shared)) report(rule, other);
    }
  });
}

function namesText(conditions: readonly string[]): string {
  const [only = ''] = conditions;
  return conditions.length === 1 ? conditionName(only) : conditions.map(conditionName).join('&');
}

/** A rival for each of the others that has one: who settles one tie only to hear of the next has not been told. */
function* tiesAcross(
  compiled: CompiledRuleset,
  rules: readonly number[],
  others: readonly number[],
  shared: readonly string[],
): Generator<readonly [number, number]> {
  const key = (rule: number): string =>
    conditionsOf(compiled, rule)
      .filter((one) => shared.includes(conditionName(one)))
      .join('&');
  const byShared = new Map<string, number[]>();
  for (const rule of rules) {
    const same = byShared.get(key(rule)) ?? [];
    const isNew = same.every((one) => answerText(compiled, one) !== answerText(compiled, rule));
    if (same.length < 2 && isNew) byShared.set(key(rule), [...same, rule]);
  }
  let told = 0;
  for (const other of others) {
    const rival = byShared
      .get(key(other))
      ?.find((one) => answerText(compiled, one) !== answerText(compiled, other) && overlap(compiled, one, other));
    if (rival === undefined) continue;
    yield [rival, other];
    if (++told === MOST_TIES_ACROSS) return;
  }
}

/** Two expressions tie where a sample of one is accepted by the other; samples cannot show every tie. */
function findRegexTies(compiled: CompiledRuleset, regexes: readonly number[], report: Report): void {
  const reach = regexes.length > MAX_REGEX_PAIRS_OF ? 1 : regexes.length;
  for (const [at, rule] of regexes.entries()) {
    if (flagsOf(compiled, rule) & FLAG.disabled) continue;
    const [witness] = witnessesOf(compiled, rule);
    const path = witness === undefined ? undefined : new URL(witness).pathname;
    for (const [offset, other] of regexes.slice(Math.max(0, at - reach), at + reach + 1).entries()) {
      if (other === rule || compareRank(compiled, rule, other) !== 0 || flagsOf(compiled, other) & FLAG.disabled)
        continue;
      if (schemeOf(compiled, rule) !== schemeOf(compiled, other) || !overlap(compiled, rule, other)) continue;
      const same = compiled.rules.at(rule)?.from === compiled.rules.at(other)?.from;
      const accepted = path !== undefined && compiled.regexes.get(other)?.match(path) !== undefined;
      if (same || (accepted && answerText(compiled, rule) !== answerText(compiled, other) && offset >= 0))
        report(rule, other, witness);
    }
  }
}
