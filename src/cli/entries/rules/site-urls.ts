import { EXIT, Failure } from '../../../domain/failure.ts';
import { parseSiteUrl, splitUrl, UrlError } from '../../../redirects/url.ts';

/** Stands for the origin that nobody has said; reserved, so no target can name it (RFC 2606). */
export const ANY_ORIGIN = 'https://site.invalid';

/** The hosts that sources name; one that stands for any where they are paths alone. */
export function urlsIn(sources: Iterable<string>): readonly string[] {
  const hosts = new Set<string>();
  for (const source of sources) {
    if (source.startsWith('/') && !source.startsWith('//')) continue;
    try {
      const { host, port } = splitUrl(source);
      if (host !== '') hosts.add(`https://${host}${port === '' ? '' : `:${port}`}/`);
    } catch (error) {
      // A source that is no URL is reported by the compiler, with its line.
      if (!(error instanceof UrlError)) throw error;
    }
  }
  return hosts.size === 0 ? [`${ANY_ORIGIN}/`] : [...hosts];
}

/** @throws Failure `invalid-url` */
export function requireSiteUrl(url: string): void {
  try {
    parseSiteUrl(url);
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    throw new Failure({
      code: 'invalid-url',
      exit: EXIT.usage,
      message: `--url "${url}" is no base URL: ${error.message}.`,
      remedy: 'Write one such as https://po.co/uk/',
    });
  }
}
