import type { Client } from '../../client/index.ts';
import { type ManyRules, uploadRules } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Plan } from '../../contract/shapes.ts';
import { pathOf } from '../../domain/document/pointer.ts';
import type { StoredDocument, SubmittedDocument } from '../../domain/document/schema.ts';
import { ALL_PRODUCTS, DOCUMENT_SECTIONS } from '../../domain/document/sections.ts';
import { Failure, type Problem } from '../../domain/failure.ts';
import { type LoadedDocument, placed } from '../document/load-document.ts';
import { grouped } from '../output/counted.ts';
import type { Progress } from '../progress.ts';
import { submittedOffers } from './submitted-offers.ts';

export interface PlanDocumentOptions {
  readonly allowEmpty: boolean;
  /** Checks and answers, and stores no plan. */
  readonly dryRun: boolean;
  readonly progress: Progress;
}

/** Rules that travel inside the request; longer rulesets are uploaded before, and only if the platform lacks them. */
const INLINE = 500;
/** What a request may hold at most; a dry run uploads nothing that fits. */
const MOST_INLINE = 10_000;

/** Plans a document on the platform. What the platform finds wrong is reported at the place it was written. */
export async function planDocument(
  client: Client,
  loaded: LoadedDocument & { readonly document: StoredDocument },
  { allowEmpty, dryRun, progress }: PlanDocumentOptions,
): Promise<Plan> {
  try {
    const document = await submitted(client, loaded, dryRun ? MOST_INLINE : INLINE, progress);
    progress.update('Planning');
    const { value } = await client.call(api.plans.create, {
      query: { dryRun },
      body: { document, documentHash: loaded.hash, allowEmpty },
    });
    return value;
  } catch (error) {
    throw error instanceof Failure ? withPlaces(error, loaded) : error;
  }
}

async function submitted(
  client: Client,
  loaded: LoadedDocument & { readonly document: StoredDocument },
  inline: number,
  progress: Progress,
): Promise<SubmittedDocument> {
  const { document, rulesByRuleset } = loaded;
  const { rulesets, products: _, catalogs: __, ...others } = document;
  const rest = { ...others, ...(await submittedOffers(client, loaded, inline, progress)) };
  if (rulesets === undefined) return rest;
  const sent: [string, NonNullable<SubmittedDocument['rulesets']>[string]][] = [];
  for (const [id, spec] of Object.entries(rulesets)) {
    // Checked against their schema when they were loaded.
    const own = rulesByRuleset.get(id);
    const rules = (own?.rules ?? []) as ManyRules;
    if (rules.length <= inline) {
      sent.push([id, { ...spec, rules: [...rules] }]);
      continue;
    }
    const onProgress = (received: number, total: number): void =>
      progress.update(`Uploading rules of ${id}: ${grouped(received)} of ${grouped(total)}`);
    sent.push([id, { ...spec, rules: await uploadRules(client, rules, { onProgress }, own?.reference) }]);
  }
  return { ...rest, rulesets: Object.fromEntries(sent) };
}

/** A failure that names places of the request, with the places in the files that they mean. */
function withPlaces(failure: Failure, loaded: LoadedDocument): Failure {
  const problems = problemsIn(failure);
  if (problems === null) return failure;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return new Failure({
    code: failure.code,
    exit: failure.exit,
    message: `${loaded.file} has ${errors === 1 ? 'one error' : `${grouped(errors)} errors`}. Nothing was written.`,
    details: {
      ...asObject(failure.details),
      problems: problems.flatMap((problem) => placedOrElsewhere(problem, loaded)),
    },
    cause: failure,
  });
}

/** A fault of an entry that the document does not have is the platform's: no line of the document says it. */
function placedOrElsewhere(problem: Problem, loaded: LoadedDocument): readonly Problem[] {
  const [section, id] = pathOf((problem.place?.pointer ?? '').replace(/^\/document(?=\/|$)/, ''));
  const stated =
    section === 'products'
      ? loaded.document?.products !== undefined && isProductOf(loaded, id)
      : DOCUMENT_SECTIONS.some((own) => own === section && loaded.document?.[own]?.[id ?? ''] !== undefined);
  if (id === undefined || stated) return placed([problem], loaded);
  return [
    {
      ...problem,
      message: `${section}/${id}, which is on the platform and not in this document: ${problem.message}`,
      remedy: `change or remove it too, by a section \`${section}\` that is whole`,
    },
  ];
}

/** Products are pointed at by their SKU, whatever the list that they are kept in is called. */
function isProductOf({ offer }: LoadedDocument, id: string | undefined): boolean {
  return id === ALL_PRODUCTS || (offer.products?.lines.some(({ sku }) => sku === id) ?? false);
}

function problemsIn({ code, message, remedy, details }: Failure): readonly Problem[] | null {
  const { problems, errors, pointer } = asObject(details);
  if (Array.isArray(problems)) return problems as readonly Problem[];
  if (code === 'invalid-request' && Array.isArray(errors)) {
    return (errors as readonly { pointer?: string; detail: string }[]).map((error) => ({
      code: 'invalid-document',
      severity: 'error',
      message: error.detail,
      ...(error.pointer === undefined ? {} : { place: { pointer: error.pointer } }),
    }));
  }
  if (typeof pointer !== 'string') return null;
  return [{ code, severity: 'error', message, ...(remedy === undefined ? {} : { remedy }), place: { pointer } }];
}

function asObject(details: unknown): Readonly<Record<string, unknown>> {
  return typeof details === 'object' && details !== null ? { ...details } : {};
}
