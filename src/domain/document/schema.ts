import * as z from 'zod';
import { AssertionSpec, WrittenAssertionSpec } from './assertion-schema.ts';
import {
  CatalogSpec,
  CertificationSpec,
  ProductSpec,
  ServiceLevelSpec,
  StoredCatalogSpec,
  StoredProductsSpec,
  SubmittedCatalogSpec,
  SubmittedProductsSpec,
  TaxonomySpec,
} from './catalog-schema.ts';
import { ChecklistSpec, LaunchSpec, SignoffSpec } from './launch-schema.ts';
import { LintSpec } from './lint-schema.ts';
import { Address, Id, Protected, Text, Time } from './schema-atoms.ts';
import { DOCUMENT_SECTIONS, type Section } from './sections.ts';

/**
 * The shapes of a document's entries, as a person writes them. They say what can be said of one entry alone;
 * what entries say of each other is checked in check-documents.ts. Descriptions end up in the JSON Schema that
 * editors show while a document is written, and in the OpenAPI document.
 */

export const MarketSpec = z.strictObject({
  name: Text.describe('What people call the market'),
  countries: z.array(z.string()).max(300).describe('ISO 3166-1 alpha-2 codes; empty for a market of no country'),
  currency: z.string().describe('ISO 4217 code'),
  currencies: z.array(z.string()).max(50).optional().describe('Further ISO 4217 codes that the market accepts'),
  locales: z.array(z.string()).min(1).max(100).describe('BCP 47 tags, such as en-GB'),
  timeZone: z.string().describe('IANA time zone, such as Europe/London'),
  protected: Protected,
});

export const FreezeWindowSpec = z.strictObject({
  from: Time.describe('Changes are refused from this instant'),
  until: Time.describe('Changes are allowed again from this instant'),
  reason: Text,
  protected: Protected,
});

export const SiteSpec = z.strictObject({
  brand: Text,
  market: Id,
  role: z.enum(['legacy', 'unified', 'standalone']),
  urls: z.array(Address).min(1).max(100).describe('Base URLs: host and base path, every variant that answers'),
  opensAt: Time.optional().describe('Before this instant the site is prelaunch'),
  protected: Protected,
});

export const ShutdownSpec = z.strictObject({
  title: Text,
  sites: z.array(Id).min(1).max(5000).describe('The legacy sites that close'),
  into: Id.describe('The unified site that takes their visitors'),
  announced: Time.optional(),
  freeze: Time.describe('From here the sites take no new orders'),
  voucherCutoff: Time.optional().describe('Vouchers issued before this instant migrate'),
  dark: Time.describe('From here visitors are redirected'),
  redirectsUntil: Time.describe('From here the redirects have ended too'),
  protected: Protected,
});

/** A fallback that redirects; 410 has no target. */
const RedirectStatus = z.literal([301, 302, 303, 307, 308]);

export const QuerySpec = z.union([
  z.literal('preserve'),
  z.literal('drop'),
  z.strictObject({ significant: z.array(z.string().min(1)).max(100) }),
]);

export const RuleSpec = z.strictObject({
  from: Address.describe("A URL, or a path from the host's root under one of the site's URLs"),
  to: Address.optional().describe('An absolute URL or a template with :names; none for 410'),
  status: z.number().int().optional().describe('301 (default), 302, 303, 307, 308 or 410'),
  match: z.enum(['exact', 'prefix', 'pattern', 'regex']).optional(),
  query: QuerySpec.optional(),
  window: z.strictObject({ from: Time.optional(), until: Time.optional() }).optional(),
  priority: z.number().int().min(-1_000_000).max(1_000_000).optional(),
  note: z.string().max(2000).optional(),
  enabled: z.boolean().optional(),
});

/** Rules that are kept by content on the platform: a SHA-256 digest over their canonical lines, and how many they are. */
export const RulesReference = z.strictObject({
  content: z.string().regex(/^[0-9a-f]{64}$/),
  count: z.number().int().min(0),
});

const rulesetFields = {
  site: Id,
  query: QuerySpec.optional().describe('What becomes of the query: preserve (default), drop or {significant: [...]}'),
  trailingSlash: z.enum(['ignore', 'strict']).optional(),
  case: z.enum(['sensitive', 'ignore']).optional(),
  fallback: z
    .union([
      z.strictObject({ to: Address, status: RedirectStatus.optional() }),
      z.strictObject({ status: z.literal(410) }),
    ])
    .optional()
    .describe('Where a URL goes that no rule takes; without it, to the unified site of the shutdown with 302'),
  inForceFrom: Time.optional().describe(
    'From when these rules and options are in force, where that is not at once: a time, or `dark` for when the site goes dark',
  ),
  allowedHosts: z.array(z.string().min(1)).min(1).max(1000).optional().describe('Hosts that targets may have'),
  lint: LintSpec.optional().describe('How findings in these rules count'),
  protected: Protected,
};

/** As a person writes it: rules in the document, or in a file beside it. */
export const RulesetSpec = z.strictObject({
  ...rulesetFields,
  rules: z.union([Address, z.array(RuleSpec)]).describe('A CSV file beside the document, or the rules themselves'),
});

/** As it goes to the platform: rules in the request, or uploaded before and named by content. */
export const SubmittedRulesetSpec = z.strictObject({
  ...rulesetFields,
  rules: z.union([RulesReference, z.array(RuleSpec).max(10_000)]),
});

/** As the platform keeps it. */
export const StoredRulesetSpec = z.strictObject({ ...rulesetFields, rules: RulesReference });

export const EXEMPTIONS = ['shutdown', 'redirect', 'catalog', 'launch'] as const;

export const ExceptionSpec = z.strictObject({
  sites: z.array(Id).max(5000).optional(),
  markets: z.array(Id).max(500).optional(),
  urls: z.array(Address).max(1000).optional().describe('Further hosts and paths that are exempt, on any site'),
  skus: z
    .array(Id)
    .max(10_000)
    .optional()
    .describe('Of a catalog policy: exempt for these products; without it, for all'),
  from: z.array(z.enum(EXEMPTIONS)).min(1).describe('What it exempts from'),
  reason: Text,
  owner: Text.describe('Who answers for it'),
  startsAt: Time.optional().describe('Exempt from this instant; without it, always was'),
  endsAt: Time.optional().describe('Exempt until this instant; without it, until it is removed'),
  reviewBy: Time.describe('When somebody looks at it again; it is reported from then on, not ended'),
  protected: Protected,
});

const section = <S extends z.ZodType>(entry: S) => z.record(Id, entry).optional();

/** The sections whose entries a person writes otherwise than the platform keeps them. */
interface Forms<R extends z.ZodType, A extends z.ZodType, C extends z.ZodType, P extends z.ZodType> {
  readonly ruleset: R;
  readonly assertion: A;
  readonly catalog: C;
  readonly products: P;
}

const documentOf = <R extends z.ZodType, A extends z.ZodType, C extends z.ZodType, P extends z.ZodType>({
  ruleset,
  assertion,
  catalog,
  products,
}: Forms<R, A, C, P>) =>
  z.strictObject({
    version: z.literal(1),
    markets: section(MarketSpec),
    freezeWindows: section(FreezeWindowSpec),
    sites: section(SiteSpec),
    shutdowns: section(ShutdownSpec),
    rulesets: section(ruleset),
    exceptions: section(ExceptionSpec),
    assertions: section(assertion),
    taxonomies: section(TaxonomySpec),
    products,
    catalogs: section(catalog),
    certifications: section(CertificationSpec),
    serviceLevels: section(ServiceLevelSpec),
    checklists: section(ChecklistSpec),
    launches: section(LaunchSpec),
  });

/** storectl.yaml. A section that is absent is unmanaged: never touched. */
export const DocumentSchema = documentOf({
  ruleset: RulesetSpec,
  assertion: WrittenAssertionSpec,
  catalog: CatalogSpec,
  products: z
    .union([Address, z.record(Id, ProductSpec)])
    .optional()
    .describe('Every product by SKU, or a CSV or NDJSON file of them beside the document'),
}).extend({
  settings: z
    .strictObject({ context: z.string().min(1).max(100).optional().describe('The context to work in, by name') })
    .optional()
    .describe('For the command line in this project; nothing of it reaches the platform'),
});
/** The same, as it goes to the platform. */
export const SubmittedDocumentSchema = documentOf({
  ruleset: SubmittedRulesetSpec,
  assertion: AssertionSpec,
  catalog: SubmittedCatalogSpec,
  products: section(SubmittedProductsSpec),
});
/** The same, as the platform gives it back. */
export const StoredDocumentSchema = documentOf({
  ruleset: StoredRulesetSpec,
  assertion: AssertionSpec,
  catalog: StoredCatalogSpec,
  products: section(StoredProductsSpec),
});

export type MarketSpec = z.infer<typeof MarketSpec>;
export type FreezeWindowSpec = z.infer<typeof FreezeWindowSpec>;
export type SiteSpec = z.infer<typeof SiteSpec>;
export type ShutdownSpec = z.infer<typeof ShutdownSpec>;
export type RuleSpec = z.infer<typeof RuleSpec>;
export type RulesReference = z.infer<typeof RulesReference>;
export type RulesetSpec = z.infer<typeof RulesetSpec>;
export type SubmittedRulesetSpec = z.infer<typeof SubmittedRulesetSpec>;
export type StoredRulesetSpec = z.infer<typeof StoredRulesetSpec>;
export type ExceptionSpec = z.infer<typeof ExceptionSpec>;
export type StoreDocument = z.infer<typeof DocumentSchema>;
export type SubmittedDocument = z.infer<typeof SubmittedDocumentSchema>;
export type StoredDocument = z.infer<typeof StoredDocumentSchema>;

/** The schema of one entry as it goes to the platform, by section. */
export const SUBMITTED_SPEC = {
  markets: MarketSpec,
  freezeWindows: FreezeWindowSpec,
  sites: SiteSpec,
  shutdowns: ShutdownSpec,
  rulesets: SubmittedRulesetSpec,
  exceptions: ExceptionSpec,
  assertions: AssertionSpec,
  taxonomies: TaxonomySpec,
  products: SubmittedProductsSpec,
  catalogs: SubmittedCatalogSpec,
  certifications: CertificationSpec,
  serviceLevels: ServiceLevelSpec,
  checklists: ChecklistSpec,
  launches: LaunchSpec,
  signoffs: SignoffSpec,
} satisfies Record<Section, z.ZodType>;

/** The schema of one entry as the platform keeps it, by section. */
export const STORED_SPEC = {
  ...SUBMITTED_SPEC,
  rulesets: StoredRulesetSpec,
  products: StoredProductsSpec,
  catalogs: StoredCatalogSpec,
} satisfies Record<Section, z.ZodType>;

/** The keys that a document may have at its top, for suggestions. */
export const DOCUMENT_KEYS: readonly string[] = ['version', 'settings', ...DOCUMENT_SECTIONS];
