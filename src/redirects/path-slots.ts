import { loneRule, NONE } from './heads.ts';
import type { RuleTable } from './rule-table.ts';

/**
 * What a slot holds: a key, where the path starts (up to four gigabytes on), how long it is, and the head of its chain
 * of rules. A path that is nowhere among the bytes has a negative length, and starts at its place in `own`.
 */
const SLOT = 4;
const START = 1;
const SIZE = 2;
const HEAD = 3;

/** At most two thirds of the slots are taken. */
const FULL = 2 / 3;

/**
 * Slots that are tried for a path. Ordinary paths need two or three; paths made to have one hash are kept in a `Map`
 * beyond this, whose hash nobody can foresee.
 */
const MOST_PROBES = 128;

/** No home at all. */
export const NOWHERE = 2 ** 31 - 1;

/**
 * A hash table in typed columns from keys and paths to heads of rule chains, over the bytes that the rules were read
 * from. A key is 32 bits, made so that two equal paths with one key are the same path of the same place. Where a path
 * lives is its home, and holds until the next path is added: a slot or, negative and less one, a number aside.
 */
export class PathSlots {
  private readonly rules: RuleTable;
  private readonly bytes: Uint8Array;
  private readonly traits: Uint16Array;
  /** What `callAhead` was answered: nothing looks at it, but what is not kept would not be asked for. */
  private readonly called = new Uint32Array(1);
  private readonly own: string[] = [];
  /** Home of each path that too many others crowd out of the slots, by key and text; its numbers stand in `aside`. */
  private readonly crowded = new Map<string, number>();
  private readonly aside: number[] = [];
  private added = 0;
  /** The upper bits of a key say which slot, and how many these are. */
  private bits: number;
  /** A slot without a size is empty. Sixteen bytes: none lies across two lines of the processor's cache. */
  private slots: Int32Array<ArrayBuffer>;
  /** In the order of adding. */
  private homes: Int32Array<ArrayBuffer>;

  /** @param traits of the rules, which whoever looks up a path wants next */
  constructor(rules: RuleTable, traits: Uint16Array) {
    this.rules = rules;
    this.bytes = rules.bytes;
    this.traits = traits;
    this.homes = new Int32Array(Math.max(rules.length, 4));
    this.bits = Math.max(4, Math.ceil(Math.log2(rules.length / FULL + 1)));
    this.slots = new Int32Array(SLOT << this.bits);
  }

  get count(): number {
    return this.added;
  }

  /** How many paths are kept aside because too many others have their hash. */
  get crowdedCount(): number {
    return this.crowded.size;
  }

  /** Of the path that was added as the nth, from zero. */
  homeOf(nth: number): number {
    return this.homes[nth] ?? NOWHERE;
  }

  headAt(home: number): number {
    return this.read(home, HEAD);
  }

  setHead(home: number, head: number): void {
    if (home < 0) this.aside[(-home - 1) * SLOT + HEAD] = head;
    else this.slots[home * SLOT + HEAD] = head;
  }

  pathAt(home: number): string {
    const start = this.read(home, START) >>> 0;
    const size = this.read(home, SIZE);
    return size < 0 ? (this.own[start] ?? '') : this.rules.text(start, start + size);
  }

  /** @param text where the path stands from `start` to `end` */
  find(key: number, text: Uint8Array, start: number, end: number): number {
    const { slots, bits } = this;
    const last = (1 << bits) - 1;
    let slot = key >>> (32 - bits);
    for (let probe = 0; probe < MOST_PROBES; probe++, slot = (slot + 1) & last) {
      const at = slot * SLOT;
      const size = slots[at + SIZE] ?? 0;
      if (size === 0) return NOWHERE;
      if (slots[at] !== key) continue;
      this.callAhead(slots[at + HEAD] ?? NONE);
      const known = (slots[at + START] ?? 0) >>> 0;
      if (size === end - start ? this.isSame(known, text, start, end) : this.isOwn(known, size, text, start, end))
        return slot;
    }
    return this.crowded.get(crowdedKey(key, latin1(text, start, end))) ?? NOWHERE;
  }

  /** Adds a path that lies in the bytes and is not there yet. */
  add(key: number, start: number, end: number): number {
    return this.append(key, start, end - start);
  }

  addText(key: number, path: string): number {
    return this.append(key, this.own.push(path) - 1, -path.length);
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
    const apart = known - start;
    // From the end, where paths differ most.
    for (let at = end - 1; at >= start; at--) if (bytes[at + apart] !== text[at]) return false;
    return true;
  }

  private isOwn(known: number, size: number, text: Uint8Array, start: number, end: number): boolean {
    return size === start - end && this.own[known] === latin1(text, start, end);
  }

  private read(home: number, field: number): number {
    return (home < 0 ? this.aside[(-home - 1) * SLOT + field] : this.slots[home * SLOT + field]) ?? 0;
  }

  private append(key: number, start: number, size: number): number {
    if (this.added >= this.homes.length) this.growHomes();
    if (this.added + 1 > FULL * (1 << this.bits)) this.growSlots();
    return this.fill(this.added++, key, start, size, NONE);
  }

  private fill(nth: number, key: number, start: number, size: number, head: number): number {
    const home = this.freeSlot(key) ?? -(this.aside.length / SLOT) - 1;
    this.homes[nth] = home;
    if (home < 0) {
      this.aside.push(key, start, size, head);
      this.crowded.set(crowdedKey(key, this.pathAt(home)), home);
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

  private growHomes(): void {
    const { homes } = this;
    this.homes = new Int32Array(homes.length * 2);
    this.homes.set(homes);
  }

  private growSlots(): void {
    const { slots } = this;
    const aside = this.aside.splice(0);
    this.bits++;
    this.slots = new Int32Array(slots.length * 2);
    this.crowded.clear();
    for (let nth = 0; nth < this.added; nth++) {
      const home = this.homeOf(nth);
      const [from, at] = home < 0 ? [aside, (-home - 1) * SLOT] : [slots, home * SLOT];
      this.fill(nth, from[at] ?? 0, from[at + START] ?? 0, from[at + SIZE] ?? 0, from[at + HEAD] ?? 0);
    }
  }
}

function latin1({ buffer, byteOffset }: Uint8Array, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + start, end - start).toString('latin1');
}

function crowdedKey(key: number, path: string): string {
  return `${key} ${path}`;
}
