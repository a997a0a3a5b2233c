import { spread } from '../hash.ts';

/** Keys that were tried in vain in one place, after which what is there is looked up by its text. */
const MOST_TRIES = 128;

/** What is to be found: its hash, whether it is what stands at an index, and a text that is the same for nothing else. */
export interface Sought {
  readonly hash: number;
  readonly is: (index: number) => boolean;
  readonly text: () => string;
}

/**
 * Where each of many things stands in a list, found by hash in a few numbers each: a map of their texts would take many
 * times what they do. A thing may stand there more than once. Hashes are no secret: where many collide, however that came
 * about, they are told apart by their texts.
 */
export class PlacesByHash {
  private readonly textAt: (index: number) => string;
  private readonly bits: number;
  /** By hash: one more than the index that was added last. */
  private readonly heads: Int32Array;
  /** By index: one more than the index that was added before it under the same hash. */
  private readonly next: Int32Array;
  /** By hash: the indexes of each text. */
  private readonly crowded = new Map<number, Map<string, number[]>>();

  /**
   * @param length of the list
   * @param textAt a text that is the same only for what is the same
   */
  constructor(length: number, textAt: (index: number) => string) {
    this.textAt = textAt;
    this.bits = Math.max(1, Math.ceil(Math.log2(length)));
    this.heads = new Int32Array(2 ** this.bits);
    this.next = new Int32Array(length);
  }

  /** Nothing is added once something was taken. */
  add(hash: number, index: number): void {
    const place = spread(hash, this.bits);
    this.next[index] = this.heads[place] ?? 0;
    this.heads[place] = index + 1;
  }

  /** Takes out the one that was added last; undefined where there is none. */
  take({ hash, is, text }: Sought): number | undefined {
    const place = spread(hash, this.bits);
    const known = this.crowded.get(place);
    if (known !== undefined) return known.get(text())?.pop();
    let before = -1;
    let tries = 0;
    for (let at = this.head(place); at >= 0; at = this.after(at)) {
      if (is(at)) {
        this.takeOut(place, before, at);
        return at;
      }
      before = at;
      tries += 1;
      if (tries === MOST_TRIES) return this.crowd(place).get(text())?.pop();
    }
    return undefined;
  }

  /** What was never taken, in ascending order. */
  rest(): number[] {
    const rest: number[] = [];
    for (let place = 0; place < this.heads.length; place++)
      for (let at = this.head(place); at >= 0; at = this.after(at)) rest.push(at);
    for (const byText of this.crowded.values())
      for (const indexes of byText.values()) for (const index of indexes) rest.push(index);
    return rest.sort((a, b) => a - b);
  }

  private head(place: number): number {
    return (this.heads[place] ?? 0) - 1;
  }

  private after(index: number): number {
    return (this.next[index] ?? 0) - 1;
  }

  private takeOut(place: number, before: number, at: number): void {
    const after = this.next[at] ?? 0;
    if (before < 0) this.heads[place] = after;
    else this.next[before] = after;
  }

  private crowd(place: number): Map<string, number[]> {
    const byText = new Map<string, number[]>();
    const added: number[] = [];
    for (let at = this.head(place); at >= 0; at = this.after(at)) added.push(at);
    for (const index of added.reverse()) {
      const text = this.textAt(index);
      const indexes = byText.get(text);
      if (indexes === undefined) byText.set(text, [index]);
      else indexes.push(index);
    }
    this.heads[place] = 0;
    this.crowded.set(place, byText);
    return byText;
  }
}
