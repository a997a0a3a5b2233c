import * as z from 'zod';
import { STORED_SPEC, StoredRulesetSpec } from '../domain/document/schema.ts';
import { Id } from '../domain/document/schema-atoms.ts';
import { SECTIONS, type Section } from '../domain/document/sections.ts';
import { GUARDS } from '../domain/plan/plan.ts';
import { LONGEST_ANY_ID, LONGEST_TIME } from './bounds.ts';
import { type ReadonlyDeep, ROLES } from './operation.ts';

/** The shapes that several operations share. Instants are epoch milliseconds; texts beside them are for people. */

export const Instant = z.number().int().describe('Milliseconds since 1970-01-01T00:00:00Z');
export const TimeText = z.string().min(1).max(LONGEST_TIME).describe('Any written time, or now');
export const RequestId = z.string().max(200);

export const ResolvedTime = z.object({
  text: z.string().describe('As it was written'),
  at: Instant,
  zone: z.string().nullable().describe('The zone it was read in; null where it is the same instant everywhere'),
  tzdb: z.string().describe('The tz database version that resolved it'),
});

export const ResolvedTimes = z.record(z.string(), z.record(z.string(), ResolvedTime));

export const RulesetRevision = z.object({
  revision: z.number().int().min(1),
  from: Instant.nullable(),
  times: ResolvedTimes.optional(),
  spec: StoredRulesetSpec,
});

export const resourceOf = <S extends Section>(section: S) =>
  z.object({
    kind: z.literal(section),
    id: Id,
    version: z.number().int().min(0),
    spec: STORED_SPEC[section] as (typeof STORED_SPEC)[S],
    times: ResolvedTimes,
    revisions: z.array(RulesetRevision).optional(),
  });

/** A resource of any kind: what plans and changes hold. The spec's shape is the one of its kind. */
export const AnyResource = z.object({
  kind: z.enum(SECTIONS),
  id: Id,
  version: z.number().int().min(0),
  spec: z.record(z.string(), z.unknown()),
  times: ResolvedTimes,
  revisions: z.array(RulesetRevision).optional(),
});

export const IdParams = z.strictObject({ id: Id });
export const AnyId = z.strictObject({ id: z.string().min(1).max(LONGEST_ANY_ID) });

export const DryRun = z.strictObject({
  dryRun: z.stringbool().or(z.boolean()).default(false).describe('Every check of the real call; nothing is written'),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().optional().describe('Absent on the last page') });

const Target = z.templateLiteral([z.enum(SECTIONS), '/', z.string()]);

export const PlanOperationShape = z.object({
  target: Target,
  kind: z.enum(SECTIONS),
  id: z.string(),
  verb: z.enum(['create', 'update', 'delete']),
  expectedVersion: z.number().int().min(0),
  before: AnyResource.nullable(),
  after: AnyResource.omit({ kind: true, id: true, version: true }).nullable(),
  changes: z.array(
    z.object({
      pointer: z.string(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
      instants: z
        .array(
          z.object({
            market: z.string(),
            zone: z.string().nullable(),
            before: Instant.nullable(),
            after: Instant.nullable(),
          }),
        )
        .optional(),
    }),
  ),
  rules: z
    .object({
      before: z.number(),
      after: z.number(),
      added: z.number(),
      removed: z.number(),
      changed: z.number(),
    })
    .optional(),
  items: z
    .object({
      before: z.number(),
      after: z.number(),
      added: z.number(),
      removed: z.number(),
      changed: z.number(),
      examples: z.object({
        added: z.array(z.string()),
        removed: z.array(z.string()),
        changed: z.array(z.string()),
      }),
    })
    .optional()
    .describe('How products, or the listings of a catalog, change, by SKU'),
  atOnce: z.string().optional().describe('What visitors are answered otherwise from when it is applied on'),
  cause: z.enum(['document', 'market-zone', 'tz-database', 'rollback']),
});

export const GuardResultShape = z.object({
  guard: z.enum(GUARDS),
  outcome: z.enum(['pass', 'warn', 'block']),
  message: z.string(),
  targets: z.array(Target),
  override: z.string().nullable(),
  details: z.unknown().optional(),
});

export const ConfirmationShape = z.object({ id: z.string(), target: Target, why: z.string() });

export const PlanShape = z.object({
  id: z.string(),
  platform: z.string().describe('The platform that it was made on and is for'),
  basis: z.string().describe('The hash of the last change set when it was made'),
  documentHash: z.string().nullable(),
  rollbackOf: z.string().nullable(),
  actor: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  tzdb: z.string(),
  operations: z.array(PlanOperationShape),
  guards: z.array(GuardResultShape),
  confirmations: z.array(ConfirmationShape),
  warnings: z.array(z.string()),
  unchanged: z.number().int(),
  appliedAs: z.string().nullable().describe('The change set, once it is applied'),
  digest: z.string().describe('SHA-256 over all of the above but appliedAs, as canonical JSON'),
});

/** What a write consents to. Nothing is consented to by silence. */
export const Consent = z.strictObject({
  reason: z.string().trim().min(1).max(2000).optional(),
  allowDeletes: z.boolean().default(false),
  confirm: z.array(z.string()).max(1000).default([]).describe('Ids whose effect on visitors is meant'),
  overrides: z.array(z.enum(GUARDS)).max(GUARDS.length).default([]).describe('Guards to let through; needs a reason'),
});

export const ChangeShape = z.object({
  id: z.string(),
  sequence: z.number().int().min(1),
  at: Instant,
  actor: z.string(),
  reason: z.string().nullable(),
  planId: z.string().nullable(),
  rollbackOf: z.string().nullable(),
  overrides: z.array(z.enum(GUARDS)),
  confirmed: z.array(z.string()),
  operations: z.array(PlanOperationShape),
  previousHash: z.string(),
  hash: z.string(),
});

const ItemCounts = z.object({ added: z.number(), changed: z.number(), removed: z.number() });

/** A change set in a list: everything but what each operation held before and after. */
export const ChangeSummaryShape = ChangeShape.omit({ operations: true }).extend({
  counts: z.object({ create: z.number(), update: z.number(), delete: z.number() }),
  targets: z.array(Target),
  items: z
    .object({ products: ItemCounts.optional(), listings: ItemCounts.optional() })
    .optional()
    .describe('How many products, and listings of all catalogs; absent where it is of none'),
});

export const TokenShape = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
});

export const LongOperationShape = z.object({
  id: z.string(),
  kind: z.enum(['rules-upload', 'products-upload', 'listings-upload']),
  state: z.enum(['running', 'succeeded', 'cancelled']),
  createdAt: Instant,
  updatedAt: Instant,
  progress: z.object({ received: z.number().int().describe('Lines taken so far; the next upload goes on here') }),
  problems: z.array(z.object({ line: z.number().int(), text: z.string(), message: z.string() })),
  result: z.object({ content: z.string(), count: z.number().int() }).nullable(),
});

export type Page<T> = { readonly items: readonly T[]; readonly next?: string };
export type Plan = ReadonlyDeep<z.output<typeof PlanShape>>;
export type Change = ReadonlyDeep<z.output<typeof ChangeShape>>;
export type ChangeSummary = ReadonlyDeep<z.output<typeof ChangeSummaryShape>>;
export type Consented = ReadonlyDeep<z.output<typeof Consent>>;
export type LongOperation = ReadonlyDeep<z.output<typeof LongOperationShape>>;
export type Token = ReadonlyDeep<z.output<typeof TokenShape>>;
