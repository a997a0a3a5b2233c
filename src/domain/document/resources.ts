import type { ResolvedTime } from '../time/resolve-time.ts';
import type { AssertionSpec } from './assertion-schema.ts';
import type {
  CertificationSpec,
  ServiceLevelSpec,
  StoredCatalogSpec,
  StoredProductsSpec,
  TaxonomySpec,
} from './catalog-schema.ts';
import type { ChecklistSpec, LaunchSpec, SignoffSpec } from './launch-schema.ts';
import type {
  ExceptionSpec,
  FreezeWindowSpec,
  MarketSpec,
  ShutdownSpec,
  SiteSpec,
  StoredRulesetSpec,
} from './schema.ts';
import { bySection, type Section } from './sections.ts';

/** What each section's entries are, as the platform keeps them. */
export interface SpecOf {
  readonly markets: MarketSpec;
  readonly freezeWindows: FreezeWindowSpec;
  readonly sites: SiteSpec;
  readonly shutdowns: ShutdownSpec;
  readonly rulesets: StoredRulesetSpec;
  readonly exceptions: ExceptionSpec;
  readonly assertions: AssertionSpec;
  readonly taxonomies: TaxonomySpec;
  readonly products: StoredProductsSpec;
  readonly catalogs: StoredCatalogSpec;
  readonly certifications: CertificationSpec;
  readonly serviceLevels: ServiceLevelSpec;
  readonly checklists: ChecklistSpec;
  readonly launches: LaunchSpec;
  readonly signoffs: SignoffSpec;
}

/** The key under which a common instant stands in a {@link ResolvedField}: it is the same for every market. */
export const COMMON = '*';

/** One time field's instants by market id, or under {@link COMMON} alone where zone or offset were written. */
export type ResolvedField = Readonly<Record<string, ResolvedTime>>;

/** Every time field of an entry, resolved once when it was planned and kept beside what was written. */
export type ResolvedTimes = Readonly<Record<string, ResolvedField>>;

/** An immutable revision of a ruleset. It is in force from `from` until the next one's `from`. */
export interface RulesetRevision {
  readonly revision: number;
  /** Epoch milliseconds; null for the first: it was always in force. */
  readonly from: number | null;
  readonly spec: StoredRulesetSpec;
  /** The instants of its rules' windows, by {@link windowField}; absent where no rule has one. */
  readonly times?: ResolvedTimes;
}

const WINDOW = 'window ';

/** The name under which the instant of a window's text is kept, among the times of a ruleset. */
export function windowField(text: string): string {
  return WINDOW + text;
}

/** The inverse of {@link windowField}; null for any other field. */
export function windowTextOf(field: string): string | null {
  return field.startsWith(WINDOW) ? field.slice(WINDOW.length) : null;
}

/** One entry as the platform keeps it. */
export interface Resource<S extends Section = Section> {
  readonly kind: S;
  readonly id: string;
  /** Counts from 1, up by one with each change; 0 where it comes from a file and no platform knows it. */
  readonly version: number;
  readonly spec: SpecOf[S];
  readonly times: ResolvedTimes;
  /** Rulesets only, oldest first. */
  readonly revisions?: readonly RulesetRevision[];
}

/** The whole desired state: everything that decides what is true at an instant. */
export type Documents = { readonly [S in Section]: ReadonlyMap<string, Resource<S>> };

export function emptyDocuments(): { [S in Section]: Map<string, Resource<S>> } {
  return bySection(() => new Map()) as { [S in Section]: Map<string, Resource<S>> };
}

/** Groups resources of any kind into {@link Documents}. */
export function documentsOf(resources: Iterable<Resource>): Documents {
  const documents = emptyDocuments();
  for (const resource of resources) {
    (documents[resource.kind] as Map<string, Resource>).set(resource.id, resource);
  }
  return documents;
}

/** The instant of a field in a market, in epoch milliseconds; undefined where the field was not written. */
export function instantIn(times: ResolvedTimes, field: string, market: string): number | undefined {
  const resolved = times[field];
  return (resolved?.[COMMON] ?? resolved?.[market])?.at;
}

/** `kind/id`, how one entry is named in plans, changes and messages. */
export type Target = `${Section}/${string}`;

export function targetOf(resource: { readonly kind: Section; readonly id: string }): Target {
  return `${resource.kind}/${resource.id}`;
}
