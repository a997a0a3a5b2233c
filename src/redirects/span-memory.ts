import { spread } from './hash.ts';

const MOST_BITS = 10;

/**
 * What was found out about short texts that come again and again, such as hosts: of texts with one hash the last is
 * remembered, so it stays as small as it is however many there are; and no larger than few need, since a platform has
 * thousands of small rulesets.
 */
export class SpanMemory<T> {
  private readonly bytes: Uint8Array;
  private readonly bits: number;
  private readonly places: Uint32Array;
  private readonly found: (T | undefined)[];

  /** @param texts how many there are at most, those that come again counted each time */
  constructor(bytes: Uint8Array, texts: number) {
    this.bytes = bytes;
    this.bits = Math.min(MOST_BITS, Math.ceil(Math.log2(texts + 2)));
    this.places = new Uint32Array(2 << this.bits);
    this.found = new Array<T | undefined>(1 << this.bits).fill(undefined);
  }

  get(start: number, end: number, hash: number): T | undefined {
    const slot = spread(hash, this.bits);
    const known = this.places[slot * 2] ?? 0;
    const length = end - start;
    if ((this.places[slot * 2 + 1] ?? 0) - known !== length) return undefined;
    const { bytes } = this;
    for (let index = 0; index < length; index++) if (bytes[known + index] !== bytes[start + index]) return undefined;
    return this.found[slot];
  }

  set(start: number, end: number, hash: number, value: T): T {
    const slot = spread(hash, this.bits);
    this.places[slot * 2] = start;
    this.places[slot * 2 + 1] = end;
    this.found[slot] = value;
    return value;
  }
}
