import { hostPatternCovers } from '../../redirects/host.ts';
import { findCaptures } from '../../redirects/lint/captures.ts';
import { concreteHost, unnamedUrlOf } from '../../redirects/lint/witness.ts';
import { basePathCovers, type SiteUrl } from '../../redirects/url.ts';
import type { AssertionOf } from '../document/assertion-schema.ts';
import type { Answering } from '../state/answer.ts';
import type { DocumentIndex } from '../state/document-index.ts';
import { readableUrls } from '../state/readable-urls.ts';
import type { Judge } from './probe.ts';
import { compiledSince } from './revisions.ts';
import { answerText } from './single-answers.ts';
import { readUrl } from './stretches.ts';

/** What is to be left alone, and whose it is: of a site, only what is that site's own. */
interface Area {
  readonly url: SiteUrl;
  readonly site: string | null;
}

/**
 * URLs that show every way in which something could take a visitor out of the places: the places themselves and a page
 * there that no rule names (for fallbacks and shutdowns), those of every site that lies inside, and for each rule whose
 * source meets a place, by prefix, pattern or expression, a URL of the overlap.
 */
export function* captureWitnesses(
  world: Answering,
  spec: AssertionOf<'nothing-captures'>,
  since: number,
): Generator<string> {
  const areas = areasOf(world.index, spec);
  for (const { url } of areas) yield* pagesOf(url);
  for (const { urls } of [...world.index.documents.sites.values()].map((site) => site.spec)) {
    for (const inner of readableUrls(urls)) if (areas.some(({ url }) => covers(url, inner))) yield* pagesOf(inner);
  }
  const rulesets = compiledSince(world, since).map(({ ruleset, compiled }) => ({ id: ruleset, compiled }));
  const bySite = Map.groupBy(areas, ({ site }) => site);
  for (const [site, own] of bySite) {
    const captures = findCaptures({ rulesets, exceptions: [{ id: 'assertion', urls: own.map(({ url }) => url) }] });
    for (const { witness } of captures) {
      if (witness !== undefined && (site === null || siteOf(world.index, witness) === site)) yield witness;
    }
  }
}

/** A visitor is taken where the answer is a redirect, or that the page is gone. */
export const judgeCapture: Judge = ({ answer }) =>
  answer.outcome === 'redirect' || answer.outcome === 'gone' ? answerText(answer) : null;

function siteOf(index: DocumentIndex, url: string): string | null {
  const request = readUrl(url);
  return request === null ? null : (index.siteOf(request)?.id ?? null);
}

function areasOf(
  { documents }: DocumentIndex,
  { urls = [], sites = [], markets = [] }: AssertionOf<'nothing-captures'>,
): readonly Area[] {
  const named = new Set(sites);
  for (const [id, { spec }] of documents.sites) if (markets.includes(spec.market)) named.add(id);
  return [
    ...readableUrls(urls).map((url) => ({ url, site: null })),
    ...[...named].flatMap((site) =>
      readableUrls(documents.sites.get(site)?.spec.urls ?? []).map((url) => ({ url, site })),
    ),
  ];
}

function pagesOf(url: SiteUrl): readonly string[] {
  return [`https://${concreteHost(url.hostKey)}${url.basePath}/`, unnamedUrlOf(url)];
}

function covers(area: SiteUrl, inner: SiteUrl): boolean {
  return hostPatternCovers(area.hostKey, inner.hostKey) && basePathCovers(area.basePath, inner.basePath);
}
