import type { Page } from '../../contract/shapes.ts';
import type { ContentReference, ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { isLineOf, type SkuContentKind, type SkuLine } from '../../domain/document/content-lines.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { type Brought, broughtSkus } from '../contents/brought.ts';
import { allLines, type SkuReference } from '../contents/edited-lines.ts';
import { sha256 } from '../digest.ts';
import type { PlatformParts } from '../parts.ts';
import { pageOf, readCursor } from './pages.ts';
import type { writeDerivedEntry } from './write-entry.ts';

/** What products and listings have in common: single lines of an entry, read and written by their SKU. */

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** @param list names the list in its cursors */
export async function linesPage<L extends SkuLine>(
  { skus }: PlatformParts,
  list: string,
  lines: SkuReference,
  { limit, cursor }: PageQuery,
  read: (text: string) => L,
): Promise<Page<L>> {
  const after = readCursor(list, cursor);
  const texts = lines === undefined ? [] : await skus.linesAfter(lines.content, after, limit + 1);
  return pageOf(list, texts.map(read), limit, ({ sku }) => sku);
}

/** All of them, one chunk in memory at a time. */
export async function* parsedLines<L>(
  { skus }: PlatformParts,
  lines: SkuReference,
  read: (text: string) => L,
): AsyncGenerator<L> {
  if (lines === undefined) return;
  for await (const block of skus.blocks(lines.content)) for (const line of block) yield read(line);
}

export interface OneLine {
  /** How it is called in messages. */
  readonly noun: string;
  readonly sku: string;
  readonly lines: SkuReference;
}

/**
 * The strong ETag of one line (RFC 9110, 8.8.3): the line itself decides it, so that a change of another line of the same
 * entry is none of this one. Digits, like those of versions.
 */
export function etagOfLine(line: string): string {
  return `"${Number.parseInt(sha256(line).slice(0, 12), 16)}"`;
}

/**
 * Holds what a write of one line expects against what is there: null for a line that is not there yet, `*` for one that
 * is, an ETag for this very one.
 *
 * @throws Failure `stale`
 */
export async function requireSkuVersion(
  { skus }: PlatformParts,
  { noun, sku, lines }: OneLine,
  ifMatch: string | null | undefined,
): Promise<void> {
  const line = lines === undefined ? undefined : (await skus.linesOf(lines.content, [sku])).get(sku);
  const there = line !== undefined;
  const expected = ifMatch ?? null;
  const present = line === undefined ? null : etagOfLine(line);
  if (expected === null ? !there : there && (expected === '*' || expected === present)) return;
  const message =
    expected === null
      ? `There is a ${noun} ${sku} already.`
      : there
        ? `The ${noun} ${sku} is another one now; ${expected} was expected.`
        : `There is no ${noun} ${sku} (any more).`;
  throw new Failure({
    code: 'stale',
    exit: EXIT.stale,
    message: `${message} Nothing was written.`,
    remedy: 'Read it again, look at what is different, and write on top of that.',
    details: { sku, expected, present },
  });
}

/** What writes entries is loaded with the first write: a list needs no planner. */
export async function writeLines(
  ...given: Parameters<typeof writeDerivedEntry>
): Promise<Awaited<ReturnType<typeof writeDerivedEntry>>> {
  const { writeDerivedEntry: write } = await import('./write-entry.ts');
  return write(...given);
}

export interface SubmittedLines {
  /** Undefined where there are none. */
  readonly reference: ContentReference | undefined;
  /** Null where they were uploaded before. */
  readonly brought: Brought | null;
  /** Canonical, in the order of their SKUs. */
  texts(): Promise<readonly string[]>;
}

/**
 * Lines of a request: themselves, or by the content of an upload.
 *
 * @throws Failure `invalid-document` where the content was never uploaded, or is of another kind
 */
export async function submittedLines(
  platform: PlatformParts,
  kind: SkuContentKind,
  lines: ContentReference | readonly (ProductLine | ListingLine)[],
): Promise<SubmittedLines> {
  if ('content' in lines) {
    const count = await platform.store.read(({ rules }) => rules.count(lines.content));
    const [first] = count === null ? [] : await platform.skus.linesAfter(lines.content, null, 1);
    if (count === null || (first !== undefined && !isLineOf(kind, first))) throw unknownContent(kind, lines.content);
    const reference = count === 0 ? undefined : { content: lines.content, count };
    return { reference, brought: null, texts: () => allLines(platform, lines.content) };
  }
  if (lines.length === 0) return { reference: undefined, brought: null, texts: async () => [] };
  const brought = broughtSkus(lines, '/lines');
  return { reference: brought.reference, brought, texts: async () => brought.texts };
}

function unknownContent(kind: SkuContentKind, content: string): Failure {
  const message = `the platform has no ${kind} of content ${content}`;
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `There is nothing to import: ${message}.`,
    remedy: `Upload them first, as ${kind}, then name them by the content that the upload answers.`,
    details: { problems: [{ code: 'invalid-document', severity: 'error', message, place: { pointer: '/lines' } }] },
  });
}
