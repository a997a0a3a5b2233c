import { HASH_PRIME, HASH_START, hashText } from './hash.ts';
import type { RuleTable } from './rule-table.ts';
import { FLAG } from './traits.ts';

const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;

/** Beside the number of an origin: what `hasOddPath` says. */
const ODD = 2 ** 31;

/** A capital letter or an empty segment in the path of a target. */
const ODD_PATH = /^(?:[a-z]+:\/\/[^/?#]*)?[^?#]*?(?:[A-Z]|\/\/)/;

/**
 * Where rules lead, as canonical text. Most targets are canonical as they were written and stay among the rules' bytes;
 * the others are kept aside.
 */
export class Targets {
  readonly length: number;
  private readonly table: RuleTable;
  private readonly traits: Uint16Array;
  private readonly others = new Map<number, string>();
  /** By rule: an origin's place in `origins`. */
  private readonly originIds: Uint32Array;
  private readonly idsOfOrigins = new Map<string, number>([['', 0]]);
  /** Every origin that targets have, each once; the first is empty, and that of targets on the visitor's own host. */
  readonly origins: string[] = [''];

  constructor(table: RuleTable, traits: Uint16Array) {
    this.length = table.length;
    this.table = table;
    this.traits = traits;
    this.originIds = new Uint32Array(table.length);
  }

  /** The number by which rules refer to an origin, such as `https://www.mi.com`. */
  originId(origin: string): number {
    const known = this.idsOfOrigins.get(origin);
    if (known !== undefined) return known;
    const id = this.origins.push(origin) - 1;
    this.idsOfOrigins.set(origin, id);
    return id;
  }

  /** A packed rule's target, canonical as it stands. */
  setPacked(index: number, origin: number, isOdd: boolean): void {
    this.traits[index] = (this.traits[index] ?? 0) | FLAG.target;
    if (origin !== 0 || isOdd) this.originIds[index] = isOdd ? origin | ODD : origin;
  }

  set(index: number, text: string): void {
    const slash = text.indexOf('/', 8);
    this.setPacked(
      index,
      this.originId(text.startsWith('/') ? '' : slash < 0 ? text : text.slice(0, slash)),
      ODD_PATH.test(text),
    );
    this.others.set(index, text);
  }

  has(index: number): boolean {
    return ((this.traits[index] ?? 0) & FLAG.target) !== 0;
  }

  /** Undefined for a 410, and for a rule that cannot be used. */
  at(index: number): string | undefined {
    if (!this.has(index)) return undefined;
    const other = this.others.size === 0 ? undefined : this.others.get(index);
    return other ?? this.table.text(this.table.toStart(index), this.table.toEnd(index));
  }

  /** Where in `origins` the origin of a target stands. */
  originOf(index: number): number {
    return (this.originIds[index] ?? 0) & ~ODD;
  }

  /** Whether a target may have a capital letter or an empty segment in its path: most have none, and need no look. */
  hasOddPath(index: number): boolean {
    return ((this.originIds[index] ?? 0) & ODD) !== 0;
  }

  /** A hash of the last characters of a target, whatever their case; equal targets have equal ones. */
  hashOfEnd(index: number, most: number): number {
    const other = this.others.size === 0 ? undefined : this.others.get(index);
    if (other !== undefined) return hashText(other.slice(-most).toLowerCase());
    const { bytes } = this.table;
    const end = this.table.toEnd(index);
    let hash = HASH_START;
    for (let at = Math.max(this.table.toStart(index), end - most); at < end; at++) {
      const byte = bytes[at] ?? 0;
      hash = Math.imul(hash ^ (byte >= CAPITAL_A && byte <= CAPITAL_Z ? byte | 0x20 : byte), HASH_PRIME);
    }
    return hash;
  }

  *[Symbol.iterator](): Generator<string | undefined> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}
