import { bytePieces } from '../document/byte-pieces.ts';
import type { Surroundings } from '../surroundings.ts';

export { shownName } from '../document/byte-pieces.ts';

/**
 * The text of a log of any size, gzip or not, piece by piece; `-` is standard input. What is not UTF-8 becomes U+FFFD:
 * whoever visits a site writes into its log.
 *
 * @throws Failure `unreadable-file`, exit 2
 */
export async function* textPieces(surroundings: Surroundings, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of bytePieces(surroundings, file, { what: 'log', mayGrow: true })) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
