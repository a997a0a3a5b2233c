import { isUtf8 } from 'node:buffer';
import { EXIT, Failure } from '../../domain/failure.ts';

const LINE_FEED = 0x0a;

/**
 * Bytes as UTF-8 text, piece by piece, whatever their borders cut; a byte order mark stays.
 *
 * @throws Failure `unreadable-file`, exit 2, with the line that is no text
 */
export async function* strictText(pieces: AsyncIterable<Uint8Array>, shown: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let line = 1;
  let unfinished: Uint8Array = new Uint8Array();
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(bytes, { stream });
    } catch (error) {
      const broken = line + linesBeforeBroken(Buffer.concat([unfinished, bytes]));
      throw noText(`${shown}:${broken} is not UTF-8.`, 'Save it as UTF-8.', error);
    }
  };
  for await (const bytes of pieces) {
    const nul = bytes.indexOf(0);
    if (nul >= 0) throw noText(`${shown}:${line + lineFeeds(bytes.subarray(0, nul))} holds a NUL byte: it is no text.`);
    const text = decode(bytes, true);
    line += lineFeeds(bytes);
    unfinished = endOf(bytes);
    if (text !== '') yield text;
  }
  decode(new Uint8Array(), false);
}

function lineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

/** No byte of a longer UTF-8 sequence is a line feed, so lines can be judged one by one. */
function linesBeforeBroken(bytes: Uint8Array): number {
  let lines = 0;
  for (let start = 0; ; lines += 1) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return lines;
    start = end + 1;
  }
}

/** The sequence that may not have ended: from the last byte that begins one of several bytes. */
function endOf(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.slice(bytes.length - back);
    if (byte < 0x80) break;
  }
  return new Uint8Array();
}

function noText(message: string, remedy?: string, cause?: unknown): Failure {
  return new Failure({ code: 'unreadable-file', exit: EXIT.usage, message, remedy, cause });
}
