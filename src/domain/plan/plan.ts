import type { ContentReference, StoredCatalogSpec, StoredProductsSpec } from '../document/catalog-schema.ts';
import type { ResolvedTimes, Resource, RulesetRevision, SpecOf, Target } from '../document/resources.ts';
import type { Section } from '../document/sections.ts';
import type { ItemChanges } from './item-changes.ts';

export type Verb = 'create' | 'update' | 'delete';

/** One key that an update changes, by RFC 6901 pointer into the entry. Absent sides were not written. */
export interface FieldChange {
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** For times: every instant that the field means, before and after, in the market it is read in. */
  readonly instants?: readonly InstantChange[];
}

export interface InstantChange {
  /** Market id, or `*` where the time is one instant for every market. */
  readonly market: string;
  readonly zone: string | null;
  /** Epoch milliseconds. */
  readonly before: number | null;
  readonly after: number | null;
}

/** What an entry becomes; its version is given when it is written. */
export interface NextResource<S extends Section = Section> {
  readonly spec: SpecOf[S];
  readonly times: ResolvedTimes;
  readonly revisions?: readonly RulesetRevision[];
}

/** How the rules of a ruleset change: counts by rule identity (its `from` and conditions). */
export interface RuleChanges {
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** What a list of products, or a catalog, names by content. */
export function linesOf(spec: unknown): ContentReference | undefined {
  const { items, listings } = (spec ?? {}) as Partial<StoredProductsSpec & StoredCatalogSpec>;
  return isReference(items) ? items : isReference(listings) ? listings : undefined;
}

function isReference(value: unknown): value is ContentReference {
  return typeof value === 'object' && value !== null && 'content' in value;
}

export interface PlanOperation {
  readonly target: Target;
  readonly kind: Section;
  readonly id: string;
  readonly verb: Verb;
  /** The version that must still stand when it is applied; 0 for a create: there must be none. */
  readonly expectedVersion: number;
  readonly before: Resource | null;
  readonly after: NextResource | null;
  readonly changes: readonly FieldChange[];
  readonly rules?: RuleChanges;
  /** Products, or the listings of a catalog. */
  readonly items?: ItemChanges;
  /** What visitors are answered otherwise from when it is applied on, though nobody has to confirm it. */
  readonly atOnce?: string;
  /**
   * Why it is there: the document says so; a market's zone moved under it; the tz database gives the same text
   * another instant; or it restores what a change set replaced.
   */
  readonly cause: 'document' | 'market-zone' | 'tz-database' | 'rollback';
}

export const GUARDS = [
  'dates',
  'deletes',
  'updates',
  'rules',
  'assertions',
  'catalog-policy',
  'launches',
  'allocations',
  'exceptions',
  'freeze-window',
  'tz-database',
] as const;
export type GuardName = (typeof GUARDS)[number];

export interface GuardResult {
  readonly guard: GuardName;
  /** `block` stops apply until it is overridden or mended; `warn` is shown and goes on. */
  readonly outcome: 'pass' | 'warn' | 'block';
  /** With the numbers and what would have to change. */
  readonly message: string;
  readonly targets: readonly Target[];
  /** The narrowest flag that lets it through, or null where nothing may. */
  readonly override: string | null;
  readonly details?: unknown;
}

/** Something visitors would notice at once: its id has to be said for the plan to be applied. */
export interface Confirmation {
  readonly id: string;
  readonly target: Target;
  readonly why: string;
}

/** Pure outcome of planning: no ids, no clock. The platform adds those and stores it. */
export interface PlanDraft {
  readonly operations: readonly PlanOperation[];
  readonly guards: readonly GuardResult[];
  readonly confirmations: readonly Confirmation[];
  readonly warnings: readonly string[];
  readonly unchanged: number;
}

/** Every content, of rules or of anything else that is kept by content, that operations bring, take away or keep. */
export function contentsNamedBy(operations: readonly PlanOperation[]): readonly string[] {
  const specs = operations.flatMap(({ before, after }) =>
    [before, after].flatMap((side) =>
      side === null ? [] : [side.spec, ...(side.revisions ?? []).map(({ spec }) => spec)],
    ),
  );
  return [...new Set(specs.flatMap((spec) => Object.values(spec).flatMap(contentIn)))];
}

/** The content of a reference such as a ruleset's `rules`. */
function contentIn(value: unknown): readonly string[] {
  const { content } = (typeof value === 'object' && value !== null ? value : {}) as { readonly content?: unknown };
  return typeof content === 'string' ? [content] : [];
}

/** What operations take away: entries, and single rules, products and listings of entries that stay. */
export interface Deletes {
  readonly count: number;
  /** The first of them: `sites/poco-gb`, `products/mi-9`, `catalogs/us/listings/mi-9`, `rulesets/poco-gb (13 rules)`. */
  readonly named: readonly string[];
}

export function deletesOf(operations: readonly PlanOperation[]): Deletes {
  let count = 0;
  const named: string[] = [];
  for (const { verb, kind, target, items, rules } of operations) {
    // All products are one entry for the platform alone: to people each is one.
    const byItem = items !== undefined && (verb === 'update' || kind === 'products');
    if (byItem) {
      count += items.removed;
      named.push(...items.examples.removed.map((sku) => nameOfItem(kind, target, sku)));
    } else if (verb === 'delete') {
      count += 1;
      named.push(target);
    } else if (rules !== undefined && rules.removed > 0 && rules.after < rules.before) {
      // Of as many or more rules, those that are gone were replaced; how many may be is for the guards to say.
      count += rules.removed;
      named.push(`${target} (${rules.removed === 1 ? 'a rule' : `${rules.removed} rules`})`);
    }
  }
  return { count, named };
}

function nameOfItem(kind: Section, target: Target, sku: string): string {
  return kind === 'products' ? `products/${sku}` : `${target}/listings/${sku}`;
}

export function countVerbs(operations: readonly PlanOperation[]): Readonly<Record<Verb, number>> {
  const counts = { create: 0, update: 0, delete: 0 };
  for (const operation of operations) counts[operation.verb] += 1;
  return counts;
}

export type ItemCounts = Readonly<Record<'added' | 'changed' | 'removed', number>>;

/** Products and listings that operations bring, change and take away; null where they touch none. */
export function countItems(
  operations: readonly PlanOperation[],
): { readonly products?: ItemCounts; readonly listings?: ItemCounts } | null {
  const counts: { products?: ItemCounts; listings?: ItemCounts } = {};
  for (const { kind, items } of operations) {
    if (items === undefined) continue;
    const of = kind === 'products' ? 'products' : 'listings';
    const { added = 0, changed = 0, removed = 0 } = counts[of] ?? {};
    counts[of] = { added: added + items.added, changed: changed + items.changed, removed: removed + items.removed };
  }
  return Object.keys(counts).length === 0 ? null : counts;
}
