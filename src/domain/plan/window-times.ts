import { elaborateRules } from '../../redirects/picked-rules.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { listingsIn, type SkuContents } from '../catalogs/contents.ts';
import {
  COMMON,
  type Documents,
  type ResolvedField,
  type ResolvedTimes,
  type Resource,
  windowField,
  windowTextOf,
} from '../document/resources.ts';
import { Failure } from '../failure.ts';
import type { TimeResolver } from '../time/time-resolver.ts';

/**
 * The rulesets with the instants of their rules' windows, as every other schedule has: resolved when they are planned
 * and kept. Rules that did not change are not read again; the texts that were kept are resolved anew.
 */
export function withWindowTimes(
  wanted: Documents,
  current: Documents,
  rulesOf: (content: string) => RuleList,
  resolver: TimeResolver,
): Documents {
  const rulesets = [...wanted.rulesets].map(([id, ruleset]): [string, Resource<'rulesets'>] => {
    const before = current.rulesets.get(id);
    const texts =
      before?.spec.rules.content === ruleset.spec.rules.content
        ? Object.keys(before.times).flatMap((field) => windowTextOf(field) ?? [])
        : windowTexts(elaborateRules(rulesOf(ruleset.spec.rules.content)));
    if (texts.length === 0) return [id, ruleset];
    return [id, { ...ruleset, times: { ...ruleset.times, ...timesOf(texts, ruleset, wanted, resolver) } }];
  });
  return { ...wanted, rulesets: new Map(rulesets) };
}

/** The same of catalogs and their listings' windows, each in its catalog's market. */
export function withListingTimes(
  wanted: Documents,
  current: Documents,
  contents: SkuContents,
  resolver: TimeResolver,
): Documents {
  const catalogs = [...wanted.catalogs].map(([id, catalog]): [string, Resource<'catalogs'>] => {
    const before = current.catalogs.get(id);
    const texts =
      before?.spec.listings?.content === catalog.spec.listings?.content
        ? Object.keys(before?.times ?? {}).flatMap((field) => windowTextOf(field) ?? [])
        : windowTexts(listingsIn(catalog, contents));
    if (texts.length === 0) return [id, catalog];
    return [id, { ...catalog, times: windowTimes(texts, catalog.spec.market, wanted, resolver) }];
  });
  return { ...wanted, catalogs: new Map(catalogs) };
}

interface Windowed {
  readonly window?: { readonly from?: string | undefined; readonly until?: string | undefined } | undefined;
}

function windowTexts(lines: Iterable<Windowed>): readonly string[] {
  const texts = new Set<string>();
  for (const { window } of lines) {
    if (window?.from !== undefined) texts.add(window.from);
    if (window?.until !== undefined) texts.add(window.until);
  }
  return [...texts];
}

function timesOf(
  texts: readonly string[],
  ruleset: Resource<'rulesets'>,
  documents: Documents,
  resolver: TimeResolver,
): ResolvedTimes {
  return windowTimes(texts, documents.sites.get(ruleset.spec.site)?.spec.market ?? '', documents, resolver);
}

/** What cannot be read is left out: it is reported where it was written, as one of its line. */
function windowTimes(
  texts: readonly string[],
  market: string,
  documents: Documents,
  resolver: TimeResolver,
): ResolvedTimes {
  const zone = documents.markets.get(market)?.spec.timeZone ?? null;
  return Object.fromEntries(
    texts.flatMap((text): [string, ResolvedField][] => {
      try {
        const time = resolver.resolve(text, zone);
        return [[windowField(text), { [time.zone === null ? COMMON : market]: time }]];
      } catch (error) {
        // The rule that it stands in is reported, with its place, when the rules are compiled.
        if (error instanceof Failure) return [];
        throw error;
      }
    }),
  );
}
