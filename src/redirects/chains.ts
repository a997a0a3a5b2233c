import { compareRank, type QueryBuckets, type RankColumns } from './compiled.ts';
import type { RedirectRule } from './rule.ts';

/** From this many rules for one path on, they are filed by query condition instead of tried one by one. */
const BUCKETS_FROM = 9;

/** Linked lists in two growing columns: rules that share one place of an index. */
export class Chains {
  /** Typed, and large enough at once: a growing array leaves twice its size behind. */
  private rules: Int32Array<ArrayBuffer>;
  private next: Int32Array<ArrayBuffer>;
  private length = 0;
  /** Heads of chains of more than one rule. */
  readonly shared: Set<number> = new Set();

  /** @param expected how many entries there will be, most likely */
  constructor(expected: number) {
    this.rules = new Int32Array(Math.max(expected, 16));
    this.next = new Int32Array(this.rules.length);
  }

  /** Adds a rule behind `head` and returns the head of the chain, a new one where `head` is negative. */
  add(head: number, rule: number): number {
    const entry = this.length++;
    if (entry >= this.rules.length) this.grow();
    this.rules[entry] = rule;
    if (head < 0) {
      this.next[entry] = -1;
      return entry;
    }
    this.next[entry] = this.next[head] ?? -1;
    this.next[head] = entry;
    this.shared.add(head);
    return head;
  }

  /** The columns as far as they are filled. */
  columns(): { readonly entryRules: Int32Array; readonly entryNext: Int32Array } {
    return { entryRules: this.rules.subarray(0, this.length), entryNext: this.next.subarray(0, this.length) };
  }

  private grow(): void {
    const rules = new Int32Array(this.rules.length * 2);
    const next = new Int32Array(this.rules.length * 2);
    rules.set(this.rules);
    next.set(this.next);
    this.rules = rules;
    this.next = next;
  }

  /** Orders each chain best first and files the long ones by query. The heads stay what they are. */
  finish(columns: RankColumns, rules: readonly RedirectRule[]): ReadonlyMap<number, QueryBuckets> {
    const buckets = new Map<number, QueryBuckets>();
    for (const head of this.shared) {
      const entries: number[] = [];
      for (let entry = head; entry >= 0; entry = this.next[entry] ?? -1) entries.push(entry);
      const members = entries.map((entry) => this.rules[entry] ?? -1);
      const isLong = members.length >= BUCKETS_FROM;
      // A long chain is answered from its buckets: only rules of one bucket have to be told apart by their text.
      members.sort((a, b) => (isLong ? compareRank(columns, a, b) : bestFirst(columns, rules, a, b)));
      entries.forEach((entry, index) => {
        this.rules[entry] = members[index] ?? -1;
      });
      if (isLong) buckets.set(head, fileByQuery(columns, rules, members));
    }
    return buckets;
  }
}

/** By rank; what is still equal by text, so that the order of the file never decides. */
export function bestFirst(columns: RankColumns, rules: readonly RedirectRule[], a: number, b: number): number {
  const rank = compareRank(columns, a, b);
  if (rank !== 0) return rank;
  const left = rules[a];
  const right = rules[b];
  return compareText(left?.from ?? '', right?.from ?? '') || compareText(left?.to ?? '', right?.to ?? '') || a - b;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Each rule goes under its rarest condition, so that a bucket stays small whatever the rules have in common. */
function fileByQuery(columns: RankColumns, rules: readonly RedirectRule[], members: readonly number[]): QueryBuckets {
  const counts = new Map<string, number>();
  for (const rule of members) {
    for (const condition of columns.conditions.get(rule) ?? []) counts.set(condition, (counts.get(condition) ?? 0) + 1);
  }
  const byCondition = new Map<string, number[]>();
  const unconditional: number[] = [];
  for (const rule of members) {
    const conditions = columns.conditions.get(rule) ?? [];
    const first = conditions[0];
    if (first === undefined) {
      unconditional.push(rule);
      continue;
    }
    const rarest = conditions.reduce(
      (best, one) => ((counts.get(one) ?? 0) < (counts.get(best) ?? 0) ? one : best),
      first,
    );
    const bucket = byCondition.get(rarest);
    if (bucket === undefined) byCondition.set(rarest, [rule]);
    else bucket.push(rule);
  }
  for (const bucket of [...byCondition.values(), unconditional]) {
    if (bucket.length > 1) bucket.sort((a, b) => bestFirst(columns, rules, a, b));
  }
  return { byCondition, unconditional };
}
