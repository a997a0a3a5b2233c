import { isKnownZone } from '../time/zone.ts';
import type { AffectedMarket } from './resolve-resource.ts';
import type { Section } from './sections.ts';
import type { Specs } from './specs.ts';

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
