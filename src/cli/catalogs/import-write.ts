import { type Client, uploadContent } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { ContentReference, ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { type SkuContentKind, skuLineText } from '../../domain/document/content-lines.ts';
import { pathOf, pointerOf } from '../../domain/document/pointer.ts';
import { Failure, type Problem } from '../../domain/failure.ts';
import { grouped } from '../output/counted.ts';
import { callWrite, type SentConsent } from '../plans/call-write.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';
import type { Progress } from '../progress.ts';
import { invalidLines, type LinesOfFiles } from './read-sku-files.ts';

export interface ImportOrder<L> {
  readonly files: LinesOfFiles<L>;
  readonly mode: 'merge' | 'replace';
  readonly progress: Progress;
}

/** Lines that go along in the request; more are uploaded before it. */
const MOST_INLINE = 1_000;

/**
 * Many products as one write: uploaded where they are many, then planned and written by their content.
 *
 * @throws Failure `invalid-products` where lines cannot be read, with what the platform finds wrong with the others
 */
export async function productsImport(client: Client, order: ImportOrder<ProductLine>): Promise<PlannedWrite> {
  const lines = await broughtLines(client, 'products', order);
  const write = callWrite({
    confirm: [],
    send: async (consent, dryRun) => {
      const body = { lines, mode: order.mode, consent };
      return (await client.call(api.products.import, { query: { dryRun }, body })).value;
    },
    ...placesIn(order.files, ['products']),
  });
  if (order.files.bad > 0) throw invalidLines('products', order.files, await faultsOfRest(write, order.files));
  return write;
}

/**
 * The same of a catalog's listings.
 *
 * @throws Failure `invalid-listings`
 */
export async function listingsImport(
  client: Client,
  catalog: string,
  order: ImportOrder<ListingLine>,
): Promise<PlannedWrite> {
  const lines = await broughtLines(client, 'listings', order);
  const write = callWrite({
    confirm: [catalog],
    send: async (consent: SentConsent, dryRun: boolean) => {
      const body = { lines, mode: order.mode, consent };
      return (await client.call(api.listings.import, { params: { id: catalog }, query: { dryRun }, body })).value;
    },
    ...placesIn(order.files, ['catalogs', catalog, 'listings']),
  });
  if (order.files.bad > 0) throw invalidLines('listings', order.files, await faultsOfRest(write, order.files));
  return write;
}

/**
 * What the platform finds wrong with the lines that can be read, so that all faults are told at once. What only looks
 * wrong because the other lines are missing is left out, and so is all that it cannot say just now.
 */
async function faultsOfRest(write: PlannedWrite, files: LinesOfFiles<unknown>): Promise<readonly Problem[]> {
  if (files.lines.length === 0) return [];
  try {
    await write.plan();
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { problems = [] } = (error.details ?? {}) as { readonly problems?: readonly Problem[] };
    return problems.filter((problem) => problem.place?.line !== undefined && !isOfMissing(problem, files));
  }
}

/** Whether it is about a product that is missing, and that a line names which cannot be read. */
function isOfMissing({ code, message }: Problem, { problems }: LinesOfFiles<unknown>): boolean {
  const [, sku] = code === 'unknown-sku' ? (/`([^`]+)`/.exec(message) ?? []) : [];
  return sku !== undefined && problems.some((problem) => problem.message.includes(sku));
}

async function broughtLines<L extends ProductLine | ListingLine>(
  client: Client,
  kind: SkuContentKind,
  { files: { lines }, progress }: ImportOrder<L>,
): Promise<L[] | ContentReference> {
  if (lines.length <= MOST_INLINE) return [...lines];
  const onProgress = (received: number, total: number): void =>
    progress.update(`Uploading ${kind}: ${grouped(received)} of ${grouped(total)}`);
  return uploadContent(client, kind, lines.map(skuLineText), { onProgress });
}

/** Places of the state, and of the request, as lines of the files. */
function placesIn<L extends { readonly sku: string }>(
  { lines, placeOf }: LinesOfFiles<L>,
  base: readonly string[],
): { placed(problem: Problem): Problem; pointerOf(pointer: string): string } {
  let indexes: ReadonlyMap<string, number> | null = null;
  return {
    placed(problem) {
      const path = pathOf(problem.place?.pointer ?? '');
      const sku = path[base.length];
      if (sku === undefined || !base.every((step, i) => path[i] === step)) return problem;
      indexes ??= new Map(lines.map((line, index) => [line.sku, index]));
      const index = indexes.get(String(sku));
      return index === undefined ? problem : { ...problem, place: placeOf(index) };
    },
    pointerOf(pointer) {
      const [, index, ...path] = pathOf(pointer.replace(/^\/body(?=\/)/, ''));
      return pointerOf([...base, lines[Number(index)]?.sku ?? '', ...path]);
    },
  };
}
