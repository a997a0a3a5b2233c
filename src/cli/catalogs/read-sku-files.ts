import { readListings } from '../../domain/catalogs/formats/listings.ts';
import { readProducts } from '../../domain/catalogs/formats/products.ts';
import type { SkuLines } from '../../domain/catalogs/formats/sku-lines.ts';
import type { ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { bySku, type SkuContentKind } from '../../domain/document/content-lines.ts';
import { EXIT, Failure, type Place, type Problem } from '../../domain/failure.ts';
import { bytePieces, shownName } from '../document/byte-pieces.ts';
import { grouped } from '../output/counted.ts';
import { strictText } from '../rules-files/strict-text.ts';
import type { Surroundings } from '../surroundings.ts';

/** Products or listings of files, in the order of their SKUs. */
export interface LinesOfFiles<L> {
  /** Those that can be read. */
  readonly lines: readonly L[];
  /** What is wrong with the others, in the order of the files and their lines. */
  readonly problems: readonly Problem[];
  /** How many things are wrong, told or not. */
  readonly bad: number;
  /** Where the line with this index stands. */
  placeOf(index: number): Place;
}

/** What each kind of line is read by. */
const READERS = { products: readProducts, listings: readListings } as const;

export interface LineOf {
  readonly products: ProductLine;
  readonly listings: ListingLine;
}

/** Faults that are told one by one, over all files. */
const MOST_TOLD = 1_000;

/** Bytes of text: more than a million products of usual length. */
const LARGEST = 512 * 1024 * 1024;

/**
 * Reads CSV or NDJSON files, gzip or not; `-` is standard input.
 *
 * @throws Failure `unreadable-file`
 */
export async function readSkuFiles<K extends SkuContentKind>(
  surroundings: Surroundings,
  kind: K,
  files: readonly string[],
): Promise<LinesOfFiles<LineOf[K]>> {
  const read = READERS[kind] as unknown as (text: string, file: string) => SkuLines<LineOf[K]>;
  const found: { readonly line: LineOf[K]; readonly file: string; readonly at: number }[] = [];
  const problems: Problem[] = [];
  let bad = 0;
  for (const named of files) {
    const file = shownName(named);
    const { lines, places, problems: own, bad: wrong } = read(await textOf(surroundings, named, kind), file);
    for (const problem of own) problems.push(problem);
    bad += wrong;
    for (const [index, line] of lines.entries()) found.push({ line, file, at: places[index] ?? 0 });
  }
  found.sort((a, b) => bySku(a.line, b.line));
  for (const [index, { line, file, at }] of found.entries()) {
    const before = found[index - 1];
    if (before === undefined || before.line.sku !== line.sku) continue;
    bad += 1;
    if (problems.length >= MOST_TOLD) continue;
    const message = `\`${line.sku}\` stands in ${before.file}:${before.at} already`;
    problems.push({ code: `invalid-${NOUN[kind]}`, severity: 'error', message, place: { file, line: at } });
  }
  return {
    lines: found.map(({ line }) => line),
    problems: inOrder(problems, files.map(shownName)),
    bad,
    placeOf(index) {
      const one = found[index];
      return one === undefined ? {} : { file: one.file, line: one.at };
    },
  };
}

/** In the order of the files and their lines. */
function inOrder(problems: readonly Problem[], files: readonly string[]): readonly Problem[] {
  const order = new Map(files.map((file, index) => [file, index]));
  const fileOf = ({ place }: Problem): number => order.get(place?.file ?? '') ?? files.length;
  return problems.toSorted((a, b) => fileOf(a) - fileOf(b) || (a.place?.line ?? 0) - (b.place?.line ?? 0));
}

const NOUN: Readonly<Record<SkuContentKind, string>> = { products: 'product', listings: 'listing' };

async function textOf(surroundings: Surroundings, named: string, kind: SkuContentKind): Promise<string> {
  const what = `file of ${kind}`;
  const pieces: string[] = [];
  let size = 0;
  for await (const piece of strictText(bytePieces(surroundings, named, { what }), shownName(named))) {
    size += piece.length;
    if (size > LARGEST) throw tooLarge(named, kind);
    pieces.push(piece);
  }
  return pieces.join('');
}

function tooLarge(named: string, kind: SkuContentKind): Failure {
  return new Failure({
    code: 'unreadable-file',
    exit: EXIT.usage,
    message: `${shownName(named)} is larger than ${LARGEST / 1024 / 1024} MB, too large for a file of ${kind}.`,
    remedy: 'Split it, and import the parts one after the other.',
  });
}

/**
 * The failure of files in which something is wrong: every line that is none, and what else is known to be wrong.
 *
 * @param others of the lines that can be read
 */
export function invalidLines(
  kind: SkuContentKind,
  files: LinesOfFiles<unknown>,
  others: readonly Problem[] = [],
): Failure {
  const named = [...new Set([...files.problems, ...others].map(({ place }) => place?.file ?? ''))];
  const problems = inOrder([...files.problems, ...others], named);
  const bad = files.bad + others.length;
  return new Failure({
    code: `invalid-${kind}`,
    exit: EXIT.usage,
    message: `${bad === 1 ? 'One thing is' : `${grouped(bad)} things are`} wrong with these ${kind}. Nothing was written.`,
    remedy:
      bad > problems.length ? `Correct them; the first ${grouped(problems.length)} are listed.` : 'Correct the lines.',
    details: { problems, ...(bad > problems.length ? { count: bad } : {}) },
  });
}

/** @throws Failure `input-needed` where no file is named */
export function requireFiles(files: readonly string[], kind: SkuContentKind): readonly string[] {
  if (files.length > 0) return files;
  throw new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: `There are no files of ${kind} to import.`,
    remedy: 'Name files; - is standard input.',
    details: { flags: [] },
  });
}
