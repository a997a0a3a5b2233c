import { spread } from './hash.ts';

const BITS = 10;

/**
 * What was found out about short texts that come again and again, such as hosts: of texts with one hash the last is
 * remembered, so it stays as small as it is however many there are.
 */
export class SpanMemory<T> {
  private readonly bytes: Uint8Array;
  private readonly places = new Uint32Array(2 << BITS);
  private readonly found: (T | undefined)[] = new Array(1 << BITS).fill(undefined);

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get(start: number, end: number, hash: number): T | undefined {
    const slot = spread(hash, BITS);
    const known = this.places[slot * 2] ?? 0;
    const length = end - start;
    if ((this.places[slot * 2 + 1] ?? 0) - known !== length) return undefined;
    const { bytes } = this;
    for (let index = 0; index < length; index++) if (bytes[known + index] !== bytes[start + index]) return undefined;
    return this.found[slot];
  }

  set(start: number, end: number, hash: number, value: T): T {
    const slot = spread(hash, BITS);
    this.places[slot * 2] = start;
    this.places[slot * 2 + 1] = end;
    this.found[slot] = value;
    return value;
  }
}
