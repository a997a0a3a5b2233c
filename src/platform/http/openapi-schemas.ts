import * as z from 'zod';
import * as answers from '../../contract/answer-shapes.ts';
import { StockAnswer } from '../../contract/operations/launches-shapes.ts';
import { ReservationShape } from '../../contract/operations/reservations-shapes.ts';
import * as shapes from '../../contract/shapes.ts';
import { AssertionSpec } from '../../domain/document/assertion-schema.ts';
import * as document from '../../domain/document/schema.ts';
import { Id } from '../../domain/document/schema-atoms.ts';

export type Json = { readonly [key: string]: unknown };

/** Schemas that get a name in the document, and are written there once. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Id,
  Market: document.MarketSpec,
  FreezeWindow: document.FreezeWindowSpec,
  Site: document.SiteSpec,
  Shutdown: document.ShutdownSpec,
  Ruleset: document.StoredRulesetSpec,
  SubmittedRuleset: document.SubmittedRulesetSpec,
  Exception: document.ExceptionSpec,
  Assertion: AssertionSpec,
  Rule: document.RuleSpec,
  RulesReference: document.RulesReference,
  Document: document.StoredDocumentSchema,
  SubmittedDocument: document.SubmittedDocumentSchema,
  ResolvedTimes: shapes.ResolvedTimes,
  RulesetRevision: shapes.RulesetRevision,
  Resource: shapes.AnyResource,
  PlanOperation: shapes.PlanOperationShape,
  GuardResult: shapes.GuardResultShape,
  Plan: shapes.PlanShape,
  Consent: shapes.Consent,
  Change: shapes.ChangeShape,
  ChangeSummary: shapes.ChangeSummaryShape,
  Token: shapes.TokenShape,
  LongOperation: shapes.LongOperationShape,
  SiteState: answers.StateShape,
  TimelineEvent: answers.TimelineEventShape,
  LaunchStock: StockAnswer,
  Reservation: ReservationShape,
  Explanation: answers.ExplanationShape,
};

const POINTER = '#/components/schemas/';

/**
 * JSON Schemas (2020-12, as OpenAPI 3.1 takes them) in which every named shape is a reference. What a shape is on its
 * way in can differ from what it is on its way out, by its defaults; the first is named `…Input` then.
 */
export class SharedSchemas {
  readonly #registry = z.registry<{ id: string }>();
  readonly #named = new Map<string, Json>();

  constructor() {
    for (const [id, schema] of Object.entries(NAMED)) this.#registry.add(schema, { id });
  }

  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs,
      ...own
    } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      unrepresentable: 'any',
      metadata: this.#registry,
    }) as Json & { readonly $defs?: Readonly<Record<string, Json>> };
    const names = new Map(Object.keys($defs ?? {}).map((name) => [name, io === 'input' ? `${name}Input` : name]));
    for (const [name, definition] of Object.entries($defs ?? {})) {
      this.#named.set(names.get(name) ?? name, withReferences(definition, names));
    }
    return withReferences(own, names);
  }

  /** Every named schema that was used, by its name. */
  named(): Readonly<Record<string, Json>> {
    return Object.fromEntries([...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** Moves references from a schema's own `$defs` to the document's components. */
function withReferences(value: Json, names: ReadonlyMap<string, string>): Json {
  const rewrite = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(rewrite);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .filter(([key]) => key !== 'id' || !names.has(String(inner['id' as keyof typeof inner])))
        .map(([key, member]) => {
          const local =
            key === '$ref' && typeof member === 'string' ? /^#\/\$defs\/(.+)$/.exec(member)?.[1] : undefined;
          return [key, local === undefined ? rewrite(member) : `${POINTER}${names.get(local) ?? local}`];
        }),
    );
  };
  return rewrite(value) as Json;
}
