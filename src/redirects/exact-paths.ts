import { foldCase } from './characters.ts';
import { loneRule, NONE } from './compiled.ts';
import { type EntriesByPlace, entriesByPlace } from './entries-by-place.ts';
import { hashBytes, hashText, scramble } from './hash.ts';
import type { RuleTable } from './rule-table.ts';

/** Two paths of one place that differ by nothing but the case of their letters. */
export interface PathTwins {
  readonly place: number;
  readonly first: string;
  readonly second: string;
}

/**
 * What a slot holds of a path: its place and hash as one number, where its text starts, how long that is, and the head
 * of its chain. Two paths with one number and one text are of one place, since `scramble` is one to one.
 */
const SLOT = 4;
const START = 1;
const SIZE = 2;
const HEAD = 3;

const ENCODER = new TextEncoder();

/** At most two thirds of the slots are taken. */
const FULL = 2 / 3;

/**
 * Slots that are tried for a path. Ordinary paths need two or three; paths made to have one hash are kept in a `Map`
 * beyond this, whose hash nobody can foresee.
 */
const MOST_PROBES = 128;

/** No home at all. */
const NOWHERE = 2 ** 31 - 1;

/**
 * The exact paths of all hosts, by place (the index of a host, or of several that are alike) and comparable path, to
 * heads of rule chains: one hash table in typed columns over the bytes that the rules were read from. A lookup touches
 * one slot and the path itself; a million paths take 40 bytes each beyond their text.
 */
export class ExactPaths {
  private readonly rules: RuleTable;
  private readonly bytes: Uint8Array;
  private readonly traits: Uint16Array;
  /** What `callAhead` was answered: nothing looks at it, but what is not kept would not be asked for. */
  private readonly called = new Uint32Array(1);
  /** A path that is looked up, as bytes: these are compared several times faster than a text's characters. */
  private scratch = new Uint8Array(0);
  /** The length of the longest path that was filed. */
  private longest = 0;
  /** Paths that are nowhere among the bytes: an entry's start is then their place here, negative and less one. */
  private readonly own: string[] = [];
  /** Home of each path that too many others crowd out of the slots, by place and text; its numbers stand in `aside`. */
  private readonly crowded = new Map<string, number>();
  private readonly aside: number[] = [];
  private count = 0;
  /** The upper bits of place and hash say which slot, and how many these are. */
  private bits: number;
  /** A slot without a size is empty. Sixteen bytes: none lies across two lines of the processor's cache. */
  private slots: Int32Array<ArrayBuffer>;
  /** By entry, which is the order of filing: its place and its home, a slot or, negative and less one, one aside. */
  private places: Uint32Array<ArrayBuffer>;
  private homes: Int32Array<ArrayBuffer>;
  /** Entries with a capital letter: of two paths that differ by case, one has. */
  private readonly capitals: number[] = [];
  private ordered: EntriesByPlace | undefined = undefined;

  /** @param traits of the rules, which whoever looks up a path wants next */
  constructor(rules: RuleTable, traits: Uint16Array) {
    this.rules = rules;
    this.bytes = rules.bytes;
    this.traits = traits;
    const expected = rules.length;
    const capacity = Math.max(expected, 4);
    this.places = new Uint32Array(capacity);
    this.homes = new Int32Array(capacity);
    this.bits = Math.max(4, Math.ceil(Math.log2(expected / FULL + 1)));
    this.slots = new Int32Array(SLOT << this.bits);
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
    const home = this.findText(place, path);
    return home === NOWHERE ? undefined : this.read(home, HEAD);
  }

  /**
   * The home of a path that lies in the bytes, made where it is missing; it holds until the next path is entered. Its
   * hash is that of `hashText`.
   */
  enter(place: number, start: number, end: number, hash: number, hasCapital: boolean): number {
    const found = this.find(place, this.bytes, start, end, hash);
    return found === NOWHERE ? this.add(place, start, end - start, hash, hasCapital) : found;
  }

  /** The same for a path whose text is nowhere else. */
  enterText(place: number, path: string): number {
    const found = this.findText(place, path);
    if (found !== NOWHERE) return found;
    return this.add(place, -this.own.push(path), path.length, hashText(path), /[A-Z]/.test(path));
  }

  headAt(home: number): number {
    return this.read(home, HEAD);
  }

  setHead(home: number, head: number): void {
    if (home < 0) this.aside[(-home - 1) * SLOT + HEAD] = head;
    else this.slots[home * SLOT + HEAD] = head;
  }

  /** The paths of a place with their heads, in the order in which they were filed. */
  *of(place: number): Generator<readonly [string, number]> {
    if (this.ordered?.count !== this.count) this.ordered = entriesByPlace(this.count, (entry) => this.placeOf(entry));
    const { starts, order } = this.ordered;
    const end = starts[place + 1] ?? 0;
    for (let at = starts[place] ?? 0; at < end; at++) {
      const entry = order[at] ?? 0;
      yield [this.pathOf(entry), this.read(this.homeOf(entry), HEAD)];
    }
  }

  /** Each path that differs by case alone from an earlier one, with the first of those. */
  twins(): PathTwins[] {
    const groups = new Map<string, number[]>();
    /** By the home of the path that has no capital letter at all, where there is one. */
    const withSmall = new Map<number, number[]>();
    for (const entry of this.capitals) {
      const place = this.placeOf(entry);
      const folded = foldCase(this.pathOf(entry));
      const key = keyOf(place, folded);
      const group = groups.get(key);
      if (group !== undefined) {
        group.push(entry);
        continue;
      }
      const begun = [entry];
      groups.set(key, begun);
      const small = this.findText(place, folded);
      if (small !== NOWHERE) withSmall.set(small, begun);
    }
    if (withSmall.size > 0)
      for (let entry = 0; entry < this.count; entry++) withSmall.get(this.homeOf(entry))?.push(entry);
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
    return this.places[entry] ?? 0;
  }

  private homeOf(entry: number): number {
    return this.homes[entry] ?? NOWHERE;
  }

  private read(home: number, field: number): number {
    return (home < 0 ? this.aside[(-home - 1) * SLOT + field] : this.slots[home * SLOT + field]) ?? 0;
  }

  private pathOf(entry: number): string {
    const home = this.homeOf(entry);
    const start = this.read(home, START);
    if (start < 0) return this.own[-start - 1] ?? '';
    return latin1(this.bytes, start, start + this.read(home, SIZE));
  }

  private findText(place: number, path: string): number {
    if (path.length > this.longest) return NOWHERE;
    if (this.scratch.length < this.longest) this.scratch = new Uint8Array(this.longest);
    ENCODER.encodeInto(path, this.scratch);
    return this.find(place, this.scratch, 0, path.length, hashBytes(this.scratch, 0, path.length));
  }

  /** @param text where the path stands from `start` to `end` */
  private find(place: number, text: Uint8Array, start: number, end: number, hash: number): number {
    const { slots, bits } = this;
    const last = (1 << bits) - 1;
    const key = scramble(hash, place);
    let slot = key >>> (32 - bits);
    for (let probe = 0; probe < MOST_PROBES; probe++, slot = (slot + 1) & last) {
      const at = slot * SLOT;
      const size = slots[at + SIZE] ?? 0;
      if (size === 0) return NOWHERE;
      if (slots[at] !== key || size !== end - start) continue;
      this.callAhead(slots[at + HEAD] ?? NONE);
      if (this.isSame(slots[at + START] ?? 0, text, start, end)) return slot;
    }
    return this.crowded.get(keyOf(place, latin1(text, start, end))) ?? NOWHERE;
  }

  /**
   * Asks memory for what is wanted of a rule when its path is found. The processor then waits for these and for the
   * path's text at once; read one after another, they would take a fifth longer.
   */
  private callAhead(head: number): void {
    if (head >= NONE) return;
    const rule = loneRule(head);
    this.called[0] = (this.traits[rule] ?? 0) ^ this.rules.toStart(rule);
  }

  private isSame(known: number, text: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this;
    if (known < 0) return this.own[-known - 1] === latin1(text, start, end);
    const apart = known - start;
    // From the end, where paths differ most.
    for (let at = end - 1; at >= start; at--) if (bytes[at + apart] !== text[at]) return false;
    return true;
  }

  private add(place: number, start: number, size: number, hash: number, hasCapital: boolean): number {
    const entry = this.count++;
    if (size > this.longest) this.longest = size;
    if (entry >= this.places.length) this.growEntries();
    if (this.count > FULL * (1 << this.bits)) this.growSlots();
    if (hasCapital) this.capitals.push(entry);
    this.places[entry] = place;
    return this.fill(entry, scramble(hash, place), start, size, NONE);
  }

  private fill(entry: number, key: number, start: number, size: number, head: number): number {
    const home = this.freeSlot(key) ?? -(this.aside.length / SLOT) - 1;
    this.homes[entry] = home;
    if (home < 0) {
      this.aside.push(key, start, size, head);
      this.crowded.set(keyOf(this.placeOf(entry), this.pathOf(entry)), home);
      return home;
    }
    const { slots } = this;
    const at = home * SLOT;
    slots[at] = key;
    slots[at + START] = start;
    slots[at + SIZE] = size;
    slots[at + HEAD] = head;
    return home;
  }

  private freeSlot(key: number): number | undefined {
    const { slots, bits } = this;
    const last = (1 << bits) - 1;
    let slot = key >>> (32 - bits);
    for (let probe = 0; probe < MOST_PROBES; probe++, slot = (slot + 1) & last) {
      if (slots[slot * SLOT + SIZE] === 0) return slot;
    }
    return undefined;
  }

  private growEntries(): void {
    const { places, homes } = this;
    this.places = new Uint32Array(places.length * 2);
    this.homes = new Int32Array(places.length * 2);
    this.places.set(places);
    this.homes.set(homes);
  }

  /** Files every entry but the last, which has no home yet, anew. */
  private growSlots(): void {
    const { slots, aside } = this;
    const kept = aside.splice(0);
    this.bits++;
    this.slots = new Int32Array(slots.length * 2);
    this.crowded.clear();
    for (let entry = 0; entry < this.count - 1; entry++) {
      const home = this.homeOf(entry);
      const [from, at] = home < 0 ? [kept, (-home - 1) * SLOT] : [slots, home * SLOT];
      this.fill(entry, from[at] ?? 0, from[at + START] ?? 0, from[at + SIZE] ?? 0, from[at + HEAD] ?? 0);
    }
  }
}

function latin1({ buffer, byteOffset }: Uint8Array, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + start, end - start).toString('latin1');
}

function keyOf(place: number, path: string): string {
  return `${place} ${path}`;
}
