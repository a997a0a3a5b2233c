import type { RuleList } from '../../redirects/rule-list.ts';
import type { SkuContents } from '../catalogs/contents.ts';
import type { ContentReference } from '../document/catalog-schema.ts';
import { checkDocuments } from '../document/check-documents.ts';
import { checkOffers } from '../document/checks/offers.ts';
import type { SkuLine } from '../document/content-lines.ts';
import { hasErrors } from '../document/fault-list.ts';
import type { Documents, Resource } from '../document/resources.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import { ALL_PRODUCTS, SECTIONS } from '../document/sections.ts';
import { EXIT, Failure, type Problem } from '../failure.ts';
import type { UnitsTaken } from '../launches/stock.ts';
import { createTimeResolver } from '../time/time-resolver.ts';
import { compiling } from './compiling.ts';
import { confirmationsFor } from './confirmations.ts';
import { type Desired, type DesiredSpecs, desiredSpecs, touchesAssertions, touchesRules } from './desired.ts';
import { guardsFor } from './guards/index.ts';
import { inUse } from './in-use.ts';
import { itemChanges } from './item-changes.ts';
import { operationsBetween } from './operations.ts';
import { linesOf, type PlanDraft, type PlanOperation } from './plan.ts';
import { ruleChanges } from './rule-changes.ts';
import { withAnswersAtOnce } from './ruleset-effect.ts';
import { touchedOffers } from './touched-offers.ts';
import { withListingTimes, withWindowTimes } from './window-times.ts';

export interface PlanInput {
  /** The present state. */
  readonly current: Documents;
  readonly desired: Desired;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Version of the tz database in use. */
  readonly tzdb: string;
  /** Let an empty section delete all of its entries. */
  readonly allowEmpty: boolean;
  /** Rules by content; every content that {@link contentsForPlan} names must be there. */
  rulesOf(content: string): RuleList;
  /** Products and listings by content, those that {@link contentsForPlan} names. */
  readonly contents: SkuContents;
  /** Units of launches that are held or sold; none where nobody keeps count. */
  readonly taken?: readonly UnitsTaken[];
}

/**
 * What would be done, what guards say of it and what has to be confirmed. Writes nothing and decides nothing.
 *
 * @throws Failure `invalid-document` with every problem in `details.problems`, by JSON pointer
 */
export function draftPlan(input: PlanInput): PlanDraft {
  const { current, desired, now, tzdb } = input;
  const { specs, warnings } = desiredSpecs(current, desired, input.allowEmpty);
  const resolver = createTimeResolver(tzdb);
  const { documents: checked, problems } = checkDocuments(specs, { tzdb, known: new Set(SECTIONS), resolver });
  const offers = touchedOffers(current, specs);
  if (hasErrors(problems)) {
    // All that can be known is told at once; listings have no times yet, and are not looked at.
    const more = checkOffers(checked, input.contents, { ...offers, catalogs: new Set() });
    throw refusalOf(desired, [...problems, ...more]);
  }
  const wanted = withListingTimes(
    withWindowTimes(checked, current, input.rulesOf, resolver),
    current,
    input.contents,
    resolver,
  );
  const offered = checkOffers(wanted, input.contents, offers);
  if (hasErrors(offered)) throw refusalOf(desired, [...problems, ...offered]);

  const operations = operationsBetween(current, wanted, now)
    .map((operation) => withRuleChanges(operation, input))
    .map((operation) => withItemChanges(operation, input.contents))
    .map((operation) => (desired.kind === 'rollback' ? asRollback(operation) : operation));
  const planned = { ...input, wanted: withRevisions(wanted, current, operations), operations, resolver };
  const guards = guardsFor({
    ...planned,
    single: isSingle(desired),
    checkRules: touchesRules(current, specs),
    checkAssertions: touchesAssertions(current, specs),
    offers,
    taken: input.taken ?? [],
    compiled: compiling(planned.wanted, input.rulesOf, resolver),
  });
  const confirmations = confirmationsFor(planned);
  return {
    operations: withAnswersAtOnce(planned, confirmations),
    guards,
    confirmations,
    warnings: [...warnings, ...[...problems, ...offered].map((problem) => problem.message)],
    unchanged:
      SECTIONS.reduce((sum, section) => sum + wanted[section].size, 0) -
      operations.filter((o) => o.verb !== 'delete').length,
  };
}

/** The contents that a plan has to look at. */
export interface ContentsForPlan {
  readonly rules: readonly string[];
  readonly products: readonly string[];
  readonly listings: readonly string[];
  /** Listings of which only those of products that change between two contents are looked at. */
  readonly byProduct: {
    readonly before: string | undefined;
    readonly after: string | undefined;
    readonly listings: readonly string[];
  } | null;
}

/** The contents that a plan has to look at; none of a kind where it touches nothing that depends on that kind. */
export function contentsForPlan(current: Documents, desired: Desired, allowEmpty = true): ContentsForPlan {
  const { specs }: DesiredSpecs = desiredSpecs(current, desired, allowEmpty);
  const rules =
    touchesRules(current, specs) || touchesAssertions(current, specs)
      ? [...current.rulesets.values().flatMap(presentSpecs), ...specs.rulesets.values()].map(
          (spec) => spec.rules.content,
        )
      : [];
  const { any, catalogs, byProduct } = touchedOffers(current, specs);
  if (!any) return { rules: distinct(rules), products: [], listings: [], byProduct: null };
  const products = [...current.products.values().map(({ spec }) => spec), ...specs.products.values()];
  const listings = [...current.catalogs.values().map(({ id, spec }) => [id, spec] as const), ...specs.catalogs]
    .filter(([id]) => (catalogs?.has(id) ?? true) && !byProduct.has(id))
    .flatMap(([, spec]) => spec.listings?.content ?? []);
  const narrowed = [...byProduct].flatMap((id) => specs.catalogs.get(id)?.listings?.content ?? []);
  return {
    rules: distinct(rules),
    products: distinct(products.map((spec) => spec.items.content)),
    listings: distinct(listings),
    byProduct:
      narrowed.length === 0
        ? null
        : {
            before: current.products.get(ALL_PRODUCTS)?.spec.items.content,
            after: specs.products.get(ALL_PRODUCTS)?.items.content,
            listings: distinct(narrowed).filter((content) => !listings.includes(content)),
          },
  };
}

/** What a ruleset says, and where that begins later, what it says until then. */
function presentSpecs({ spec, revisions = [] }: Resource<'rulesets'>): readonly StoredRulesetSpec[] {
  return spec.inForceFrom === undefined ? [spec] : [spec, ...revisions.slice(-2).map((revision) => revision.spec)];
}

function distinct(contents: readonly string[]): readonly string[] {
  return [...new Set(contents)];
}

function withItemChanges(operation: PlanOperation, contents: SkuContents): PlanOperation {
  if (operation.kind !== 'products' && operation.kind !== 'catalogs') return operation;
  const [before, after] = [linesOf(operation.before?.spec), linesOf(operation.after?.spec)];
  if (before?.content === after?.content) return operation;
  const read = (reference: ContentReference | undefined): readonly SkuLine[] => {
    if (reference === undefined) return [];
    if (operation.kind === 'catalogs') return contents.listingsOf(reference.content);
    return [...contents.productsOf(reference.content).all()];
  };
  return { ...operation, items: itemChanges(read(before), read(after)) };
}

function withRuleChanges(operation: PlanOperation, { rulesOf }: PlanInput): PlanOperation {
  if (operation.kind !== 'rulesets') return operation;
  const before = contentOf(operation.before?.spec);
  const after = contentOf(operation.after?.spec);
  if (before === after) return operation;
  const rules = ruleChanges(before === null ? [] : rulesOf(before), after === null ? [] : rulesOf(after));
  return { ...operation, rules };
}

/** Whether a person named one entry: itself, or the one change that is taken back. */
function isSingle(desired: Desired): boolean {
  return desired.kind === 'entry' || (desired.kind === 'rollback' && desired.operations.length === 1);
}

/** What a rollback restores; instants that move besides keep their own cause, and the guard against it. */
function asRollback(operation: PlanOperation): PlanOperation {
  return operation.cause === 'document' ? { ...operation, cause: 'rollback' } : operation;
}

function contentOf(spec: unknown): string | null {
  return spec === undefined || spec === null ? null : (spec as StoredRulesetSpec).rules.content;
}

/** The documents as they would be once applied: rulesets with the revisions that the operations give them. */
function withRevisions(wanted: Documents, current: Documents, operations: readonly PlanOperation[]): Documents {
  const changed = new Map(operations.filter((o) => o.kind === 'rulesets').map((o) => [o.id, o.after?.revisions]));
  const rulesets = new Map(
    [...wanted.rulesets].map(([id, ruleset]) => {
      const revisions = changed.get(id) ?? current.rulesets.get(id)?.revisions;
      return [id, revisions === undefined ? ruleset : { ...ruleset, revisions }];
    }),
  );
  return { ...wanted, rulesets };
}

/** Where something is taken away, what others name of it is no fault of a document. */
function refusalOf(desired: Desired, problems: readonly Problem[]): Failure {
  return inUse(targetsTaken(desired), problems) ?? invalidDocument(problems);
}

/** What a person asked to take away or to take back; null where a document, or lines of products, say what there is. */
function targetsTaken(desired: Desired): ReadonlySet<string> | null {
  if (desired.kind === 'rollback') return new Set(desired.operations.map(({ target }) => target));
  if (desired.kind !== 'entry' || desired.spec !== null || desired.section === 'products') return null;
  return new Set([`${desired.section}/${desired.id}`]);
}

export function invalidDocument(problems: readonly Problem[]): Failure {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const first = errors[0];
  const place = first?.place?.pointer === undefined ? '' : ` at ${first.place.pointer}`;
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message:
      errors.length === 1
        ? `the document is wrong${place}: ${first?.message ?? ''}`
        : `the document is wrong in ${errors.length} places; the first${place}: ${first?.message ?? ''}`,
    remedy: first?.remedy,
    details: { problems },
  });
}
