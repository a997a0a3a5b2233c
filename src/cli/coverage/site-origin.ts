import type { CompiledRuleset } from '../../redirects/compile.ts';
import { parseSiteUrl } from '../../redirects/url.ts';
import { ANY_ORIGIN } from '../entries/rules/site-urls.ts';

/** Of which host the paths of a log are that names none: the first of the site; `ANY_ORIGIN` where the rules name none either. */
export function siteOrigin({ sites }: CompiledRuleset): string {
  const [first] = sites;
  const hostKey = sites.find(({ host }) => !host.startsWith('*'))?.hostKey ?? first?.hostKey.replace(/^\*/, 'www');
  return hostKey === undefined ? ANY_ORIGIN : `https://${hostKey}`;
}

export const hostsOf = ({ sites }: CompiledRuleset): number => new Set(sites.map(({ hostKey }) => hostKey)).size;

/** A URL as people know it: of a host that nobody has said, the path alone. */
export const shownUrl = (url: string): string =>
  url.startsWith(`${ANY_ORIGIN}/`) ? url.slice(ANY_ORIGIN.length) : url;

/** Of a base URL, which need not name a scheme. */
export const originOf = (siteUrl: string): string => `https://${parseSiteUrl(siteUrl).hostKey}`;
