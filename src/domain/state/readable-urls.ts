import { parseSiteUrl, type SiteUrl, UrlError } from '../../redirects/url.ts';

/** Base URLs, read. One that cannot be read was reported when its document was checked, and covers nothing. */
export function readableUrls(texts: readonly string[]): readonly SiteUrl[] {
  return texts.flatMap((text) => {
    try {
      return [parseSiteUrl(text)];
    } catch (error) {
      if (error instanceof UrlError) return [];
      throw error;
    }
  });
}
