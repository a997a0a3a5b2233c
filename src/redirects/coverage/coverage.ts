import { parseRequestUrl, UrlError } from '../url.ts';
import { isMeasured, isOfSite, LANDINGS, type Landing, type LandingInput, landingOf, landsWell } from './landing.ts';
import { type Suggestion, suggestRules } from './suggest.ts';

/** URLs, and how often they were asked for. */
export interface Visits {
  readonly urls: number;
  readonly hits: number;
}

export interface UncoveredUrl {
  readonly url: string;
  readonly hits: number;
  readonly outcome: Landing;
  readonly suggestion: Suggestion | null;
}

export interface Coverage extends Visits {
  /** Whether URLs were too many to be held at once: some are counted more than once then, and hits as ever. */
  readonly urlsAtMost: boolean;
  /** Those that land well; `share` is of the hits, 0 to 1. */
  readonly covered: Visits & { readonly share: number };
  /** Those that the site itself answers are here, and in no other sum. */
  readonly outcomes: Readonly<Record<Landing, Visits>>;
  /** The heaviest first. */
  readonly uncovered: readonly UncoveredUrl[];
}

export interface CoverageInput {
  /** Hits of each canonical URL, as `VisitTally` adds them up. */
  readonly hits: ReadonlyMap<string, number>;
  /** Where a visitor of one of these URLs ends up. */
  readonly landing: (url: string) => Landing;
  /** How many of the uncovered URLs are listed. */
  readonly top: number;
  /** What was let go of before the end. */
  readonly before?: LandingSums;
}

/** How many visits end where. */
export class LandingSums {
  readonly outcomes: Readonly<Record<Landing, { urls: number; hits: number }>>;

  constructor() {
    const none = LANDINGS.map((landing) => [landing, { urls: 0, hits: 0 }]);
    this.outcomes = Object.fromEntries(none) as Record<Landing, { urls: number; hits: number }>;
  }

  /** Takes in the hits of one URL. */
  add(outcome: Landing, hits: number): void {
    const sum = this.outcomes[outcome];
    sum.urls += 1;
    sum.hits += hits;
  }
}

export type Uncovered = Omit<UncoveredUrl, 'suggestion'>;

/** How many of the hits land well, and the heaviest URLs that do not. */
export function coverageOf(
  input: CoverageInput,
): Omit<Coverage, 'uncovered'> & { readonly uncovered: readonly Uncovered[] } {
  const sums = input.before ?? new LandingSums();
  const { outcomes } = sums;
  const heaviest = new Heaviest(input.top);
  for (const [url, hits] of input.hits) {
    const outcome = input.landing(url);
    sums.add(outcome, hits);
    if (isMeasured(outcome) && !landsWell(outcome)) heaviest.add({ url, hits, outcome });
  }
  const total = sumOf(LANDINGS.filter(isMeasured).map((landing) => outcomes[landing]));
  const covered = sumOf(LANDINGS.filter(landsWell).map((landing) => outcomes[landing]));
  const share = total.hits === 0 ? 0 : covered.hits / total.hits;
  return {
    ...total,
    urlsAtMost: input.before !== undefined,
    covered: { ...covered, share },
    outcomes,
    uncovered: heaviest.sorted(),
  };
}

const sumOf = (parts: readonly Visits[]): Visits => ({
  urls: parts.reduce((sum, { urls }) => sum + urls, 0),
  hits: parts.reduce((sum, { hits }) => sum + hits, 0),
});

/**
 * The uncovered URLs, each with a rule that might mend it.
 *
 * @param badTargets known to lead nowhere, whatever the rules by themselves say
 */
export function withSuggestions(
  input: LandingInput,
  uncovered: readonly Uncovered[],
  badTargets: ReadonlySet<string>,
): readonly UncoveredUrl[] {
  // Where a rule answers already, or none is asked, another one would only stand beside it.
  const open = uncovered.filter(({ outcome }) => outcome !== 'dead-end' && outcome !== 'loop' && outcome !== 'retired');
  const { ruleset, at } = input;
  const isGoodTarget = (to: string): boolean => !badTargets.has(to) && isGood(input, to);
  const made = suggestRules(
    { ruleset, at, isGoodTarget },
    open.map(({ url }) => url),
  );
  const byUrl = new Map(open.map(({ url }, index) => [url, made[index] ?? null]));
  return uncovered.map((one) => ({ ...one, suggestion: byUrl.get(one.url) ?? null }));
}

/** Whether a target of one rule may be one of another: no URL of the site that leads nowhere. */
function isGood(input: LandingInput, to: string): boolean {
  if (to.startsWith('/')) return !input.siteIsKnown;
  try {
    const url = parseRequestUrl(to);
    if (!isOfSite(input.ruleset, url)) return true;
    const landing = landingOf(input, url);
    return landsWell(landing) || (landing === 'not-found' && !input.siteIsKnown);
  } catch (error) {
    if (error instanceof UrlError) return false;
    throw error;
  }
}

/** The first of a long list in the order of hits, without sorting all of it. */
class Heaviest {
  private readonly most: number;
  private kept: Uncovered[] = [];

  constructor(most: number) {
    this.most = most;
  }

  add(one: Uncovered): void {
    this.kept.push(one);
    if (this.kept.length >= 2 * this.most + 1000) this.kept = this.sorted();
  }

  sorted(): Uncovered[] {
    return this.kept.sort((a, b) => b.hits - a.hits || (a.url < b.url ? -1 : 1)).slice(0, this.most);
  }
}
