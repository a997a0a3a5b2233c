import { foldCase } from './characters.ts';
import { type EntriesByPlace, entriesByPlace } from './entries-by-place.ts';
import { hashBytes, hashText, scramble } from './hash.ts';

/** Two paths of one place that differ by nothing but the case of their letters. */
export interface PathTwins {
  readonly place: number;
  readonly first: string;
  readonly second: string;
}

/** Numbers kept of each path: its place, where its text starts and how long it is, and the head of its chain. */
const ENTRY = 4;

/** At most two thirds of the slots are taken. */
const FULL = 2 / 3;

/**
 * Slots that are tried for a path. Ordinary paths need two or three; paths made to have one hash are kept in a `Map`
 * beyond this, whose hash nobody can foresee.
 */
const MOST_PROBES = 128;

const NO_HEAD = -1;

/**
 * The exact paths of all hosts, by place (the index of a host, or of several that are alike) and comparable path, to
 * heads of rule chains: one hash table in typed columns over the bytes that the rules were read from. A lookup touches
 * one slot, one entry and the path itself; a million paths take 24 bytes each beyond their text.
 */
export class ExactPaths {
  private readonly bytes: Uint8Array;
  /** A path that is looked up, as bytes: these are compared several times faster than a text's characters. */
  private scratch = new Uint8Array(0);
  private scratchView = Buffer.alloc(0);
  /** The length of the longest path that was filed. */
  private longest = 0;
  /** Paths that are nowhere among the bytes: an entry's start is then their place here, negative and less one. */
  private readonly own: string[] = [];
  private readonly crowded = new Map<string, number>();
  private entries: Int32Array<ArrayBuffer>;
  private count = 0;
  /** The upper bits of a scrambled hash say which slot, and how many these are. */
  private bits: number;
  /**
   * By slot: the lower bits of the hash above, and entry plus one below (zero is an empty slot); then where the path
   * starts, so that path and entry, which are far apart in memory, can be waited for at once.
   */
  private slots: Uint32Array<ArrayBuffer>;
  /** Entries with a capital letter: of two paths that differ by case, one has. */
  private readonly capitals: number[] = [];
  private ordered: EntriesByPlace | undefined = undefined;

  /** @param expected how many paths there will be, most likely */
  constructor(bytes: Uint8Array, expected: number) {
    this.bytes = bytes;
    this.entries = new Int32Array(Math.max(expected, 4) * ENTRY);
    this.bits = Math.max(4, Math.ceil(Math.log2(expected / FULL + 1)));
    this.slots = new Uint32Array(2 << this.bits);
  }

  get size(): number {
    return this.count;
  }

  /** How many paths are kept aside because too many others have their hash. */
  get crowdedSize(): number {
    return this.crowded.size;
  }

  /** The head filed under a canonical path, which is ASCII, or undefined. */
  get(place: number, path: string): number | undefined {
    const entry = this.findText(place, path);
    return entry < 0 ? undefined : this.entries[entry * ENTRY + 3];
  }

  /** The entry of a path that lies in the bytes, made where it is missing. Its hash is that of `hashText`. */
  enter(place: number, start: number, end: number, hash: number, hasCapital: boolean): number {
    const found = this.find(place, this.bytes, start, end, hash);
    if (found >= 0) return found;
    const entry = this.add(place, start, end - start, hash);
    if (hasCapital) this.capitals.push(entry);
    return entry;
  }

  /** The same for a path whose text is nowhere else. */
  enterText(place: number, path: string): number {
    const hash = hashText(path);
    const found = this.findText(place, path);
    if (found >= 0) return found;
    const entry = this.add(place, -this.own.push(path), path.length, hash);
    if (/[A-Z]/.test(path)) this.capitals.push(entry);
    return entry;
  }

  headOf(entry: number): number {
    return this.entries[entry * ENTRY + 3] ?? NO_HEAD;
  }

  setHead(entry: number, head: number): void {
    this.entries[entry * ENTRY + 3] = head;
  }

  /** The paths of a place with their heads, in the order in which they were filed. */
  *of(place: number): Generator<readonly [string, number]> {
    if (this.ordered?.count !== this.count) this.ordered = entriesByPlace(this.count, (entry) => this.placeOf(entry));
    const { starts, order } = this.ordered;
    const end = starts[place + 1] ?? 0;
    for (let at = starts[place] ?? 0; at < end; at++) {
      const entry = order[at] ?? 0;
      yield [this.pathOf(entry), this.headOf(entry)];
    }
  }

  /** Each path that differs by case alone from an earlier one, with the first of those. */
  twins(): PathTwins[] {
    const groups = new Map<string, number[]>();
    for (const entry of this.capitals) {
      const place = this.placeOf(entry);
      const folded = foldCase(this.pathOf(entry));
      const key = keyOf(place, folded);
      const group = groups.get(key);
      const small = group === undefined ? this.findText(place, folded) : -1;
      if (group !== undefined) group.push(entry);
      else groups.set(key, small < 0 ? [entry] : [small, entry]);
    }
    const pairs: (readonly [number, number])[] = [];
    for (const group of groups.values()) {
      const [first = 0, ...later] = group.sort((a, b) => a - b);
      for (const second of later) pairs.push([first, second]);
    }
    pairs.sort(([, a], [, b]) => this.placeOf(a) - this.placeOf(b) || a - b);
    return pairs.map(([first, second]) => ({
      place: this.placeOf(first),
      first: this.pathOf(first),
      second: this.pathOf(second),
    }));
  }

  private placeOf(entry: number): number {
    return this.entries[entry * ENTRY] ?? 0;
  }

  private pathOf(entry: number): string {
    const start = this.entries[entry * ENTRY + 1] ?? 0;
    if (start < 0) return this.own[-start - 1] ?? '';
    return latin1(this.bytes, start, start + (this.entries[entry * ENTRY + 2] ?? 0));
  }

  private findText(place: number, path: string): number {
    if (path.length > this.longest) return -1;
    if (this.scratch.length < this.longest) this.growScratch();
    const length = this.scratchView.write(path, 'latin1');
    return this.find(place, this.scratch, 0, length, hashBytes(this.scratch, 0, length));
  }

  /** @param text where the path stands from `start` to `end` */
  private find(place: number, text: Uint8Array, start: number, end: number, hash: number): number {
    const { slots, bits, entries } = this;
    const entryMask = (1 << bits) - 1;
    const mixed = scramble(hash, place);
    let slot = mixed >>> (32 - bits);
    for (let probe = 0; probe < MOST_PROBES; probe++, slot = (slot + 1) & entryMask) {
      const filled = slots[slot * 2] ?? 0;
      if (filled === 0) return -1;
      if (((filled ^ (mixed << bits)) & ~entryMask) !== 0) continue;
      const entry = (filled & entryMask) - 1;
      const at = entry * ENTRY;
      if (entries[at] !== place || entries[at + 2] !== end - start) continue;
      if (this.isSame((slots[slot * 2 + 1] ?? 0) | 0, text, start, end)) return entry;
    }
    return this.crowded.get(keyOf(place, latin1(text, start, end))) ?? -1;
  }

  private isSame(known: number, text: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this;
    if (known < 0) return this.own[-known - 1] === latin1(text, start, end);
    const apart = known - start;
    // From the end, where paths differ most.
    for (let at = end - 1; at >= start; at--) if (bytes[at + apart] !== text[at]) return false;
    return true;
  }

  private add(place: number, start: number, length: number, hash: number): number {
    const entry = this.count++;
    if (length > this.longest) this.longest = length;
    if (this.count * ENTRY > this.entries.length) this.growEntries();
    if (this.count > FULL * (1 << this.bits)) this.growSlots(entry);
    const at = entry * ENTRY;
    this.entries[at] = place;
    this.entries[at + 1] = start;
    this.entries[at + 2] = length;
    this.entries[at + 3] = NO_HEAD;
    this.fill(entry, hash);
    return entry;
  }

  private fill(entry: number, hash: number): void {
    const { slots, bits } = this;
    const entryMask = (1 << bits) - 1;
    const mixed = scramble(hash, this.placeOf(entry));
    let slot = mixed >>> (32 - bits);
    for (let probe = 0; probe < MOST_PROBES; probe++, slot = (slot + 1) & entryMask) {
      if (slots[slot * 2] !== 0) continue;
      slots[slot * 2] = ((mixed << bits) & ~entryMask) | (entry + 1);
      slots[slot * 2 + 1] = this.entries[entry * ENTRY + 1] ?? 0;
      return;
    }
    this.crowded.set(keyOf(this.placeOf(entry), this.pathOf(entry)), entry);
  }

  private growScratch(): void {
    const { buffer } = new Uint8Array(this.longest);
    this.scratch = new Uint8Array(buffer);
    this.scratchView = Buffer.from(buffer);
  }

  private growEntries(): void {
    const entries = new Int32Array(this.entries.length * 2);
    entries.set(this.entries);
    this.entries = entries;
  }

  private growSlots(count: number): void {
    this.bits++;
    this.slots = new Uint32Array(this.slots.length * 2);
    this.crowded.clear();
    for (let entry = 0; entry < count; entry++) this.fill(entry, hashText(this.pathOf(entry)));
  }
}

function latin1({ buffer, byteOffset }: Uint8Array, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + start, end - start).toString('latin1');
}

function keyOf(place: number, path: string): string {
  return `${place} ${path}`;
}
