import { statusOf } from '../compiled.ts';
import { widerHostKey } from '../host.ts';
import { fallbackLocation, matchRule, windowEdges } from '../match.ts';
import { parseRequestUrl, type RequestUrl, type SiteUrl, siteUrlCovers } from '../url.ts';
import type { LintInput, LintRuleset, Span } from './finding.ts';

const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** One redirect of a visitor's way; `index` -1 is the ruleset's fallback. */
export interface Hop {
  readonly url: string;
  readonly ruleset: LintRuleset;
  readonly index: number;
  readonly status: number;
  /** Null: the way ends with a 410. */
  readonly location: string | null;
}

interface Area extends Span {
  readonly site: SiteUrl;
  /** Undefined: an exception, where no rule answers while it lasts. */
  readonly ruleset: LintRuleset | undefined;
  /** Of an exception: what lies inside and is none of it. */
  readonly except: readonly SiteUrl[];
}

const NONE: readonly SiteUrl[] = [];

/** All rulesets together, as a visitor meets them: the most specific site answers, and an exception outranks it. */
export class Answers {
  private readonly areas: ReadonlyMap<string, readonly Area[]>;
  private readonly wildcards: boolean;
  /** Whether any answer may change with time. */
  readonly hasWindows: boolean;
  private readonly knownOrigins = new Map<string, boolean>();
  /** How many URLs were looked up: what long work is measured by. */
  asked = 0;

  constructor(input: LintInput) {
    const areas = new Map<string, Area[]>();
    const add = (area: Area): void => {
      const list = areas.get(area.site.hostKey);
      if (list === undefined) areas.set(area.site.hostKey, [area]);
      else list.push(area);
    };
    for (const ruleset of input.rulesets) {
      const { from, until } = ruleset.answers ?? ALWAYS;
      for (const site of ruleset.compiled.sites) add({ site, ruleset, from, until, except: NONE });
    }
    for (const { urls, except = NONE, from = ALWAYS.from, until = ALWAYS.until } of input.exceptions) {
      for (const site of urls) add({ site, ruleset: undefined, from, until, except });
    }
    this.areas = areas;
    this.hasWindows =
      input.rulesets.some(({ compiled }) => compiled.windows !== undefined) ||
      [...areas.values()].some((list) => list.some((area) => edgesOfArea(area).length > 0));
    this.wildcards = [...areas.keys()].some((key) => key.startsWith('*.'));
  }

  /** Whether a canonical absolute URL lies on a host that some ruleset answers for; cheap, since most targets do not. */
  mayAnswer(url: string): boolean {
    const slash = url.indexOf('/', 8);
    const origin = slash < 0 ? url : url.slice(0, slash);
    let known = this.knownOrigins.get(origin);
    if (known === undefined) {
      known = this.areasOf(parseRequestUrl(origin)).length > 0;
      this.knownOrigins.set(origin, known);
    }
    return known;
  }

  /** The redirect that answers a URL at an instant; undefined where a page does. */
  hop(text: string, at: number): Hop | undefined {
    this.asked++;
    const url = parseRequestUrl(text);
    const rulesets = this.rulesetsFor(url, at);
    for (const ruleset of rulesets) {
      const result = matchRule(ruleset.compiled, url, at);
      if (result.kind === 'rule') {
        const { index, location } = result;
        return { url: text, ruleset, index, status: statusOf(ruleset.compiled, index), location };
      }
    }
    // What no rule of any of them takes.
    for (const ruleset of rulesets) {
      const { fallback } = ruleset.compiled.options;
      if (fallback !== undefined) {
        const location = fallbackLocation(ruleset.compiled.options, url);
        if (location === null && fallback.status !== 410) continue;
        return { url: text, ruleset, index: -1, status: fallback.status, location };
      }
    }
    return undefined;
  }

  /** The instants at which the answer to a URL may change, ascending. */
  edgesOf(text: string): readonly number[] {
    if (!this.hasWindows || !this.mayAnswer(text)) return [];
    const url = parseRequestUrl(text);
    const edges = new Set<number>();
    for (const area of this.areasOf(url)) {
      if (siteUrlCovers(area.site, url) < 0) continue;
      for (const edge of edgesOfArea(area)) edges.add(edge);
      if (area.ruleset === undefined) continue;
      for (const edge of windowEdges(area.ruleset.compiled, url)) edges.add(edge);
    }
    return [...edges].sort((a, b) => a - b);
  }

  /** Whether rules answer for a URL at an instant at all, whatever they say. */
  isInForce(text: string, at: number): boolean {
    return this.rulesetsFor(parseRequestUrl(text), at).length > 0;
  }

  /**
   * Whether the rules for a URL's most specific site answered once and never will again: nobody looks after what is there
   * then. What an exception keeps is looked after.
   */
  isOver(text: string, at: number): boolean {
    const url = parseRequestUrl(text);
    let best = -1;
    let over = false;
    for (const { site, ruleset, from, until } of this.areasOf(url)) {
      const specificity = siteUrlCovers(site, url);
      if (specificity < 0) continue;
      if (ruleset === undefined) {
        if (from <= at && at < until) return false;
        continue;
      }
      if (specificity < best) continue;
      const ended = from < until && until <= at;
      over = specificity > best ? ended : over && ended;
      best = specificity;
    }
    return over;
  }

  /** Of the most specific sites; none where an exception holds, or where their time has not come or is over. */
  private rulesetsFor(url: RequestUrl, at: number): readonly LintRuleset[] {
    let best = -1;
    let found: LintRuleset[] = [];
    for (const { site, ruleset, from, until, except } of this.areasOf(url)) {
      const specificity = siteUrlCovers(site, url);
      if (specificity < 0) continue;
      const lasts = from <= at && at < until;
      if (ruleset === undefined) {
        if (lasts && !except.some((inner) => siteUrlCovers(inner, url) > specificity)) return [];
        continue;
      }
      if (specificity > best) {
        best = specificity;
        found = lasts ? [ruleset] : [];
      } else if (specificity === best && lasts) found.push(ruleset);
    }
    return found;
  }

  private areasOf(url: RequestUrl): readonly Area[] {
    const own = this.areas.get(url.hostKey);
    if (!this.wildcards) return own ?? [];
    const found = [...(own ?? [])];
    for (let key = widerHostKey(url.hostKey); key !== undefined; key = widerHostKey(key))
      for (const area of this.areas.get(key) ?? []) found.push(area);
    return found;
  }
}

function edgesOfArea({ from, until }: Span): readonly number[] {
  if (from >= until) return [];
  return [from, until].filter(Number.isFinite);
}
