import { widerHostKey } from '../../redirects/host.ts';
import type { RequestUrl } from '../../redirects/url.ts';
import type { Documents, Resource, RulesetRevision } from '../document/resources.ts';
import { revisionsOf } from '../document/ruleset-revisions.ts';
import { readableUrls } from './readable-urls.ts';
import {
  type Exemption,
  exemptionOf,
  type SiteSchedule,
  type SiteSegment,
  type SiteState,
  segmentAt,
  segmentsOf,
} from './site-segments.ts';

/**
 * Documents arranged for answering: which site a URL belongs to, what closes it, and what exempts it. Built once for
 * many questions; it holds nothing that the documents do not say.
 */
export interface DocumentIndex {
  readonly documents: Documents;
  /** The site that a URL belongs to: exact host before wildcard, then the longest base path. */
  siteOf(url: RequestUrl): Resource<'sites'> | null;
  /** Exceptions that name this very host and path, besides those of its site or market. */
  exemptionsOf(url: RequestUrl): readonly Exemption[];
  segmentsOf(site: string): readonly SiteSegment[];
  shutdownOf(site: string): Resource<'shutdowns'> | null;
  rulesetOf(site: string): Resource<'rulesets'> | null;
  exceptionsOf(site: string): readonly Resource<'exceptions'>[];
}

const NO_EXEMPTIONS: readonly Exemption[] = [];

export function indexDocuments(documents: Documents): DocumentIndex {
  const siteAreas = areasOf(documents.sites.values(), (site) => site.spec.urls);
  const exceptionAreas = areasOf(documents.exceptions.values(), (exception) => exception.spec.urls ?? []);
  const shutdowns = new Map<string, Resource<'shutdowns'>>();
  for (const shutdown of documents.shutdowns.values()) {
    for (const site of shutdown.spec.sites) shutdowns.set(site, shutdown);
  }
  const rulesets = new Map<string, Resource<'rulesets'>>();
  for (const ruleset of documents.rulesets.values()) rulesets.set(ruleset.spec.site, ruleset);
  const exceptions = exceptionsBySite(documents);
  const segments = new Map<string, readonly SiteSegment[]>();

  const index: DocumentIndex = {
    documents,
    siteOf: (url) => mostSpecific(siteAreas, url),
    exemptionsOf(url) {
      if (exceptionAreas.size === 0) return NO_EXEMPTIONS;
      const named = new Set(covering(exceptionAreas, url));
      if (named.size === 0) return NO_EXEMPTIONS;
      const market = index.siteOf(url)?.spec.market ?? '';
      return [...named].map((exception) => exemptionOf(exception, market));
    },
    segmentsOf(site) {
      let known = segments.get(site);
      if (known === undefined) {
        known = segmentsOf(scheduleOf(index, site));
        segments.set(site, known);
      }
      return known;
    },
    shutdownOf: (site) => shutdowns.get(site) ?? null,
    rulesetOf: (site) => rulesets.get(site) ?? null,
    exceptionsOf: (site) => exceptions.get(site) ?? [],
  };
  return index;
}

/** The revision of a ruleset that is in force at an instant; the first one always was. */
export function revisionAt(ruleset: Resource<'rulesets'>, at: number): RulesetRevision {
  const revisions = revisionsOf(ruleset);
  const inForce = revisions.findLast((revision) => revision.from === null || revision.from <= at) ?? revisions[0];
  return inForce ?? { revision: 1, from: null, spec: ruleset.spec };
}

/** The state of a site at an instant; null where there is no such site. */
export function stateNow(index: DocumentIndex, site: string, now: number): SiteState | null {
  return index.documents.sites.has(site) ? segmentAt(index.segmentsOf(site), now).state : null;
}

function scheduleOf(index: DocumentIndex, id: string): SiteSchedule {
  const site = index.documents.sites.get(id);
  if (site === undefined) throw new RangeError(`there is no site ${id}`);
  const market = site.spec.market;
  return {
    site,
    market,
    shutdown: index.shutdownOf(id),
    exemptions: index.exceptionsOf(id).map((exception) => exemptionOf(exception, market)),
  };
}

function exceptionsBySite(documents: Documents): ReadonlyMap<string, readonly Resource<'exceptions'>[]> {
  const byMarket = new Map<string, string[]>();
  for (const [id, site] of documents.sites) {
    const sites = byMarket.get(site.spec.market);
    if (sites === undefined) byMarket.set(site.spec.market, [id]);
    else sites.push(id);
  }
  const bySite = new Map<string, Resource<'exceptions'>[]>();
  for (const exception of documents.exceptions.values()) {
    const sites = new Set([
      ...(exception.spec.sites ?? []),
      ...(exception.spec.markets ?? []).flatMap((market) => byMarket.get(market) ?? []),
    ]);
    for (const site of sites) {
      const list = bySite.get(site);
      if (list === undefined) bySite.set(site, [exception]);
      else list.push(exception);
    }
  }
  return bySite;
}

/** What covers URLs, by host key and then by base path. */
type Areas<T> = ReadonlyMap<string, HostAreas<T>>;

interface HostAreas<T> {
  readonly byPath: ReadonlyMap<string, readonly T[]>;
  /** The length of the longest base path: what of a URL lies beyond it need not be looked at. */
  readonly longest: number;
}

function areasOf<T>(items: Iterable<T>, urlsOf: (item: T) => readonly string[]): Areas<T> {
  const byHost = new Map<string, { byPath: Map<string, T[]>; longest: number }>();
  for (const item of items) {
    for (const { hostKey, basePath } of readableUrls(urlsOf(item))) {
      const areas = byHost.get(hostKey) ?? { byPath: new Map<string, T[]>(), longest: 0 };
      byHost.set(hostKey, areas);
      areas.longest = Math.max(areas.longest, basePath.length);
      const covered = areas.byPath.get(basePath);
      if (covered === undefined) areas.byPath.set(basePath, [item]);
      else if (!covered.includes(item)) covered.push(item);
    }
  }
  return byHost;
}

/** What covers a URL, the most specific first: exact host before wildcards, then the longest base path. */
function covering<T>(areas: Areas<T>, url: RequestUrl): readonly T[] {
  const found: T[] = [];
  visitCovering(areas, url, (items) => {
    for (const item of items) found.push(item);
    return false;
  });
  return found;
}

function mostSpecific<T>(areas: Areas<T>, url: RequestUrl): T | null {
  let found: T | null = null;
  visitCovering(areas, url, (items) => {
    found = items[0] ?? null;
    return true;
  });
  return found;
}

/** Shows `visit` what covers a URL, base URL by base URL, until it answers true. */
function visitCovering<T>(areas: Areas<T>, url: RequestUrl, visit: (items: readonly T[]) => boolean): void {
  for (let key: string | undefined = url.hostKey; key !== undefined; key = widerHostKey(key)) {
    const host = areas.get(key);
    if (host === undefined) continue;
    for (let path = upTo(url.path, host.longest); ; path = path.slice(0, path.lastIndexOf('/'))) {
      const items = host.byPath.get(path);
      if (items !== undefined && visit(items)) return;
      if (path === '') break;
    }
  }
}

/** The longest run of whole segments of a path that has at most so many characters. */
function upTo(path: string, length: number): string {
  return path.length <= length ? path : path.slice(0, path.lastIndexOf('/', length));
}
