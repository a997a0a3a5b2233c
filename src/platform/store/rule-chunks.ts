import { sha256 } from '../digest.ts';

/**
 * Rules are kept in chunks that are stored once by their digest. Chunks are cut by what a line says and not by how
 * many came before it, so an insertion or a removal changes the chunk it is in and leaves all others as they were:
 * the next revision of a ruleset costs the space of its changes.
 */
export interface RuleChunk {
  /** SHA-256 of `text`. */
  readonly hash: string;
  readonly count: number;
  /** Canonical rule lines, each ended by a line feed. */
  readonly text: string;
}

/** One line in this many ends a chunk. */
const CUT_EVERY = 1024;
const MOST_LINES = 4096;
/** UTF-16 units; keeps a chunk of very long lines from growing without bound. */
const MOST_TEXT = 1_000_000;

/** FNV-1a over UTF-16 units, mixed at the end so that its low bits are as good as its high ones. */
function lineHash(line: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < line.length; index += 1) {
    hash = Math.imul(hash ^ line.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Cuts a stream of lines into chunks; `tail` is what an earlier cutter of the same stream had left over. */
export class ChunkCutter {
  #lines: string[];
  #length: number;

  constructor(tail = '') {
    this.#lines = tail === '' ? [] : tail.slice(0, -1).split('\n');
    this.#length = tail.length;
  }

  /** Takes one line, without its line feed; gives the chunk that it ends, if it ends one. */
  push(line: string): RuleChunk | null {
    this.#lines.push(line);
    this.#length += line.length + 1;
    const full = this.#lines.length >= MOST_LINES || this.#length >= MOST_TEXT;
    return full || lineHash(line) % CUT_EVERY === 0 ? this.end() : null;
  }

  /** What has been taken and not cut yet. */
  get tail(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
  }

  /** The chunk of what is left, or null where nothing is. */
  end(): RuleChunk | null {
    const text = this.tail;
    const count = this.#lines.length;
    this.#lines = [];
    this.#length = 0;
    return count === 0 ? null : { hash: sha256(text), count, text };
  }
}

/** The lines of a chunk's text, without their line feeds. */
export function linesOfChunk(text: string): readonly string[] {
  return text === '' ? [] : text.slice(0, -1).split('\n');
}
