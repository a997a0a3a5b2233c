import type { Answers } from './answers.ts';
import { type ChainFix, chainFix } from './chain-fix.ts';
import type { Start } from './start.ts';
import type { WayTail } from './way-tail.ts';
import { MAX_REPEATS, type Ways } from './ways.ts';

/** Instants at which fixes are tried again; the ways at each are kept. */
const MOST_INSTANTS = 100;

const ELSEWHERE: ChainFix = { kind: 'by-hand', because: 'it leads elsewhere at other times' };
const UNKNOWN: ChainFix = { kind: 'by-hand', because: 'the schedule has too many instants to try a fix at' };

/**
 * Fixes of chains that are the same at every instant at which the first rule answers: a later site may go dark
 * afterwards, another revision of its rules may begin, or an exception may end, and a mended rule holds for all of these.
 */
export class TimelyFixes {
  private readonly answers: Answers;
  private readonly waysAt: (at: number) => Ways;
  private readonly kept = new Map<number, Ways>();

  constructor(answers: Answers, waysAt: (at: number) => Ways) {
    this.answers = answers;
    this.waysAt = waysAt;
  }

  /** @param ways those of the chain's own instant, which have been there */
  of(start: Start, tail: WayTail, ways: Ways): ChainFix {
    const found = chainFix(start, tail, ways.at);
    if (found.kind === 'by-hand') return found;
    const edges = ways.edgesFrom(start.url);
    if (edges.length === 0) return found;
    if (tail.length >= MAX_REPEATS) return UNKNOWN;
    for (const at of [Math.min(...edges) - 1, ...edges]) {
      const other = at === ways.at ? ways : this.known(at);
      if (other === undefined) return UNKNOWN;
      const then = this.fixAt(start, other);
      if (then !== undefined && !(then.kind === 'fix' && saysTheSame(then.fix, found.fix))) return ELSEWHERE;
    }
    return found;
  }

  /** Undefined where it does not matter: the rule that the chain begins with does not answer then, or leads nowhere. */
  private fixAt(start: Start, ways: Ways): ChainFix | undefined {
    const hop = this.answers.hop(start.url, ways.at);
    if (hop?.ruleset !== start.ruleset || hop.index !== start.index) return undefined;
    ways.follow(start.url);
    const tail = ways.tailFrom(start.url);
    if (tail === undefined) return ELSEWHERE;
    const end = tail.end.split('#', 1)[0] ?? '';
    if (this.answers.mayAnswer(end) && this.answers.isOver(end, ways.at)) return undefined;
    return chainFix(start, tail, ways.at);
  }

  private known(at: number): Ways | undefined {
    const known = this.kept.get(at);
    if (known !== undefined || this.kept.size >= MOST_INSTANTS) return known;
    const made = this.waysAt(at);
    this.kept.set(at, made);
    return made;
  }
}

type Fix = Extract<ChainFix, { readonly kind: 'fix' }>['fix'];

function saysTheSame(one: Fix, other: Fix): boolean {
  const said = (fix: Fix) => (fix.kind === 'add' ? fix.added : fix);
  const [a, b] = [said(one), said(other)];
  return one.kind === other.kind && a.to === b.to && a.status === b.status;
}
