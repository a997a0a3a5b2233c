import { hostPatternCovers } from '../../redirects/host.ts';
import type { LintException } from '../../redirects/lint/index.ts';
import { basePathCovers, type SiteUrl } from '../../redirects/url.ts';
import type { DocumentIndex } from './document-index.ts';
import { readableUrls } from './readable-urls.ts';
import { type Exemption, exemptionOf } from './site-segments.ts';

/**
 * Every area that exceptions from shutdown or redirect cover, with the time for which they do: the URLs that an
 * exception names, and the base URLs of each site that is exempt by itself or with its market. Of a site's area, what
 * belongs to another site is not exempt.
 */
export function exemptAreas(index: DocumentIndex): readonly LintException[] {
  const { exceptions, sites } = index.documents;
  const named = [...exceptions.values()].flatMap((exception) => {
    const urls = readableUrls(exception.spec.urls ?? []);
    // URLs lie in no market: their times are common to all.
    return urls.length === 0 ? [] : areaOf(exemptionOf(exception, ''), urls, []);
  });
  const places = [...sites].map(([id, { spec }]) => ({ id, urls: readableUrls(spec.urls) }));
  const ofSites = [...sites.values()].flatMap(({ id, spec }) => {
    const exempt = index.exceptionsOf(id);
    if (exempt.length === 0) return [];
    const urls = readableUrls(spec.urls);
    const inner = places.flatMap((place) => (place.id === id ? [] : place.urls.filter((url) => isInside(url, urls))));
    return exempt.flatMap((exception) => areaOf(exemptionOf(exception, spec.market), urls, inner));
  });
  return [...named, ...ofSites];
}

function areaOf(
  { exception, redirect, from, until }: Exemption,
  urls: readonly SiteUrl[],
  except: readonly SiteUrl[],
): readonly LintException[] {
  return redirect ? [{ id: exception, urls, except, from, until }] : [];
}

function isInside(url: SiteUrl, areas: readonly SiteUrl[]): boolean {
  return areas.some(
    (area) => hostPatternCovers(area.hostKey, url.hostKey) && basePathCovers(area.basePath, url.basePath),
  );
}
