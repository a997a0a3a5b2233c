import { statusOf } from '../compiled.ts';
import { widerHostKey } from '../host.ts';
import { fallbackLocation, matchRule, windowEdges } from '../match.ts';
import { parseRequestUrl, type RequestUrl, type SiteUrl, siteUrlCovers } from '../url.ts';
import type { LintInput, LintRuleset } from './finding.ts';

/** One redirect of a visitor's way; `index` -1 is the ruleset's fallback. */
export interface Hop {
  readonly url: string;
  readonly ruleset: LintRuleset;
  readonly index: number;
  readonly status: number;
  /** Null: the way ends with a 410. */
  readonly location: string | null;
}

interface Area {
  readonly site: SiteUrl;
  /** Undefined: an exception, where no rule answers. */
  readonly ruleset: LintRuleset | undefined;
}

/** All rulesets together, as a visitor meets them: the most specific site answers, and an exception outranks it. */
export class Answers {
  private readonly areas: ReadonlyMap<string, readonly Area[]>;
  private readonly wildcards: boolean;
  /** Whether any answer may change with time. */
  readonly hasWindows: boolean;
  private readonly knownOrigins = new Map<string, boolean>();

  constructor(input: LintInput) {
    const areas = new Map<string, Area[]>();
    const add = (site: SiteUrl, ruleset: LintRuleset | undefined): void => {
      const list = areas.get(site.hostKey);
      if (list === undefined) areas.set(site.hostKey, [{ site, ruleset }]);
      else list.push({ site, ruleset });
    };
    for (const ruleset of input.rulesets) for (const site of ruleset.compiled.sites) add(site, ruleset);
    for (const exception of input.exceptions) for (const site of exception.urls) add(site, undefined);
    this.areas = areas;
    this.hasWindows = input.rulesets.some(({ compiled }) => compiled.windows !== undefined);
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
    const url = parseRequestUrl(text);
    for (const ruleset of this.rulesetsFor(url)) {
      const result = matchRule(ruleset.compiled, url, at);
      if (result.kind === 'rule') {
        const { index, location } = result;
        return { url: text, ruleset, index, status: statusOf(ruleset.compiled, index), location };
      }
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
    const edges = this.rulesetsFor(url).flatMap((ruleset) => windowEdges(ruleset.compiled, url));
    return [...new Set(edges)].sort((a, b) => a - b);
  }

  private rulesetsFor(url: RequestUrl): readonly LintRuleset[] {
    let best = -1;
    let found: LintRuleset[] = [];
    for (const { site, ruleset } of this.areasOf(url)) {
      const specificity = siteUrlCovers(site, url);
      if (specificity < 0) continue;
      if (ruleset === undefined) return [];
      if (specificity > best) {
        best = specificity;
        found = [ruleset];
      } else if (specificity === best) found.push(ruleset);
    }
    return found;
  }

  private areasOf(url: RequestUrl): readonly Area[] {
    const own = this.areas.get(url.hostKey);
    if (!this.wildcards) return own ?? [];
    const found = [...(own ?? [])];
    for (let key = widerHostKey(url.hostKey); key !== undefined; key = widerHostKey(key))
      found.push(...(this.areas.get(key) ?? []));
    return found;
  }
}
