import { FLAG, flagsOf, kindOf, policyOf } from '../compiled.ts';
import { Answers, type Hop } from './answers.ts';
import { combinationsOf, type Template } from './combinations.ts';
import { type Finding, type FindingFix, findingRule, type LintInput, type LintRuleset } from './finding.ts';
import { Ways } from './ways.ts';
import { unnamedUrlOf, witnessesOf } from './witness.ts';

/** Lookups that a lint may spend on instants beyond the first. */
const INSTANT_BUDGET = 2_000_000;

/** Of a longer chain, a finding names the first rules: each of the others has a finding of its own. */
const SHOWN_HOPS = 10;

interface Start {
  readonly ruleset: LintRuleset;
  readonly index: number;
  readonly url: string;
}

/**
 * Loops of any length, growth without end, and chains: every rule whose target lies on a host that rules answer for is
 * followed from concrete URLs through the real engine, across rulesets, at each instant at which a window changes.
 */
export function findWays(input: LintInput): Finding[] {
  const answers = new Answers(input);
  const named = input.rulesets.flatMap((ruleset) => startsOf(ruleset, answers));
  const starts = [...named, ...combinationsOf(templatesOf(named))];
  const instants = instantsOf(input);
  const allowed = Math.max(1, Math.floor(INSTANT_BUDGET / Math.max(1, starts.length)));
  const depth = deepestSource(input);
  const found = new Map<string, Finding>();
  for (const at of instants.slice(0, allowed)) {
    const ways = new Ways(answers, at, depth);
    const when = instants.length > 1 ? { at } : {};
    for (const start of starts) {
      const finding = findingOf(start, ways, when);
      if (finding === undefined) continue;
      const key = keyOf(finding);
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values(), ...notChecked(instants.length, allowed)];
}

/** Says so where the budget did not reach every instant: a finding that is missing must not look like a clean bill. */
function notChecked(instants: number, allowed: number): Finding[] {
  if (instants <= allowed) return [];
  const message = `loops and chains were looked for at the first ${allowed} of ${instants} instants at which windows begin or end; lint at an instant to look at a later one`;
  return [{ code: 'partly-checked', severity: 'info', message, rules: [] }];
}

function startsOf(ruleset: LintRuleset, answers: Answers): Start[] {
  const { compiled } = ruleset;
  const starts: Start[] = [];
  for (let index = 0; index < compiled.rules.length; index++) {
    const target = compiled.targets[index];
    const flags = flagsOf(compiled, index);
    if (target === undefined || !(flags & FLAG.valid) || flags & FLAG.disabled) continue;
    if (!target.startsWith('/') && !answers.mayAnswer(target)) continue;
    for (const url of witnessesOf(compiled, index)) starts.push({ ruleset, index, url });
  }
  const { fallback } = compiled.options;
  if (fallback !== undefined && 'to' in fallback) {
    for (const site of compiled.sites) starts.push({ ruleset, index: -1, url: unnamedUrlOf(site) });
  }
  return starts;
}

/** The rules with variable parts among the starts, each once. */
function templatesOf(starts: readonly Start[]): Template[] {
  const seen = new Map<LintRuleset, Set<number>>();
  return starts.filter(({ ruleset, index }) => {
    const indexes = seen.get(ruleset) ?? new Set();
    seen.set(ruleset, indexes);
    const isNew = index >= 0 && ['prefix', 'pattern'].includes(kindOf(ruleset.compiled, index)) && !indexes.has(index);
    if (isNew) indexes.add(index);
    return isNew;
  });
}

function instantsOf(input: LintInput): readonly number[] {
  if (input.at !== undefined) return [input.at];
  const edges = new Set<number>();
  for (const { compiled } of input.rulesets) {
    if (compiled.windows === undefined) continue;
    for (const edge of compiled.windows.from) edges.add(edge);
    for (const edge of compiled.windows.until) edges.add(edge);
  }
  const sorted = [...edges].filter((edge) => Number.isFinite(edge)).sort((a, b) => a - b);
  return [(sorted[0] ?? 1) - 1, ...sorted];
}

function deepestSource(input: LintInput): number {
  let deepest = 0;
  for (const { compiled } of input.rulesets) {
    for (const { from } of compiled.rules) {
      let depth = 0;
      for (let at = from.indexOf('/'); at >= 0; at = from.indexOf('/', at + 1)) depth++;
      if (depth > deepest) deepest = depth;
    }
  }
  return deepest;
}

function findingOf(start: Start, ways: Ways, when: { readonly at?: number }): Finding | undefined {
  const end = ways.follow(start.url);
  switch (end.kind) {
    case 'known':
      return undefined;
    case 'loop':
      return { code: 'loop', severity: 'error', message: loopMessage(end.cycle), ...membersOf(end.cycle), ...when };
    case 'grows':
      return {
        code: 'infinite-growth',
        severity: 'error',
        message: `the URL grows with every redirect and never arrives: ${end.cycle[0]?.url ?? ''} → ${end.cycle[0]?.location ?? ''}`,
        ...membersOf(end.cycle),
        ...when,
      };
    case 'ends':
      return end.hops > 1 ? chainFinding(start, end.hops, ways.hopsFrom(start.url, SHOWN_HOPS), when) : undefined;
  }
}

function membersOf(cycle: readonly Hop[]): Pick<Finding, 'rules' | 'witness'> {
  const witness = cycle[0]?.url;
  const seen = new Set<string>();
  const rules = cycle
    .map((hop) => findingRule(hop.ruleset, hop.index))
    .filter((rule) => {
      const key = `${rule.ruleset} ${rule.index}`;
      return !seen.has(key) && seen.add(key) !== undefined;
    });
  return { rules, ...(witness === undefined ? {} : { witness }) };
}

function loopMessage(cycle: readonly Hop[]): string {
  const [first] = cycle;
  if (cycle.length === 1) return `a visitor of ${first?.url ?? ''} is sent there again and again`;
  const shown = cycle.slice(0, 6).map((hop) => hop.url);
  const more = cycle.length > 6 ? ` → (${cycle.length - 6} more)` : '';
  return `a loop of ${cycle.length} redirects: ${shown.join(' → ')}${more} → ${first?.url ?? ''}`;
}

/** A rule's own chain; ways on which another rule answers first belong to that rule. */
function chainFinding(
  start: Start,
  length: number,
  hops: readonly Hop[],
  when: { readonly at?: number },
): Finding | undefined {
  const [first] = hops;
  if (first === undefined || first.ruleset !== start.ruleset || first.index !== start.index) return undefined;
  const fix = length === hops.length ? retarget(start, hops) : undefined;
  return {
    code: 'chain',
    severity: 'warning',
    message: `a chain of ${length} redirects: ${[...hops.map((hop) => hop.url), length === hops.length ? endOf(hops) : '…'].join(' → ')}`,
    ...membersOf(hops),
    ...when,
    ...(fix === undefined ? {} : { fix }),
  };
}

function endOf(hops: readonly Hop[]): string {
  const last = hops.at(-1);
  return last?.location ?? String(last?.status ?? '');
}

/** Safe where the first rule is one URL without windows or query conditions, and every hop treats the query alike. */
function retarget(start: Start, hops: readonly Hop[]): FindingFix | undefined {
  const last = hops.at(-1);
  const { compiled } = start.ruleset;
  if (start.index < 0 || last === undefined || last.location === null || compiled.windows !== undefined)
    return undefined;
  if (
    !(flagsOf(compiled, start.index) & FLAG.plain) ||
    (compiled.kinds[start.index] ?? 0) !== 0 ||
    start.url.includes('?')
  )
    return undefined;
  const policy = policyOf(compiled, start.index);
  const alike = hops.every(({ ruleset, index }) => index >= 0 && policyOf(ruleset.compiled, index) === policy);
  if (!alike || typeof policy !== 'string') return undefined;
  const fragment = hops.map((hop) => hop.location?.split('#')[1]).findLast((one) => one !== undefined);
  const to = last.location.includes('#') || fragment === undefined ? last.location : `${last.location}#${fragment}`;
  const temporary = hops.find((hop) => hop.status === 302 || hop.status === 303 || hop.status === 307);
  return {
    kind: 'retarget',
    rule: findingRule(start.ruleset, start.index),
    to,
    status: (temporary ?? hops[0] ?? last).status,
  };
}

/** A cycle is one finding wherever it was entered; a chain is one for each rule it starts from. */
function keyOf(finding: Finding): string {
  const members = finding.rules.map((rule) => `${rule.ruleset} ${rule.index}`);
  return finding.code === 'chain' ? `chain ${members[0] ?? ''}` : `${finding.code} ${members.sort().join(',')}`;
}
