import { isUtf8 } from 'node:buffer';
import { type ReadOptions, requireText } from './read-text.ts';

/** Bytes of a piece, unless a line is longer: checked, decoded and read within milliseconds. */
const PIECE = 256 * 1024;
const LINE_FEED = 0x0a;
/** Readers leave out the byte order mark at the start of the text; at the start of a later piece, it is text. */
const DECODING = { ignoreBOM: true };

/**
 * Bytes as UTF-8 text, a piece at a time, each cut at a line end. A hundred megabytes in one go would keep everything
 * else waiting, and be held twice.
 *
 * @throws Failure `unreadable-file`, exit 2, at the piece that is none; it names the line
 */
export function* textPieces(bytes: Uint8Array, shown: string, options: Pick<ReadOptions, 'what'>): Generator<string> {
  const decoder = new TextDecoder('utf-8', DECODING);
  for (let start = 0; start < bytes.length; ) {
    const lineEnd = bytes.indexOf(LINE_FEED, start + PIECE);
    const end = lineEnd < 0 ? bytes.length : lineEnd + 1;
    const piece = bytes.subarray(start, end);
    // The whole is looked at again to say where it goes wrong.
    if (piece.includes(0) || !isUtf8(piece)) requireText(bytes, shown, options);
    yield decoder.decode(piece);
    start = end;
  }
}
