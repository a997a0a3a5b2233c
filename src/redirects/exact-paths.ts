import { foldCase } from './characters.ts';
import { type EntriesByPlace, entriesByPlace } from './entries-by-place.ts';
import { hashBytes, hashText, scramble } from './hash.ts';
import { NOWHERE, PathSlots } from './path-slots.ts';
import type { RuleTable } from './rule-table.ts';

/** Two paths of one place that differ by nothing but the case of their letters. */
export interface PathTwins {
  readonly place: number;
  readonly first: string;
  readonly second: string;
}

const ENCODER = new TextEncoder();

/**
 * The exact paths of all hosts, by place (the index of a host, or of several that are alike) and comparable path, to
 * heads of rule chains. A lookup touches one slot and the path itself; a million paths take 40 bytes each beyond their
 * text.
 */
export class ExactPaths {
  private readonly bytes: Uint8Array;
  private readonly slots: PathSlots;
  /** A path that is looked up, as bytes: these are compared several times faster than a text's characters. */
  private scratch = new Uint8Array(0);
  /** The length of the longest path that was filed. */
  private longest = 0;
  /** By entry, which is the order of filing. */
  private places: Uint32Array<ArrayBuffer>;
  /** Entries with a capital letter: of two paths that differ by case, one has. */
  private readonly capitals: number[] = [];
  private ordered: EntriesByPlace | undefined = undefined;

  /** @param traits of the rules, which whoever looks up a path wants next */
  constructor(rules: RuleTable, traits: Uint16Array) {
    this.bytes = rules.bytes;
    this.slots = new PathSlots(rules, traits);
    this.places = new Uint32Array(Math.max(rules.length, 4));
  }

  get size(): number {
    return this.slots.count;
  }

  /** How many paths are kept aside because too many others have their hash. */
  get crowdedSize(): number {
    return this.slots.crowdedCount;
  }

  /** The head filed under a canonical path, which is ASCII, or undefined. */
  get(place: number, path: string): number | undefined {
    const home = this.findText(place, path);
    return home === NOWHERE ? undefined : this.slots.headAt(home);
  }

  /** The same for a path that stands in bytes; its hash is that of `hashBytes`. */
  at(place: number, bytes: Uint8Array, start: number, end: number, hash: number): number | undefined {
    const home = this.slots.find(scramble(hash, place), bytes, start, end);
    return home === NOWHERE ? undefined : this.slots.headAt(home);
  }

  /**
   * The home of a path that lies in the bytes, made where it is missing; it holds until the next path is entered. Its
   * hash is that of `hashText`.
   */
  enter(place: number, start: number, end: number, hash: number, hasCapital: boolean): number {
    const key = scramble(hash, place);
    const found = this.slots.find(key, this.bytes, start, end);
    if (found !== NOWHERE) return found;
    this.note(place, end - start, hasCapital);
    return this.slots.add(key, start, end);
  }

  /** The same for a path whose text is nowhere else. */
  enterText(place: number, path: string): number {
    const found = this.findText(place, path);
    if (found !== NOWHERE) return found;
    this.note(place, path.length, /[A-Z]/.test(path));
    return this.slots.addText(scramble(hashText(path), place), path);
  }

  headAt(home: number): number {
    return this.slots.headAt(home);
  }

  setHead(home: number, head: number): void {
    this.slots.setHead(home, head);
  }

  /** The paths of a place with their heads, in the order in which they were filed. */
  *of(place: number): Generator<readonly [string, number]> {
    if (this.ordered?.count !== this.size) this.ordered = entriesByPlace(this.size, (entry) => this.placeOf(entry));
    const { starts, order } = this.ordered;
    const end = starts[place + 1] ?? 0;
    for (let at = starts[place] ?? 0; at < end; at++) {
      const entry = order[at] ?? 0;
      const home = this.slots.homeOf(entry);
      yield [this.slots.pathAt(home), this.slots.headAt(home)];
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
      const key = `${place} ${folded}`;
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
      for (let entry = 0; entry < this.size; entry++) withSmall.get(this.slots.homeOf(entry))?.push(entry);
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

  private pathOf(entry: number): string {
    return this.slots.pathAt(this.slots.homeOf(entry));
  }

  private findText(place: number, path: string): number {
    const size = path.length;
    if (size > this.longest) return NOWHERE;
    if (this.scratch.length < this.longest) this.scratch = new Uint8Array(this.longest);
    ENCODER.encodeInto(path, this.scratch);
    return this.slots.find(scramble(hashBytes(this.scratch, 0, size), place), this.scratch, 0, size);
  }

  private note(place: number, size: number, hasCapital: boolean): void {
    const entry = this.size;
    if (size > this.longest) this.longest = size;
    if (entry >= this.places.length) this.growPlaces();
    this.places[entry] = place;
    if (hasCapital) this.capitals.push(entry);
  }

  private growPlaces(): void {
    const { places } = this;
    this.places = new Uint32Array(places.length * 2);
    this.places.set(places);
  }
}
