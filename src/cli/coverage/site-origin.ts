import type { CompiledRuleset } from '../../redirects/compile.ts';
import { parseSiteUrl } from '../../redirects/url.ts';

/** Of which host the paths of a log are that names none: the first of the site. */
export function siteOrigin({ sites }: CompiledRuleset): string {
  const [first] = sites;
  const hostKey = sites.find(({ host }) => !host.startsWith('*'))?.hostKey ?? first?.hostKey.replace(/^\*/, 'www');
  return `https://${hostKey ?? 'site.invalid'}`;
}

export const hostsOf = ({ sites }: CompiledRuleset): number => new Set(sites.map(({ hostKey }) => hostKey)).size;

/** Of a base URL, which need not name a scheme. */
export const originOf = (siteUrl: string): string => `https://${parseSiteUrl(siteUrl).hostKey}`;
