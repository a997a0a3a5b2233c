import type { Answers, Hop } from './answers.ts';
import type { LintRuleset } from './finding.ts';
import { type WayTail, wayTail } from './way-tail.ts';

/** Longer than any server accepts: a way that gets here grows for ever. */
const MAX_WAY_URL = 16_384;

/** How many times a rule may lengthen its own URL before the way counts as endless; beyond any rule's depth. */
export const MAX_REPEATS = 200;

export type WayEnd =
  | { readonly kind: 'ends'; readonly hops: number }
  | { readonly kind: 'loop'; readonly cycle: readonly Hop[] }
  | { readonly kind: 'grows'; readonly cycle: readonly Hop[] }
  /** It runs into a loop or a growth that was found before. */
  | { readonly kind: 'known' };

/** A URL on a way whose answer may change with time. */
interface Station {
  readonly url: string;
  readonly edges: readonly number[];
  /** The URL after it. */
  readonly next: string | undefined;
  /** From the URL that was asked for. */
  readonly hops: number;
}

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
  /** The URL that answers 410 at the end of the way from a URL. */
  private readonly gone = new Map<string, string>();
  private readonly tails = new Map<string, WayTail>();
  /** Null: nothing on the way from there changes. */
  private readonly stations = new Map<string, Station | null>();
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
      if (known !== undefined)
        return known < 0 ? this.neverEnds(way, { kind: 'known' }) : this.endsAfter(way, known, url);
      const place = places.get(url);
      if (place !== undefined) return this.neverEnds(way, { kind: 'loop', cycle: way.slice(place) });
      const hop = this.answers.hop(url, this.at);
      if (hop?.location === null) this.gone.set(url, url);
      if (hop === undefined || hop.location === null) return this.endsAfter(way, 0, url);
      places.set(url, way.push(hop) - 1);
      if (!this.answers.mayAnswer(hop.location)) return this.endsAfter(way, 0);
      const growth = this.growthOf(way, hop, repeats);
      if (growth !== undefined) return this.neverEnds(way, growth);
      const hash = hop.location.indexOf('#');
      url = hash < 0 ? hop.location : hop.location.slice(0, hash);
    }
  }

  /** The URL that answers 410 at the end of a way that was followed. */
  goneEnd(start: string): string | undefined {
    return this.gone.get(start);
  }

  /** The hops from a URL whose way ends, as far as `follow` has been there; undefined where no rule answers it. */
  tailFrom(start: string): WayTail | undefined {
    const way: Hop[] = [];
    let url = start;
    while ((this.left.get(url) ?? 0) > 0 && !this.tails.has(url)) {
      const hop = this.answers.hop(url, this.at);
      if (hop === undefined) break;
      way.push(hop);
      url = hop.location?.split('#', 1)[0] ?? '';
    }
    let tail = this.tails.get(url);
    for (const hop of way.toReversed()) {
      tail = wayTail(hop, tail, this.at);
      this.tails.set(hop.url, tail);
    }
    return tail;
  }

  /** The instants at which an answer on the way from a URL may change; `follow` has been there. */
  edgesFrom(start: string): readonly number[] {
    if (!this.answers.hasWindows) return [];
    const edges = new Set<number>();
    const seen = new Set<string>();
    let hops = 0;
    for (let at = this.stationFrom(start); at !== undefined && !seen.has(at.url); ) {
      hops += at.hops;
      if (hops >= MAX_REPEATS) break;
      seen.add(at.url);
      for (const edge of at.edges) edges.add(edge);
      at = at.next === undefined ? undefined : this.stationFrom(at.next);
      hops++;
    }
    return [...edges];
  }

  /** The next URL on a way whose answer may change, this one included; what lies between is passed over once. */
  private stationFrom(start: string): Station | undefined {
    const passed: string[] = [];
    const seen = new Set<string>();
    let url = start;
    let found: Station | null = null;
    while (this.left.has(url) && !seen.has(url)) {
      const known = this.stations.get(url);
      if (known !== undefined) {
        found = known === null ? null : { ...known, hops: known.hops + passed.length };
        break;
      }
      const edges = this.answers.edgesOf(url);
      const location = this.answers.hop(url, this.at)?.location?.split('#', 1)[0];
      const next = location !== undefined && this.answers.mayAnswer(location) ? location : undefined;
      passed.push(url);
      seen.add(url);
      if (edges.length > 0) {
        found = { url, edges, next, hops: passed.length - 1 };
        break;
      }
      if (next === undefined) break;
      url = next;
    }
    for (const [hops, before] of passed.entries())
      this.stations.set(before, found === null ? null : { ...found, hops: found.hops - hops });
    return found ?? undefined;
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
    const gone = end === undefined ? undefined : this.gone.get(end);
    let hops = last;
    for (let index = way.length - 1; index >= 0; index--) {
      const url = way[index]?.url ?? '';
      this.left.set(url, ++hops);
      if (gone !== undefined) this.gone.set(url, gone);
    }
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
