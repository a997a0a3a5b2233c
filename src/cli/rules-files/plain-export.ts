import { join } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { type FullFormat, writeRuleBlocks } from '../../redirects/formats/write.ts';
import { writeFiles } from '../document/write-file.ts';
import { terminalText } from '../output/terminal-text.ts';
import type { View } from '../output/view.ts';
import { withoutPasswords } from '../secrets.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ExportResult } from './edge-export.ts';
import type { RulesSource } from './rules-source.ts';

/** Rules that are written as rules: what cannot be used is still a rule that was written, so that nothing is lost of it. */
export interface PlainOrder {
  readonly source: Pick<RulesSource, 'count' | 'blocks'>;
  readonly format: FullFormat;
}

/** What becomes of them. */
export function plainResult({ source, format }: PlainOrder, file?: ExportResult['files'][number]): ExportResult {
  const files = file === undefined ? [] : [file];
  return { format, rules: source.count, files, losses: [], limits: [], notes: [], validUntil: null };
}

const nameOf = (format: FullFormat): string => `redirects.${format}`;

/** Writes them into a folder while they are read. Throws Failure `file-exists`, `unwritable-file`; nothing is written then. */
export async function plainFile(
  surroundings: Surroundings,
  order: PlainOrder,
  { folder, force }: { readonly folder: string; readonly force: boolean },
): Promise<ExportResult> {
  const name = nameOf(order.format);
  const path = join(folder, name);
  const text = writeRuleBlocks(order.source.blocks(), order.format);
  await writeFiles(surroundings, [{ file: path, text }], { replace: force });
  return plainResult(order, { name, path });
}

/** The text for standard output, of which nothing is kept once it is written. */
export async function* plainText({ source, format }: PlainOrder, view: Pick<View, 'width'>): AsyncGenerator<string> {
  // Pieces end where lines do, and neither a password nor what a terminal is spared goes over a line end.
  for await (const piece of writeRuleBlocks(source.blocks(), format)) yield withoutPasswords(terminalText(piece, view));
}

/** UTF-16 units that one JSON value may hold of it, so that all of the value is a string still. */
const MOST_IN_JSON = 256 * 1024 * 1024;

/** The whole text, for a JSON value. Throws Failure `too-large-for-json`. */
export async function plainWhole(order: PlainOrder): Promise<ExportResult> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of writeRuleBlocks(order.source.blocks(), order.format)) {
    length += piece.length;
    if (length > MOST_IN_JSON) throw tooLargeForJson();
    pieces.push(piece);
  }
  return plainResult(order, { name: nameOf(order.format), path: null, text: pieces.join('') });
}

function tooLargeForJson(): Failure {
  return new Failure({
    code: 'too-large-for-json',
    exit: EXIT.usage,
    message: 'These rules are more than one JSON value can hold.',
    remedy: 'Leave --json out, or name a folder for the file: --out DIR',
  });
}
