import type { CompiledRuleset } from '../compiled.ts';
import { fallbackLocation, matchRule } from '../match.ts';
import { formatUrl, parseRequestUrl, type RequestUrl, siteUrlCovers } from '../url.ts';

/** Where a visitor ends up who asks for a URL of the site. */
export type Landing =
  /** A rule leads away from the site. */
  | 'redirect'
  /** A rule says 410: somebody meant it. */
  | 'gone'
  /** No rule: the fallback leads away, or says 410, for every URL alike. */
  | 'fallback'
  | 'fallback-gone'
  | 'not-found'
  /** A rule leads to a page that is not there: gone, or on the site itself with no rule that leads away. */
  | 'dead-end'
  | 'loop'
  /** The site's redirects have ended, and every URL of it says 410. */
  | 'retired'
  /** The site itself still answers: there is nothing to redirect. */
  | 'served';

export const LANDINGS: readonly Landing[] = [
  'redirect',
  'gone',
  'fallback',
  'fallback-gone',
  'not-found',
  'dead-end',
  'loop',
  'retired',
  'served',
];

export const landsWell = (landing: Landing): boolean => landing === 'redirect' || landing === 'gone';

/** Whether there was anything for rules to do. */
export const isMeasured = (landing: Landing): boolean => landing !== 'served';

/** Browsers give up at 20 redirects. */
const MOST_HOPS = 20;

export interface LandingInput {
  readonly ruleset: CompiledRuleset;
  /** Epoch milliseconds. */
  readonly at: number;
  /**
   * Whether the ruleset's URLs are known to be those of the site, and not guessed from the rules. Only then is
   * a target on them that no rule takes a page that will not be there.
   */
  readonly siteIsKnown: boolean;
}

/** Follows the rules from a URL as far as they go. */
export function landingOf({ ruleset, at, siteIsKnown }: LandingInput, start: RequestUrl): Landing {
  let url = start;
  for (let hops = 0; hops <= MOST_HOPS; hops++) {
    const result = matchRule(ruleset, url, at);
    if (result.kind === 'none') {
      if (hops > 0 && ruleset.options.fallback === undefined) return siteIsKnown ? 'dead-end' : 'redirect';
      return withoutRule(ruleset, url);
    }
    if (result.location === null) return hops === 0 ? 'gone' : 'dead-end';
    const next = resolveLocation(result.location, url);
    if (!isOfSite(ruleset, next)) return 'redirect';
    if (formatUrl(next) === formatUrl(url)) return 'loop';
    url = next;
  }
  return 'loop';
}

function withoutRule(ruleset: CompiledRuleset, url: RequestUrl): Landing {
  const { fallback } = ruleset.options;
  if (fallback === undefined) return 'not-found';
  if (!('to' in fallback)) return 'fallback-gone';
  return fallbackLocation(ruleset.options, url) === null ? 'not-found' : 'fallback';
}

/** A Location is absolute, or a path on the host that was asked. */
function resolveLocation(location: string, { scheme, hostKey }: RequestUrl): RequestUrl {
  return parseRequestUrl(location.startsWith('/') ? `${scheme}://${hostKey}${location}` : location);
}

export function isOfSite({ sites }: CompiledRuleset, url: RequestUrl): boolean {
  return sites.some((site) => siteUrlCovers(site, url) >= 0);
}
