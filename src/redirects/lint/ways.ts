import type { Answers, Hop } from './answers.ts';
import type { LintRuleset } from './finding.ts';

/** Longer than any server accepts: a way that gets here grows for ever. */
const MAX_WAY_URL = 16_384;

/** How many times a rule may lengthen its own URL before the way counts as endless; beyond any rule's depth. */
const MAX_REPEATS = 200;

export type WayEnd =
  | { readonly kind: 'ends'; readonly hops: number }
  | { readonly kind: 'loop'; readonly cycle: readonly Hop[] }
  | { readonly kind: 'grows'; readonly cycle: readonly Hop[] }
  /** It runs into a loop or a growth that was found before. */
  | { readonly kind: 'known' };

interface Repeats {
  readonly lengths: number[];
  readonly steps: number[];
}

/** Follows visitors from URL to URL at one instant; each URL is looked at once, however many ways lead through it. */
export class Ways {
  private readonly answers: Answers;
  /** Epoch milliseconds. */
  readonly at: number;
  private readonly repeatsUntilEndless: number;
  /** Hops left from a URL; -1 where it never ends. */
  private readonly left = new Map<string, number>();
  /** Where a way ended with a 410. */
  private readonly gone = new Set<string>();
  private readonly endless = new Map<LintRuleset, Set<number>>();

  /** @param depth the most segments any rule's source has */
  constructor(answers: Answers, at: number, depth: number) {
    this.answers = answers;
    this.at = at;
    this.repeatsUntilEndless = Math.min(depth + 8, MAX_REPEATS);
  }

  follow(start: string): WayEnd {
    const way: Hop[] = [];
    const places = new Map<string, number>();
    const repeats = new Map<LintRuleset, Map<number, Repeats>>();
    let url = start;
    for (;;) {
      const known = this.left.get(url);
      if (known !== undefined) return known < 0 ? this.neverEnds(way, { kind: 'known' }) : this.endsAfter(way, known);
      const place = places.get(url);
      if (place !== undefined) return this.neverEnds(way, { kind: 'loop', cycle: way.slice(place) });
      const hop = this.answers.hop(url, this.at);
      if (hop?.location === null) this.gone.add(url);
      if (hop === undefined || hop.location === null) return this.endsAfter(way, 0, url);
      places.set(url, way.push(hop) - 1);
      if (!this.answers.mayAnswer(hop.location)) return this.endsAfter(way, 0);
      const growth = this.growthOf(way, hop, repeats);
      if (growth !== undefined) return this.neverEnds(way, growth);
      const hash = hop.location.indexOf('#');
      url = hash < 0 ? hop.location : hop.location.slice(0, hash);
    }
  }

  /** Whether a URL that was come to answers 410. */
  isGone(url: string): boolean {
    return this.gone.has(url);
  }

  /** The first hops, at most `most`, from a start whose way ends. */
  hopsFrom(start: string, most: number): readonly Hop[] {
    const hops: Hop[] = [];
    let url = start;
    while (hops.length < most && (this.left.get(url) ?? 0) > 0) {
      const hop = this.answers.hop(url, this.at);
      if (hop === undefined) break;
      hops.push(hop);
      if (hop.location === null) break;
      url = hop.location.split('#', 1)[0] ?? '';
    }
    return hops;
  }

  /** The instants at which an answer on the way from a URL may change; `follow` has been there. */
  edgesFrom(start: string): readonly number[] {
    if (!this.answers.hasWindows) return [];
    const edges = new Set<number>();
    const seen = new Set<string>();
    for (let url: string | undefined = start; url !== undefined && !seen.has(url) && seen.size < MAX_REPEATS; ) {
      seen.add(url);
      for (const edge of this.answers.edgesOf(url)) edges.add(edge);
      url = this.answers.hop(url, this.at)?.location?.split('#', 1)[0];
      if (url !== undefined && !this.answers.mayAnswer(url)) break;
    }
    return [...edges];
  }

  /** A rule that comes again and again, each time with a longer URL, will not stop. */
  private growthOf(way: readonly Hop[], hop: Hop, repeats: Map<LintRuleset, Map<number, Repeats>>): WayEnd | undefined {
    const ofRuleset = repeats.get(hop.ruleset) ?? new Map<number, Repeats>();
    repeats.set(hop.ruleset, ofRuleset);
    const seen = ofRuleset.get(hop.index) ?? { lengths: [], steps: [] };
    ofRuleset.set(hop.index, seen);
    if (hop.url.length <= (seen.lengths.at(-1) ?? 0)) {
      seen.lengths.length = 0;
      seen.steps.length = 0;
    }
    seen.lengths.push(hop.url.length);
    seen.steps.push(way.length - 1);
    if (seen.steps.length > 2 && this.endless.get(hop.ruleset)?.has(hop.index)) return { kind: 'known' };
    if (seen.steps.length < this.repeatsUntilEndless && hop.url.length < MAX_WAY_URL) return undefined;
    const first = seen.steps[0] ?? 0;
    return { kind: 'grows', cycle: way.slice(first, seen.steps[1] ?? first + 1) };
  }

  private endsAfter(way: readonly Hop[], last: number, end?: string): WayEnd {
    if (end !== undefined) this.left.set(end, last);
    let hops = last;
    for (let index = way.length - 1; index >= 0; index--) this.left.set(way[index]?.url ?? '', ++hops);
    return { kind: 'ends', hops };
  }

  private neverEnds(way: readonly Hop[], end: WayEnd): WayEnd {
    for (const { url } of way) this.left.set(url, -1);
    if (end.kind === 'grows') {
      for (const { ruleset, index } of end.cycle) {
        const rules = this.endless.get(ruleset) ?? new Set();
        this.endless.set(ruleset, rules.add(index));
      }
    }
    return end;
  }
}
