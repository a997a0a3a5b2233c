import { type CompiledRuleset, flagsOf, isInWindow, kindOf } from '../compiled.ts';
import { isFault, matchKindOf } from '../rule.ts';
import { parseSource } from '../source.ts';
import { FLAG } from '../traits.ts';
import { splitUrl } from '../url.ts';
import { type Likeness, likenessOf, sharedWords } from './likeness.ts';

/** A rule that might serve visitors of a URL, and what speaks for it. A person decides. */
export interface Suggestion {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export interface SuggestInput {
  readonly ruleset: CompiledRuleset;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether a target is a good one; asked of the few that are about to be suggested. */
  readonly isGoodTarget: (to: string) => boolean;
}

/** How much speaks for a rule as a model, most first. */
const STRENGTHS = ['slug', 'target-slug', 'id', 'similar', 'folder'] as const;
type Strength = (typeof STRENGTHS)[number];

interface Candidate {
  readonly strength: Strength;
  /** Between candidates of one strength. */
  readonly score: number;
  readonly to: string;
  readonly why: string;
}

interface Wanted {
  readonly path: string;
  readonly from: string;
  readonly likeness: Likeness;
  readonly found: Map<string, Candidate>;
}

/** Words of a neighbour that must be shared. */
const LIKE_ENOUGH = 0.5;
/** Candidates kept for one URL; a folder of a million rules says no more than its first few targets. */
const MOST_CANDIDATES = 64;

/**
 * Suggests a rule for each URL (canonical, absolute) from the exact rules that there are: one whose page has the same
 * slug, or whose target has; the same product id; a neighbour with like words; else the rule of a folder above. One
 * pass over the rules, whatever the number of URLs. Null where nothing speaks for anything.
 */
export function suggestRules(input: SuggestInput, urls: readonly string[]): readonly (Suggestion | null)[] {
  const { ruleset, at, isGoodTarget } = input;
  const wanted = urls.map((url) => wantedFor(ruleset, url));
  const index = new WantedIndex(wanted);
  for (let rule = 0; rule < ruleset.rules.length; rule++) {
    const to = ruleset.targets.at(rule);
    const flags = flagsOf(ruleset, rule);
    const usable = flags & FLAG.valid && flags & FLAG.plain && !(flags & FLAG.disabled);
    if (to === undefined || !usable || kindOf(ruleset, rule) !== 'exact' || !isInWindow(ruleset, rule, at)) continue;
    const source = parseSource(ruleset.rules.at(rule) ?? { from: '' }, ruleset.options);
    if (!isFault(source)) index.consider(source.path, source.conditions.join('&'), to);
  }
  return wanted.map(({ path, from, found }, place) => {
    // A path with `/:name` or `/*` would be read as a pattern.
    if (matchKindOf({ from }) !== 'exact') return null;
    const best = [...found.values()]
      .sort(byStrength)
      .find(({ to }) => to !== urls[place] && to !== path && isGoodTarget(to));
    return best === undefined ? null : { from, to: best.to, why: best.why };
  });
}

function wantedFor(ruleset: CompiledRuleset, url: string): Wanted {
  const { path, query } = splitUrl(url);
  const asked = query === undefined ? path : `${path}?${query}`;
  // A path alone would be one of every host.
  return { path, from: ruleset.sites.length === 1 ? asked : url, likeness: likenessOf(path, query), found: new Map() };
}

function byStrength(a: Candidate, b: Candidate): number {
  const strength = STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength);
  if (strength !== 0) return strength;
  if (a.score !== b.score) return b.score - a.score;
  return a.to < b.to ? -1 : 1;
}

/** Only what is wanted is filed, so that a million rules take no memory to look through. */
class WantedIndex {
  private readonly bySlug = new Map<string, Wanted[]>();
  private readonly byId = new Map<string, Wanted[]>();
  private readonly byParent = new Map<string, Wanted[]>();
  private readonly byFolder = new Map<string, Wanted[]>();

  constructor(wanted: readonly Wanted[]) {
    for (const one of wanted) {
      const { slug, ids, folders } = one.likeness;
      if (slug !== '') file(this.bySlug, slug, one);
      for (const id of new Set(ids)) file(this.byId, id, one);
      file(this.byParent, folders[0] ?? '', one);
      for (const folder of folders) file(this.byFolder, folder, one);
    }
  }

  consider(place: string, query: string, to: string): void {
    const own = likenessOf(place, query);
    const path = query === '' ? place : `${place}?${query}`;
    const target = likenessOf(pathOf(to));
    this.offer(this.bySlug.get(own.slug), 'slug', to, own, () => `${path} has the same name and goes there`);
    this.offer(
      this.bySlug.get(target.slug),
      'target-slug',
      to,
      own,
      () => `it has the same name, and ${path} goes there`,
    );
    for (const id of new Set([...own.ids, ...target.ids]))
      this.offer(this.byId.get(id), 'id', to, own, () => `the product id ${id} is that of ${path}`);
    for (const one of this.byParent.get(own.folders[0] ?? '') ?? []) {
      const score = sharedWords(one.likeness.words, own.words);
      if (score >= LIKE_ENOUGH)
        keep(one, { strength: 'similar', score, to, why: `${path} beside it is the most alike` });
    }
    const folder = place.toLowerCase().replace(/\/+$/, '');
    for (const one of this.byFolder.get(folder) ?? [])
      keep(one, { strength: 'folder', score: folder.length, to, why: `${path} is the nearest path above it` });
  }

  /** Of several with one name, the one that shares most folders. */
  private offer(
    wanted: readonly Wanted[] | undefined,
    strength: Strength,
    to: string,
    own: Likeness,
    why: () => string,
  ): void {
    for (const one of wanted ?? []) {
      const score = one.likeness.folders.filter((folder) => own.folders.includes(folder)).length;
      keep(one, { strength, score, to, why: why() });
    }
  }
}

function file(map: Map<string, Wanted[]>, key: string, one: Wanted): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}

/** The strongest reason for each target; where there are too many targets, the weakest goes. */
function keep({ found }: Wanted, candidate: Candidate): void {
  const known = found.get(candidate.to);
  if (known !== undefined && byStrength(known, candidate) <= 0) return;
  found.set(candidate.to, candidate);
  if (found.size <= MOST_CANDIDATES) return;
  const weakest = [...found.values()].reduce((worst, one) => (byStrength(worst, one) < 0 ? one : worst));
  found.delete(weakest.to);
}

function pathOf(target: string): string {
  return target.startsWith('/') ? target.replace(/[?#].*$/s, '') : splitUrl(target).path;
}
