import { kindOf } from '../compiled.ts';
import type { Hop } from './answers.ts';
import type { ChainFix } from './chain-fix.ts';
import { type Finding, type FindingFix, findingRule, type LintRuleset, type Retarget } from './finding.ts';
import type { Start } from './start.ts';
import type { TimelyFixes } from './timely-fixes.ts';
import type { WayTail } from './way-tail.ts';
import type { Ways } from './ways.ts';
import { witnessesOf } from './witness.ts';

/** Of a longer chain, a finding names the first rules; its length counts them all, and its fix mends them all. */
const SHOWN_HOPS = 10;

/** A rule's own way through more than one redirect. */
export interface ChainStart {
  readonly start: Start;
  readonly length: number;
}

type Mending = Exclude<ChainFix, { readonly kind: 'fix' }> | { readonly kind: 'fix'; readonly fix: FindingFix };

/** What a finding says of time: its code, and its instant where it holds only at some. */
export type Timing = (hops: readonly Hop[], whole: boolean) => Pick<Finding, 'code' | 'at'>;

/**
 * Chains as a person mends them: each is told once, from where it begins, however many of its rules one could begin
 * from. What a rule with variable parts leads to is told for each URL that can have a rule of its own.
 */
export class ChainsTold {
  private readonly fixes: TimelyFixes;
  /** Rules whose own chain is told, or a part of one that is. */
  private readonly told = new Map<LintRuleset, Set<number>>();
  /** URLs for which a rule was proposed. */
  private readonly proposed = new Set<string>();

  constructor(fixes: TimelyFixes) {
    this.fixes = fixes;
  }

  /** What is new at the instant of these ways, in the order of the starts. */
  findingsOf(starts: readonly ChainStart[], ways: Ways, timed: Timing): readonly Finding[] {
    const walked = new Set<WayTail>();
    const found = new Map<Start, Finding>();
    // From the longest on: what is a part of a longer chain is told by then.
    for (const { start } of starts.toSorted((a, b) => b.length - a.length)) {
      const tail = ways.tailFrom(start.url);
      if (tail === undefined || !isOwn(start, tail.hop)) continue;
      const own = this.fixes.of(start, tail, ways);
      if (own.kind === 'fix' && own.fix.kind === 'add') {
        if (this.proposed.has(start.url)) continue;
        this.proposed.add(start.url);
        found.set(start, chainFinding(tail, own, timed));
        continue;
      }
      if (!this.tell(start.ruleset, start.index)) continue;
      found.set(start, chainFinding(tail, withLater(own, this.tellRest(start, tail, ways, walked)), timed));
    }
    return starts.flatMap(({ start }) => found.get(start) ?? []);
  }

  /** Whether it was not told before. */
  private tell(ruleset: LintRuleset, index: number): boolean {
    const rules = this.told.get(ruleset) ?? new Set();
    this.told.set(ruleset, rules);
    return !rules.has(index) && rules.add(index) !== undefined;
  }

  /**
   * Marks the later rules of a chain whose own chain is the rest of it, and gives their fixes. Rules with variable parts
   * have ways beside the one that a single URL takes: they count only where the chain began with such a rule.
   */
  private tellRest(start: Start, tail: WayTail, ways: Ways, walked: Set<WayTail>): readonly Retarget[] {
    const changes: Retarget[] = [];
    const fromOneUrl = isForOnePath(start);
    for (let rest = tail.next; rest !== undefined && rest.length > 1 && !walked.has(rest); rest = rest.next) {
      walked.add(rest);
      const { ruleset, index } = rest.hop;
      if (index < 0 || isForOnePath(rest.hop) !== fromOneUrl) continue;
      const own = ownTail(rest, ways);
      if (own === undefined || !this.tell(ruleset, index)) continue;
      const found = this.fixes.of({ ruleset, index, url: own.hop.url }, own, ways);
      if (found.kind === 'fix' && found.fix.kind === 'retarget') changes.push(found.fix);
    }
    return changes;
  }
}

const isOwn = ({ ruleset, index }: Pick<Start, 'ruleset' | 'index'>, hop: Hop): boolean =>
  hop.ruleset === ruleset && hop.index === index;

const isForOnePath = ({ ruleset, index }: Pick<Start, 'ruleset' | 'index'>): boolean =>
  index < 0 || kindOf(ruleset.compiled, index) === 'exact';

/** The way from a rule's own URL, where it goes on as the way through that rule does. */
function ownTail(rest: WayTail, ways: Ways): WayTail | undefined {
  const { ruleset, index } = rest.hop;
  for (const url of witnessesOf(ruleset.compiled, index)) {
    if (url === rest.hop.url) return rest;
    ways.follow(url);
    const own = ways.tailFrom(url);
    if (own === undefined || !isOwn(rest.hop, own.hop) || rest.next === undefined) continue;
    if (own.next !== undefined && isOwn(rest.next.hop, own.next.hop)) return own;
  }
  return undefined;
}

/** What mends a chain, or the later part of it at least; else why nothing does. */
function withLater(own: ChainFix, later: readonly Retarget[]): Mending {
  const changes = own.kind === 'fix' && own.fix.kind === 'retarget' ? [own.fix, ...later] : later;
  const [first] = changes;
  if (first === undefined) return own;
  return { kind: 'fix', fix: changes.length > 1 ? { kind: 'retarget-all', changes } : first };
}

function chainFinding(tail: WayTail, mending: Mending, timed: Timing): Finding {
  const hops: Hop[] = [];
  let rest: WayTail | undefined = tail;
  for (; rest !== undefined && hops.length < SHOWN_HOPS; rest = rest.next) hops.push(rest.hop);
  const more = rest === undefined ? [] : [`(${rest.length} more)`];
  const way = [...hops.map(({ url }) => url), ...more, tail.end].join(' → ');
  const byHand = mending.kind === 'by-hand' ? `, to be mended by hand (${mending.because})` : '';
  return {
    ...timed(hops, rest === undefined),
    severity: 'warning',
    message: `a chain of ${tail.length} redirects${byHand}: ${way}`,
    rules: hops.map((hop) => findingRule(hop.ruleset, hop.index)).filter(isFirst()),
    witness: tail.hop.url,
    ...(mending.kind === 'fix' ? { fix: mending.fix } : {}),
  };
}

function isFirst(): (rule: Finding['rules'][number]) => boolean {
  const seen = new Set<string>();
  return ({ ruleset, index }) => {
    const key = `${ruleset} ${index}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  };
}
