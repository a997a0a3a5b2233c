import { parseSiteUrl, UrlError } from '../../redirects/url.ts';
import type { SiteSpec } from './schema.ts';

/**
 * Where a visitor is sent who is sent to a site: its first base URL that names a host, absolute and in ASCII whatever
 * was written. null where it has none.
 */
export function visitorUrl(site: SiteSpec): string | null {
  for (const text of site.urls) {
    const url = absolute(text);
    if (url !== null) return url;
  }
  return null;
}

function absolute(text: string): string | null {
  try {
    const { scheme, host, hostKey, basePath } = parseSiteUrl(text);
    if (host.startsWith('*')) return null;
    const slash = basePath === '' || text.trimEnd().endsWith('/') ? '/' : '';
    return `${scheme}://${hostKey}${basePath}${slash}`;
  } catch (error) {
    // What cannot be read was reported when its document was checked.
    if (error instanceof UrlError) return null;
    throw error;
  }
}
