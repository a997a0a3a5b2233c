/** Two paths of one host that differ by nothing but the case of their letters. */
export interface PathTwins {
  readonly first: string;
  readonly second: string;
}

const FIRST_SLOTS = 16;

/**
 * Comparable paths to heads of rule chains: a hash table in typed columns. A `Map` would take twice the memory, and
 * twice the time to fill, at a million paths. The hash leaves the case of letters aside, so that paths which differ by
 * case alone meet while the table is filled.
 */
export class ExactPaths {
  /** Each entry's path is the end of its text: a rule's `from` is kept anyway, and a path of its own costs 32 bytes. */
  private readonly texts: string[] = [];
  private readonly twins: number[] = [];
  /** By entry: where in its text the path starts, and the head. Together, since a lookup needs both. */
  private entries = new Int32Array(FIRST_SLOTS * 2);
  /** By slot: entry plus one (zero is an empty slot), and the hash. At most half of the slots are taken. */
  private slots = new Int32Array(FIRST_SLOTS * 4);

  get size(): number {
    return this.texts.length;
  }

  /** The head filed under a path, or undefined. */
  get(path: string): number | undefined {
    const entry = this.find(path, hashOf(path), false);
    return entry < 0 ? undefined : this.entries[entry * 2 + 1];
  }

  /**
   * The place of a path, made where it is missing; its head is -1 then.
   *
   * @param whole a text that ends in the path and is kept elsewhere
   */
  place(path: string, whole: string): number {
    const hash = hashOf(path);
    const found = this.find(path, hash, true);
    if (found >= 0) return found;
    const isEnd = whole.slice(-path.length) === path;
    const entry = this.texts.push(isEnd ? whole : path) - 1;
    if (entry * 2 >= this.entries.length) this.grow();
    this.entries[entry * 2] = isEnd ? whole.length - path.length : 0;
    this.entries[entry * 2 + 1] = -1;
    this.fill(entry, hash);
    return entry;
  }

  headAt(place: number): number {
    return this.entries[place * 2 + 1] ?? -1;
  }

  setHead(place: number, head: number): void {
    this.entries[place * 2 + 1] = head;
  }

  /** In the order in which the paths were filed. */
  *[Symbol.iterator](): Generator<readonly [string, number]> {
    for (let entry = 0; entry < this.texts.length; entry++) yield [this.pathOf(entry), this.headAt(entry)];
  }

  /** Each path that may be a twin of an earlier one: their hashes agree. */
  *likelyTwins(): Generator<PathTwins> {
    for (let at = 0; at < this.twins.length; at += 2) {
      yield { first: this.pathOf(this.twins[at] ?? 0), second: this.pathOf(this.twins[at + 1] ?? 0) };
    }
  }

  private find(path: string, hash: number, filing: boolean): number {
    const { slots, texts } = this;
    const mask = slots.length - 2;
    let alike = -1;
    for (let slot = slotOf(hash, mask); ; slot = (slot + 2) & mask) {
      const entry = (slots[slot] ?? 0) - 1;
      if (entry < 0) break;
      if (slots[slot + 1] !== hash) continue;
      // Not `endsWith`: that compares character by character, and equality does not.
      if ((texts[entry] ?? '').slice(this.entries[entry * 2]) === path) return entry;
      if (alike < 0) alike = entry;
    }
    if (filing && alike >= 0) this.twins.push(alike, texts.length);
    return -1;
  }

  private pathOf(entry: number): string {
    return (this.texts[entry] ?? '').slice(this.entries[entry * 2]);
  }

  private fill(entry: number, hash: number): void {
    const mask = this.slots.length - 2;
    let slot = slotOf(hash, mask);
    while (this.slots[slot] !== 0) slot = (slot + 2) & mask;
    this.slots[slot] = entry + 1;
    this.slots[slot + 1] = hash;
  }

  private grow(): void {
    const { slots } = this;
    const entries = new Int32Array(this.entries.length * 2);
    entries.set(this.entries);
    this.entries = entries;
    this.slots = new Int32Array(slots.length * 2);
    const inOrder = new Int32Array(this.texts.length);
    for (let slot = 0; slot < slots.length; slot += 2) {
      const entry = (slots[slot] ?? 0) - 1;
      if (entry >= 0) inOrder[entry] = slots[slot + 1] ?? 0;
    }
    // In the order in which they came, so that of several twins the first is met first.
    for (let entry = 0; entry < this.texts.length - 1; entry++) this.fill(entry, inOrder[entry] ?? 0);
  }
}

/** FNV-1a over the characters with the bit of ASCII case set. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ (text.charCodeAt(index) | 32), 0x01000193);
  return hash;
}

/** FNV mixes its low bits badly. Slots are even. */
function slotOf(hash: number, mask: number): number {
  return (Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 8) & mask;
}
