import { parseSiteUrl, type SiteUrl, UrlError } from '../../../redirects/url.ts';
import type { DocumentPath } from '../pointer.ts';
import type { Checking } from './checking.ts';
import { checkDistinct, referenced } from './references.ts';

/** Each site has a market, and its base URLs are its own. */
export function checkSites(checking: Checking): void {
  const { specs, faults } = checking;
  const owners = new Map<string, string>();
  for (const [id, site] of specs.sites) {
    const path: DocumentPath = ['sites', id];
    referenced(checking, 'markets', site.market, [...path, 'market']);
    checkDistinct(checking, site.urls, [...path, 'urls']);
    site.urls.forEach((text, i) => {
      const place = [...path, 'urls', i];
      const url = readSiteUrl(checking, text, place);
      if (url === undefined) return;
      if (isOneLabel(url.host)) {
        faults.warning(
          'single-label-host',
          place,
          `\`${text}\` of site \`${id}\` has the host \`${url.host}\`, which no visitor's browser finds`,
          'write the whole name, as in https://po.co/uk/; on purpose (a rehearsal) it may stay',
        );
      }
      const key = url.hostKey + url.basePath;
      const owner = owners.get(key);
      if (owner !== undefined && owner !== id) {
        faults.error(
          'site-overlap',
          place,
          `\`${text}\` is a base URL of site \`${owner}\` too`,
          'a URL belongs to one site: give one of them another host or base path',
        );
      }
      owners.set(key, id);
    });
  }
}

/** A name without a dot is one of a network's own, or a slip; `localhost` is meant, and an address has none. */
function isOneLabel(host: string): boolean {
  return !host.includes('.') && !host.startsWith('[') && host !== 'localhost';
}

/** Reads a base URL; what is wrong with it is reported at its place. */
export function readSiteUrl({ faults }: Checking, text: string, path: DocumentPath): SiteUrl | undefined {
  try {
    return parseSiteUrl(text);
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    faults.error(
      error.code,
      path,
      `\`${text}\` is no base URL: ${error.message}`,
      'write one such as https://po.co/uk/',
    );
    return undefined;
  }
}
