import { Answers, type Hop } from './answers.ts';
import { chainFix } from './chain-fix.ts';
import { type Finding, findingRule, type LintInput } from './finding.ts';
import { goneTarget } from './gone-target.ts';
import type { Start } from './start.ts';
import { startsOf } from './starts.ts';
import { Ways } from './ways.ts';

/** Ways that a lint may follow at instants beyond the first. */
const INSTANT_BUDGET = 2_000_000;

/** Of a longer chain, a finding names the first rules: each of the others has a finding of its own. */
const SHOWN_HOPS = 10;

/** Instants at which a finding is tried again before it counts as one of some instants only. */
const MAX_TRIED_INSTANTS = 100;

/**
 * Loops of any length, growth without end, and chains: every rule whose target lies on a host that rules answer for is
 * followed from concrete URLs through the real engine, across rulesets; first before the first window begins, then
 * again at each instant at which an answer on its way may change.
 */
export function findWays(input: LintInput): Finding[] {
  const answers = new Answers(input);
  const starts = startsOf(input, answers);
  const depth = starts.length > 0 && mayGrow(input) ? deepestSource(input) : 0;
  const found = new Map<string, Finding>();
  const agenda = new Agenda();
  let left = INSTANT_BUDGET;
  let at = input.at ?? firstInstant(input);
  for (let followed = starts; ; ) {
    const ways = new Ways(answers, at, depth);
    for (const start of followed) {
      for (const finding of findingsOf(start, ways, answers, input.at ?? undefined))
        if (!found.has(keyOf(finding))) found.set(keyOf(finding), finding);
      if (input.at === undefined) agenda.add(start, ways.edgesFrom(start.url));
    }
    const next = agenda.next();
    if (next === undefined) return [...found.values()];
    left -= next.starts.length;
    if (left < 0) return [...found.values(), notChecked(next.at, agenda.size)];
    ({ at, starts: followed } = next);
  }
}

/** Which ways have to be followed again, and when. */
class Agenda {
  private readonly entries = new Map<number, Set<Start>>();
  private passed = Number.NEGATIVE_INFINITY;

  get size(): number {
    return this.entries.size;
  }

  add(start: Start, instants: readonly number[]): void {
    for (const instant of instants) {
      if (instant <= this.passed) continue;
      const starts = this.entries.get(instant) ?? new Set();
      this.entries.set(instant, starts.add(start));
    }
  }

  next(): { readonly at: number; readonly starts: readonly Start[] } | undefined {
    let at = Number.POSITIVE_INFINITY;
    for (const instant of this.entries.keys()) at = Math.min(at, instant);
    const starts = this.entries.get(at);
    if (starts === undefined) return undefined;
    this.entries.delete(at);
    this.passed = at;
    return { at, starts: [...starts] };
  }
}

/** Says so where the budget did not reach every instant: a finding that is missing must not look like a clean bill. */
function notChecked(at: number, more: number): Finding {
  const message = `loops and chains were not looked for at ${more + 1} of the instants at which windows begin or end; lint at an instant to look at it`;
  return { code: 'partly-checked', severity: 'info', message, rules: [], at };
}

/** Just before anything begins or ends. */
function firstInstant(input: LintInput): number {
  let first = Number.POSITIVE_INFINITY;
  const consider = (edge: number | undefined): void => {
    if (edge !== undefined && Number.isFinite(edge) && edge < first) first = edge;
  };
  for (const { from, until } of input.exceptions) {
    consider(from);
    consider(until);
  }
  for (const { compiled, answers } of input.rulesets) {
    consider(answers?.from);
    consider(answers?.until);
    if (compiled.windows === undefined) continue;
    for (const column of [compiled.windows.from, compiled.windows.until]) {
      for (const edge of column) consider(edge);
    }
  }
  return Number.isFinite(first) ? first - 1 : 0;
}

/** Exact rules lead to one URL each, and fallbacks too: only rules with variable parts can lengthen a URL. */
function mayGrow(input: LintInput): boolean {
  return input.rulesets.some(({ compiled }) => compiled.kinds.some((kind) => kind !== 0));
}

function deepestSource(input: LintInput): number {
  let deepest = 0;
  for (const { compiled } of input.rulesets) {
    for (const { from } of compiled.rules) {
      // A source of more segments than any so far has more characters, too.
      if (from.length <= deepest) continue;
      let depth = 0;
      for (let at = from.indexOf('/'); at >= 0; at = from.indexOf('/', at + 1)) depth++;
      if (depth > deepest) deepest = depth;
    }
  }
  return deepest;
}

function findingsOf(start: Start, ways: Ways, answers: Answers, asked: number | undefined): readonly Finding[] {
  const end = ways.follow(start.url);
  const timed = (code: string, hops: readonly Hop[]): Pick<Finding, 'code' | 'at'> => {
    if (asked !== undefined) return { code, at: asked };
    return isAlways(hops, answers, code === 'chain') ? { code } : { code: `${code}-at-instant`, at: ways.at };
  };
  switch (end.kind) {
    case 'known':
      return [];
    case 'loop':
      return [
        {
          ...timed('loop', end.cycle),
          severity: 'error',
          message: loopMessage(end.cycle),
          ...membersOf(end.cycle),
        },
      ];
    case 'grows':
      return [
        {
          code: 'infinite-growth',
          severity: 'error',
          message: `the URL grows with every redirect and never arrives: ${end.cycle[0]?.url ?? ''} → ${end.cycle[0]?.location ?? ''}`,
          ...membersOf(end.cycle),
          ...(answers.hasWindows ? { at: ways.at } : {}),
        },
      ];
    case 'ends':
      return [
        ...(end.hops > 1 ? chainFinding(start, end.hops, ways, timed) : []),
        ...goneTarget(start, end.hops, ways, answers),
      ];
  }
}

/**
 * Whether a way is the same at every instant at which anything answers for where it begins; of a cycle, which begins
 * nowhere, for any of its URLs. `ends`: its last Location is answered by no rule.
 */
function isAlways(hops: readonly Hop[], answers: Answers, ends: boolean): boolean {
  const last = hops.at(-1)?.location;
  const end = ends && typeof last === 'string' ? last.split('#', 1)[0] : undefined;
  const edges = [
    ...new Set(
      [...hops.map(({ url }) => url), ...(end === undefined ? [] : [end])].flatMap((url) => answers.edgesOf(url)),
    ),
  ];
  if (edges.length === 0) return true;
  if (edges.length > MAX_TRIED_INSTANTS) return false;
  const begins = ends ? hops.slice(0, 1) : hops;
  return [Math.min(...edges) - 1, ...edges].every(
    (at) =>
      !begins.some(({ url }) => answers.isInForce(url, at)) ||
      (hops.every((hop) => {
        const now = answers.hop(hop.url, at);
        return now?.ruleset === hop.ruleset && now.index === hop.index && now.location === hop.location;
      }) &&
        (end === undefined || !answers.mayAnswer(end) || answers.hop(end, at) === undefined)),
  );
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
  ways: Ways,
  timed: (code: string, hops: readonly Hop[]) => Pick<Finding, 'code' | 'at'>,
): readonly Finding[] {
  const hops = ways.hopsFrom(start.url, SHOWN_HOPS);
  const [first] = hops;
  if (first === undefined || first.ruleset !== start.ruleset || first.index !== start.index) return [];
  const whole = length === hops.length;
  const fix = whole ? chainFix(start, hops, ways.at) : undefined;
  return [
    {
      ...timed('chain', hops),
      severity: 'warning',
      message: `a chain of ${length} redirects: ${[...hops.map((hop) => hop.url), whole ? endOf(hops) : '…'].join(' → ')}`,
      ...membersOf(hops),
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}

function endOf(hops: readonly Hop[]): string {
  const last = hops.at(-1);
  return last?.location ?? String(last?.status ?? '');
}

/**
 * A cycle is one finding wherever it was entered; a chain is one for each rule it starts from, or for each URL to mend, and
 * so is what leads to a 410.
 */
function keyOf(finding: Finding): string {
  const members = finding.rules.map((rule) => `${rule.ruleset} ${rule.index}`);
  if (finding.code === 'gone-target') return `gone ${members[0] ?? ''}`;
  if (!finding.code.startsWith('chain')) return `${finding.code} ${members.sort().join(',')}`;
  return finding.fix?.kind === 'add' ? `chain ${finding.witness ?? ''}` : `chain ${members[0] ?? ''}`;
}
