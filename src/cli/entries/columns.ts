import type { SpecOf } from '../../domain/document/resources.ts';
import { FALLBACK_STATUS } from '../../domain/document/ruleset-defaults.ts';
import type { EntrySection } from '../../domain/document/sections.ts';
import type { Column } from '../output/columns.ts';
import type { Entry } from './entry.ts';

/** The columns of each section's lists. Times are as they were written; `show` and --json have every instant. */
export const ENTRY_COLUMNS: { readonly [S in EntrySection]: readonly Column<Entry<S>>[] } = {
  markets: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'name', header: 'NAME', value: ({ spec }) => spec.name },
    { key: 'countries', header: 'COUNTRIES', value: ({ spec }) => spec.countries },
    { key: 'currency', header: 'CURRENCY', value: ({ spec }) => spec.currency },
    { key: 'timeZone', header: 'TIME ZONE', value: ({ spec }) => spec.timeZone },
    { key: 'locales', header: 'LOCALES', value: ({ spec }) => spec.locales },
  ],
  freezeWindows: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'from', header: 'FROM', value: ({ spec }) => spec.from },
    { key: 'until', header: 'UNTIL', value: ({ spec }) => spec.until },
    { key: 'reason', header: 'REASON', value: ({ spec }) => spec.reason },
  ],
  sites: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'brand', header: 'BRAND', value: ({ spec }) => spec.brand },
    { key: 'market', header: 'MARKET', value: ({ spec }) => spec.market },
    { key: 'role', header: 'ROLE', value: ({ spec }) => spec.role },
    { key: 'urls', header: 'URLS', value: ({ spec }) => spec.urls },
    { key: 'opensAt', header: 'OPENS AT', value: ({ spec }) => spec.opensAt },
  ],
  shutdowns: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'sites', header: 'SITES', value: ({ spec }) => spec.sites },
    { key: 'into', header: 'INTO', value: ({ spec }) => spec.into },
    { key: 'freeze', header: 'FREEZE', value: ({ spec }) => spec.freeze },
    { key: 'dark', header: 'DARK', value: ({ spec }) => spec.dark },
    { key: 'redirectsUntil', header: 'REDIRECTS UNTIL', value: ({ spec }) => spec.redirectsUntil },
    { key: 'title', header: 'TITLE', value: ({ spec }) => spec.title },
  ],
  rulesets: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'site', header: 'SITE', value: ({ spec }) => spec.site },
    { key: 'rules', header: 'RULES', value: ({ spec }) => spec.rules.count, align: 'right' },
    { key: 'revision', header: 'REVISION', value: (entry) => entry.revisions?.at(-1)?.revision, align: 'right' },
    { key: 'since', header: 'IN FORCE FROM', value: (entry) => entry.revisions?.at(-1)?.from?.utc ?? 'always' },
    { key: 'fallback', header: 'FALLBACK', value: ({ spec }) => fallbackText(spec.fallback) },
  ],
  exceptions: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'exempts', header: 'EXEMPTS', value: ({ spec }) => exempted(spec) },
    { key: 'from', header: 'FROM', value: ({ spec }) => spec.from },
    { key: 'reviewBy', header: 'REVIEW BY', value: ({ spec }) => spec.reviewBy },
    { key: 'endsAt', header: 'ENDS', value: ({ spec }) => spec.endsAt },
    { key: 'owner', header: 'OWNER', value: ({ spec }) => spec.owner },
    { key: 'reason', header: 'REASON', value: ({ spec }) => spec.reason },
  ],
  assertions: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'kind', header: 'KIND', value: ({ spec }) => spec.kind },
    { key: 'of', header: 'OF', value: ({ spec }) => assertedOf(spec) },
    { key: 'from', header: 'FROM', value: ({ spec }) => spec.from },
    { key: 'until', header: 'UNTIL', value: ({ spec }) => spec.until },
    { key: 'reason', header: 'REASON', value: ({ spec }) => spec.reason },
  ],
  taxonomies: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'categories', header: 'CATEGORIES', value: ({ spec }) => Object.keys(spec.categories).length },
  ],
  catalogs: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'market', header: 'MARKET', value: ({ spec }) => spec.market },
    { key: 'mode', header: 'MODE', value: ({ spec }) => spec.mode },
    { key: 'listings', header: 'LISTINGS', value: ({ spec }) => spec.listings?.count ?? 0 },
  ],
  certifications: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'title', header: 'TITLE', value: ({ spec }) => spec.title },
    { key: 'markets', header: 'MARKETS', value: ({ spec }) => spec.markets },
    { key: 'skus', header: 'SKUS', value: ({ spec }) => spec.skus },
    { key: 'until', header: 'UNTIL', value: ({ spec }) => spec.until },
  ],
  serviceLevels: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'market', header: 'MARKET', value: ({ spec }) => spec.market },
    { key: 'paymentMethods', header: 'PAYMENT METHODS', value: ({ spec }) => spec.paymentMethods },
    { key: 'delivery', header: 'DELIVERY (WORKING DAYS)', value: ({ spec }) => spec.delivery?.workingDays },
    { key: 'duties', header: 'DUTIES', value: ({ spec }) => spec.duties },
    { key: 'returns', header: 'RETURNS (DAYS)', value: ({ spec }) => spec.returns?.days },
    { key: 'warrantyMonths', header: 'WARRANTY (MONTHS)', value: ({ spec }) => spec.warrantyMonths },
  ],
  checklists: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'title', header: 'TITLE', value: ({ spec }) => spec.title },
    { key: 'items', header: 'ITEMS', value: ({ spec }) => Object.keys(spec.items).length },
  ],
  launches: [
    { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
    { key: 'kind', header: 'KIND', value: ({ spec }) => spec.kind },
    { key: 'markets', header: 'MARKETS', value: ({ spec }) => spec.markets },
    { key: 'startsAt', header: 'STARTS AT', value: ({ spec }) => spec.startsAt },
    { key: 'endsAt', header: 'ENDS AT', value: ({ spec }) => spec.endsAt },
    { key: 'items', header: 'ITEMS', value: ({ spec }) => Object.keys(spec.items) },
    { key: 'cancelled', header: 'CANCELLED', value: ({ spec }) => spec.cancelled },
  ],
};

/** What an assertion is about: a few names, or how many there are. */
function assertedOf(spec: SpecOf['assertions']): readonly string[] {
  const shown = (items: readonly string[]): readonly string[] => (items.length > 3 ? [`${items.length} URLs`] : items);
  switch (spec.kind) {
    case 'every-url-ends':
      return shown(spec.urls);
    case 'nothing-captures':
      return [...(spec.sites ?? []), ...(spec.markets ?? []).map((market) => `market ${market}`), ...(spec.urls ?? [])];
    case 'no-target':
      return spec.targets;
    case 'answers':
      return shown(Object.keys(spec.expect));
  }
}

/** What an exception exempts, whichever way it names it. */
function exempted({ sites = [], markets = [], urls = [] }: SpecOf['exceptions']): readonly string[] {
  return [...sites, ...markets.map((market) => `market ${market}`), ...urls];
}

export function fallbackText(fallback: SpecOf['rulesets']['fallback']): string {
  if (fallback === undefined) return `the unified site (${FALLBACK_STATUS})`;
  return 'to' in fallback ? `${fallback.to} (${fallback.status ?? FALLBACK_STATUS})` : String(fallback.status);
}
