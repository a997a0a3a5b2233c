import { dirname, join } from 'node:path';
import type { Client } from '../../client/index.ts';
import { rulesReference } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import { ruleLine } from '../../domain/document/rule-lines.ts';
import {
  type RuleSpec,
  type RulesetSpec,
  type StoreDocument,
  type StoredDocument,
  StoredDocumentSchema,
} from '../../domain/document/schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { readRulesCsv } from '../../redirects/formats/csv.ts';
import { writeRulesCsv } from '../../redirects/formats/csv-write.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import { exportOffers } from './export-offers.ts';

/** The platform's state as a document with its lines in place, and the files beside it that hold many of them. */
export interface Exported {
  readonly document: StoreDocument;
  /** By path beside the document. */
  readonly files: ReadonlyMap<string, string>;
}

/** Rules that stand in the document itself; more of them go to a file beside it. */
const INLINE = 50;

/**
 * Reads the whole state. With `beside` false all rules, products and listings stand in the document, however many.
 *
 * @throws Failure `stale` (6) where something of it changed while it was read
 */
export async function exportState(client: Client, { beside }: { readonly beside: boolean }): Promise<Exported> {
  const stored = inSchemaOrder((await client.call(api.document.export)).value);
  const { rulesets, products: _, catalogs: __, ...others } = stored;
  const { files: offerFiles, ...offers } = await exportOffers(client, stored, { beside });
  const files = new Map(offerFiles);
  const rest = { ...others, ...offers };
  if (rulesets === undefined) return { document: rest, files };
  const written: [string, RulesetSpec][] = [];
  for (const [id, spec] of Object.entries(rulesets)) {
    const rules = await rulesOf(client, id, spec);
    const csv = beside && rules.length > INLINE ? csvOf(rules) : null;
    const file = `redirects/${id}.csv`;
    if (csv !== null) files.set(file, csv);
    written.push([id, { ...spec, rules: csv === null ? [...rules] : file }]);
  }
  return { document: { ...rest, rulesets: Object.fromEntries(written) }, files };
}

/**
 * The keys of every entry in the order of the schema, and not in that in which they were written over time. A platform
 * that is newer may say more than this version knows: that is left as it is.
 */
function inSchemaOrder(document: StoredDocument): StoredDocument {
  return StoredDocumentSchema.safeParse(document).data ?? document;
}

type StoredRuleset = NonNullable<StoredDocument['rulesets']>[string];

async function rulesOf(client: Client, id: string, { rules: wanted }: StoredRuleset): Promise<readonly RuleSpec[]> {
  const rules: RuleSpec[] = [];
  const { value } = await client.call(api.rules.read, { params: { id }, query: {} });
  for await (const rule of value) rules.push(rule);
  if (rulesReference(rules.map(ruleLine)).content === wanted.content) return rules;
  throw new Failure({
    code: 'stale',
    exit: EXIT.stale,
    message: `The rules of ${id} changed while they were exported. Nothing was written.`,
    remedy: 'Export again.',
  });
}

/** The rules as CSV; null where CSV could not say one of them the same. */
function csvOf(rules: readonly RuleSpec[]): string | null {
  const text = [...writeRulesCsv(rules as readonly RedirectRule[])].join('');
  const again = readRulesCsv(text);
  const same =
    again.problems.length === 0 &&
    again.rules.length === rules.length &&
    again.rules.every((rule, index) => {
      const original = rules[index];
      return original !== undefined && ruleLine(rule as RuleSpec) === ruleLine(original);
    });
  return same ? text : null;
}

/** Where a file beside the document goes. */
export function beside(document: string, file: string): string {
  return join(dirname(document), file);
}
