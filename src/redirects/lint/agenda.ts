/** What has to be looked at again, and when; the earliest instant comes first. */
export class Agenda<T> {
  private readonly entries = new Map<number, Set<T>>();
  /** The instants as a binary heap: there may be one for every rule. */
  private readonly heap: number[] = [];
  private passed = Number.NEGATIVE_INFINITY;
  private count = 0;

  /** How many instants are left. */
  get size(): number {
    return this.entries.size;
  }

  /** How many things wait, each counted at each of its instants. */
  get waiting(): number {
    return this.count;
  }

  /** @param instants epoch milliseconds; what is past or under way is left aside */
  add(item: T, instants: readonly number[]): void {
    for (const instant of instants) {
      if (instant <= this.passed) continue;
      let items = this.entries.get(instant);
      if (items === undefined) {
        items = new Set();
        this.entries.set(instant, items);
        this.push(instant);
      }
      if (!items.has(item)) this.count++;
      items.add(item);
    }
  }

  next(): { readonly at: number; readonly items: readonly T[] } | undefined {
    const at = this.pop();
    const items = at === undefined ? undefined : this.entries.get(at);
    if (at === undefined || items === undefined) return undefined;
    this.entries.delete(at);
    this.count -= items.size;
    this.passed = at;
    return { at, items: [...items] };
  }

  private push(instant: number): void {
    const { heap } = this;
    let place = heap.push(instant) - 1;
    for (let parent = (place - 1) >> 1; place > 0 && (heap[parent] ?? 0) > instant; parent = (place - 1) >> 1) {
      heap[place] = heap[parent] ?? 0;
      place = parent;
    }
    heap[place] = instant;
  }

  private pop(): number | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= heap.length) break;
      if ((heap[child + 1] ?? Number.POSITIVE_INFINITY) < (heap[child] ?? 0)) child++;
      if ((heap[child] ?? 0) >= last) break;
      heap[place] = heap[child] ?? 0;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}
