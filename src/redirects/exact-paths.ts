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
  private starts = new Uint16Array(FIRST_SLOTS);
  private readonly twins: number[] = [];
  private hashes = new Int32Array(FIRST_SLOTS);
  private heads = new Int32Array(FIRST_SLOTS);
  /** Entry plus one by slot; zero is an empty slot. At most half of them are taken. */
  private slots = new Int32Array(FIRST_SLOTS * 2);

  get size(): number {
    return this.texts.length;
  }

  /** The head filed under a path, or undefined. */
  get(path: string): number | undefined {
    const entry = this.find(path, hashOf(path), false);
    return entry < 0 ? undefined : this.heads[entry];
  }

  /**
   * The place of a path, made where it is missing; its head is -1 then.
   *
   * @param whole a text that ends in the path and is kept elsewhere; of at most 65,535 characters
   */
  place(path: string, whole: string): number {
    const hash = hashOf(path);
    const found = this.find(path, hash, true);
    if (found >= 0) return found;
    const isEnd = whole.length < 65_536 && whole.endsWith(path);
    const entry = this.texts.push(isEnd ? whole : path) - 1;
    if (entry >= this.heads.length) this.grow();
    this.starts[entry] = isEnd ? whole.length - path.length : 0;
    this.hashes[entry] = hash;
    this.heads[entry] = -1;
    this.fill(entry, hash);
    return entry;
  }

  headAt(place: number): number {
    return this.heads[place] ?? -1;
  }

  setHead(place: number, head: number): void {
    this.heads[place] = head;
  }

  /** In the order in which the paths were filed. */
  *[Symbol.iterator](): Generator<readonly [string, number]> {
    for (let entry = 0; entry < this.texts.length; entry++) yield [this.pathOf(entry), this.heads[entry] ?? -1];
  }

  /** Each path that may be a twin of an earlier one: their hashes agree. */
  *likelyTwins(): Generator<PathTwins> {
    for (let at = 0; at < this.twins.length; at += 2) {
      yield { first: this.pathOf(this.twins[at] ?? 0), second: this.pathOf(this.twins[at + 1] ?? 0) };
    }
  }

  private find(path: string, hash: number, filing: boolean): number {
    const { slots, hashes, starts, texts } = this;
    const mask = slots.length - 1;
    let alike = -1;
    for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
      const entry = (slots[slot] ?? 0) - 1;
      if (entry < 0) break;
      if (hashes[entry] !== hash) continue;
      const text = texts[entry] ?? '';
      if (text.length - (starts[entry] ?? 0) === path.length && text.endsWith(path)) return entry;
      if (alike < 0) alike = entry;
    }
    if (filing && alike >= 0) this.twins.push(alike, texts.length);
    return -1;
  }

  private pathOf(entry: number): string {
    return (this.texts[entry] ?? '').slice(this.starts[entry]);
  }

  private fill(entry: number, hash: number): void {
    const mask = this.slots.length - 1;
    let slot = slotOf(hash, mask);
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = entry + 1;
  }

  private grow(): void {
    const size = this.heads.length * 2;
    this.hashes = widened(this.hashes, size);
    this.heads = widened(this.heads, size);
    const starts = new Uint16Array(size);
    starts.set(this.starts);
    this.starts = starts;
    this.slots = new Int32Array(size * 2);
    for (let entry = 0; entry < this.texts.length - 1; entry++) this.fill(entry, this.hashes[entry] ?? 0);
  }
}

function widened(column: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(size);
  wide.set(column);
  return wide;
}

/** FNV-1a over the characters with the bit of ASCII case set. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ (text.charCodeAt(index) | 32), 0x01000193);
  return hash;
}

/** FNV mixes its low bits badly. */
function slotOf(hash: number, mask: number): number {
  return (Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 8) & mask;
}
