import { hash } from 'node:crypto';

/** Of a key: so many bits that of a billion lines no two are ever taken for the same. */
const WORDS = 3;
const FEWEST = 1024;

/** Lines by their digests: some sixteen bytes each, however long they are. */
export class LineSet {
  #keys: Uint32Array;
  #slots: number;
  #size = 0;

  /** @param expected how many lines there will be, as far as is known */
  constructor(expected = 0) {
    this.#slots = Math.max(FEWEST, Math.ceil(expected * 1.35));
    this.#keys = new Uint32Array(this.#slots * WORDS);
  }

  add(line: string): void {
    if (this.#size * 4 >= this.#slots * 3) this.#grow();
    this.#put(keyOf(line));
  }

  has(line: string): boolean {
    return this.#keys[this.#place(keyOf(line))] !== 0;
  }

  #put(key: Uint32Array): void {
    const at = this.#place(key);
    if (this.#keys[at] !== 0) return;
    this.#keys.set(key, at);
    this.#size += 1;
  }

  /** Where the key is, or would be put. */
  #place(key: Uint32Array): number {
    const [first = 0, second = 0, third = 0] = key;
    for (let slot = second % this.#slots; ; slot = (slot + 1) % this.#slots) {
      const at = slot * WORDS;
      const found = this.#keys[at];
      if (found === 0) return at;
      if (found === first && this.#keys[at + 1] === second && this.#keys[at + 2] === third) return at;
    }
  }

  #grow(): void {
    const before = this.#keys;
    this.#slots *= 2;
    this.#size = 0;
    this.#keys = new Uint32Array(this.#slots * WORDS);
    for (let at = 0; at < before.length; at += WORDS) {
      if (before[at] !== 0) this.#put(before.subarray(at, at + WORDS));
    }
  }
}

/** The first word of a key is never zero, which stands for a slot without one. */
function keyOf(line: string): Uint32Array {
  const digest = hash('sha256', line, 'buffer');
  return Uint32Array.of(digest.readUInt32LE(0) | 1, digest.readUInt32LE(4), digest.readUInt32LE(8));
}
