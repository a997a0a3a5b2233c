import type { Problem } from '../failure.ts';
import { createTimeResolver, type TimeResolver } from '../time/time-resolver.ts';
import { isKnownZone } from '../time/zone.ts';
import { checkAssertions } from './checks/assertions.ts';
import { checkCatalogs } from './checks/catalogs.ts';
import type { Checking } from './checks/checking.ts';
import { checkExceptions } from './checks/exceptions.ts';
import { checkFreezeWindows } from './checks/freeze-windows.ts';
import { checkLaunches } from './checks/launches.ts';
import { checkMarkets } from './checks/markets.ts';
import { checkReadiness } from './checks/readiness.ts';
import { checkRulesets, whenDark } from './checks/rulesets.ts';
import { checkShutdowns } from './checks/shutdowns.ts';
import { checkSites } from './checks/sites.ts';
import { FaultList } from './fault-list.ts';
import { type AffectedMarket, resolveTimes } from './resolve-resource.ts';
import { type Documents, emptyDocuments, type ResolvedTimes, type Resource } from './resources.ts';
import { SECTIONS, type Section } from './sections.ts';
import type { Specs } from './specs.ts';

export interface CheckedDocuments {
  readonly documents: Documents;
  readonly problems: readonly Problem[];
}

export interface CheckOptions {
  /** Version of the tz database in use, kept beside every instant. */
  readonly tzdb: string;
  readonly known: ReadonlySet<Section>;
  readonly resolver?: TimeResolver;
}

/**
 * Resolves every time of the stated entries and checks what they say of each other. All faults are reported, by
 * JSON pointer; the documents are whole only where none is an error.
 */
export function checkDocuments(specs: Specs, options: CheckOptions): CheckedDocuments {
  const faults = new FaultList();
  const resolver = options.resolver ?? createTimeResolver(options.tzdb);
  const documents = emptyDocuments();
  const checking: Checking = { specs, documents, known: options.known, faults };

  checkMarkets(checking);
  for (const section of SECTIONS) {
    const into = documents[section] as Map<string, Resource>;
    for (const [id, spec] of specs[section]) {
      const markets = affectedMarkets(specs, section, id);
      const times: ResolvedTimes = resolveTimes(section, spec, markets, resolver, faults, [section, id]);
      into.set(id, { kind: section, id, version: 0, spec, times: { ...times, ...whenDark(checking, section, id) } });
    }
  }
  checkFreezeWindows(checking);
  checkSites(checking);
  checkShutdowns(checking);
  checkRulesets(checking);
  checkExceptions(checking);
  checkCatalogs(checking);
  checkReadiness(checking);
  checkLaunches(checking);
  checkAssertions(checking);
  return { documents, problems: faults.problems };
}

/** The markets in whose zones an entry's civil times are read; each once, in the order they are first named. */
export function affectedMarkets(specs: Specs, section: Section, id: string): readonly AffectedMarket[] {
  const ids = new Set<string>();
  const addSite = (site: string): void => {
    const market = specs.sites.get(site)?.market;
    if (market !== undefined) ids.add(market);
  };
  switch (section) {
    case 'sites':
      addSite(id);
      break;
    case 'shutdowns':
      for (const site of specs.shutdowns.get(id)?.sites ?? []) addSite(site);
      break;
    case 'rulesets':
      addSite(specs.rulesets.get(id)?.site ?? '');
      break;
    case 'exceptions': {
      const exception = specs.exceptions.get(id);
      for (const site of exception?.sites ?? []) addSite(site);
      for (const market of exception?.markets ?? []) ids.add(market);
      break;
    }
    case 'assertions':
      // What is asserted is asserted of closing sites, each on the clock of its own market.
      for (const site of specs.sites.values()) if (site.role === 'legacy') ids.add(site.market);
      break;
    case 'certifications':
      for (const market of specs.certifications.get(id)?.markets ?? []) ids.add(market);
      break;
    case 'launches':
      for (const market of specs.launches.get(id)?.markets ?? []) ids.add(market);
      break;
    case 'markets':
    case 'freezeWindows':
    case 'taxonomies':
    case 'products':
    case 'catalogs':
    case 'serviceLevels':
    case 'checklists':
    case 'signoffs':
      break;
  }
  return [...ids].flatMap((market) => {
    const zone = specs.markets.get(market)?.timeZone;
    // A zone that is none is reported where it is written, and not once more at every date.
    return zone === undefined || !isKnownZone(zone) ? [] : [{ id: market, zone }];
  });
}
