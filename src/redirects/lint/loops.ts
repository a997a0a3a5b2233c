import { kindOf } from '../compiled.ts';
import { Agenda } from './agenda.ts';
import { Answers, type Hop } from './answers.ts';
import { type ChainStart, ChainsTold, type Timing } from './chains-told.ts';
import { type Finding, findingRule, type LintInput } from './finding.ts';
import { goneTarget } from './gone-target.ts';
import type { Start } from './start.ts';
import { startsOf } from './starts.ts';
import { TimelyFixes } from './timely-fixes.ts';
import { type WayEnd, Ways } from './ways.ts';

/** URLs that a lint may look up at instants beyond the first, and ways that may wait for one. */
const INSTANT_BUDGET = 2_000_000;

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
  const waysAt = (instant: number): Ways => new Ways(answers, instant, depth);
  const found = new Map<string, Finding>();
  const chains = new ChainsTold(new TimelyFixes(answers, waysAt));
  const agenda = new Agenda<Start>();
  let until = Number.POSITIVE_INFINITY;
  let at = input.at ?? firstInstant(input);
  for (let followed = starts; ; ) {
    const ways = waysAt(at);
    const timed: Timed = (code, hops, end) => timingOf(code, hops, end, { at, asked: input.at, answers });
    const longer: ChainStart[] = [];
    for (const start of followed) {
      const end = ways.follow(start.url);
      if (end.kind === 'ends' && end.hops > 1) longer.push({ start, length: end.hops });
      for (const finding of findingsOf(start, end, ways, answers, timed))
        if (!found.has(keyOf(finding))) found.set(keyOf(finding), finding);
      if (input.at === undefined && agenda.waiting < INSTANT_BUDGET) agenda.add(start, ways.edgesFrom(start.url));
      if (answers.asked > until) break;
    }
    for (const finding of chains.findingsOf(longer, ways, chainTiming(timed)))
      found.set(`chain ${found.size}`, finding);
    if (until === Number.POSITIVE_INFINITY) until = answers.asked + INSTANT_BUDGET;
    const next = agenda.next();
    if (next === undefined) return [...found.values()];
    if (answers.asked > until || agenda.waiting >= INSTANT_BUDGET)
      return [...found.values(), notChecked(next.at, agenda.size)];
    ({ at, items: followed } = next);
  }
}

/** The code of a finding, and its instant where it holds only at some; `end`: a Location that no rule answers. */
type Timed = (code: string, hops: readonly Hop[], end?: string) => Pick<Finding, 'code' | 'at'>;

const chainTiming =
  (timed: Timed): Timing =>
  (hops, whole) =>
    timed('chain', hops, whole ? (hops.at(-1)?.location?.split('#', 1)[0] ?? '') : '');

function timingOf(
  code: string,
  hops: readonly Hop[],
  end: string | undefined,
  { at, asked, answers }: { readonly at: number; readonly asked: number | undefined; readonly answers: Answers },
): Pick<Finding, 'code' | 'at'> {
  if (asked !== undefined) return { code, at: asked };
  return isAlways(hops, answers, end) ? { code } : { code: `${code}-at-instant`, at };
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
  return input.rulesets.some(({ compiled }) => compiled.traits.some((_, rule) => kindOf(compiled, rule) !== 'exact'));
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

function findingsOf(start: Start, end: WayEnd, ways: Ways, answers: Answers, timed: Timed): readonly Finding[] {
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
      return goneTarget(start, ways, answers);
  }
}

/**
 * Whether a way is the same at every instant at which anything answers for where it begins; of a cycle, which begins
 * nowhere, for any of its URLs. `end`: of a chain, its last Location, which no rule answers; empty where more hops follow.
 */
function isAlways(hops: readonly Hop[], answers: Answers, end: string | undefined): boolean {
  const urls = hops.map(({ url }) => url);
  const edges = [...new Set((end ? [...urls, end] : urls).flatMap((url) => answers.edgesOf(url)))];
  if (edges.length === 0) return true;
  if (edges.length > MAX_TRIED_INSTANTS) return false;
  const begins = end === undefined ? hops : hops.slice(0, 1);
  return [Math.min(...edges) - 1, ...edges].every(
    (at) =>
      !begins.some(({ url }) => answers.isInForce(url, at)) ||
      (hops.every((hop) => {
        const now = answers.hop(hop.url, at);
        return now?.ruleset === hop.ruleset && now.index === hop.index && now.location === hop.location;
      }) &&
        (!end || !answers.mayAnswer(end) || answers.hop(end, at) === undefined)),
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

/** A cycle is one finding wherever it was entered; what leads to a 410 is one for each rule it starts from. */
function keyOf(finding: Finding): string {
  const members = finding.rules.map((rule) => `${rule.ruleset} ${rule.index}`);
  if (finding.code === 'gone-target') return `gone ${members[0] ?? ''}`;
  return `${finding.code} ${members.sort().join(',')}`;
}
