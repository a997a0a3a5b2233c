import { type CompiledRuleset, compareRank, type QueryBuckets, type RankColumns } from './compiled.ts';
import { loneHead, loneRule, NONE } from './heads.ts';
import type { RuleList } from './rule-list.ts';
import { STEP, type Steps } from './steps.ts';
import { compareTexts } from './text-order.ts';

/** From this many rules for one path on, they are filed by query condition instead of tried one by one. */
const BUCKETS_FROM = 9;

const FIRST_ENTRIES = 16;

/**
 * Linked lists in two growing columns: rules that share one place of an index. Most places have one rule, and their
 * head is that rule itself (`loneHead`), without an entry here.
 */
export class Chains {
  private rules = new Int32Array(FIRST_ENTRIES);
  private next = new Int32Array(FIRST_ENTRIES);
  private length = 0;
  /** Heads of the chains, which are of more than one rule. */
  readonly shared: number[] = [];

  /** Adds a rule behind `head` and returns the head from then on. */
  add(head: number, rule: number): number {
    if (head === NONE) return loneHead(rule);
    if (head < NONE) {
      const first = this.append(loneRule(head), this.append(rule, NONE));
      this.shared.push(first);
      return first;
    }
    const entry = this.append(rule, this.next[head] ?? NONE);
    this.next[head] = entry;
    return head;
  }

  private append(rule: number, next: number): number {
    const entry = this.length++;
    if (entry >= this.rules.length) this.grow();
    this.rules[entry] = rule;
    this.next[entry] = next;
    return entry;
  }

  /** The columns as far as they are filled. */
  columns(): Pick<CompiledRuleset, 'entryRules' | 'entryNext' | 'sharedHeads'> {
    const { rules, next, length, shared } = this;
    return { entryRules: rules.subarray(0, length), entryNext: next.subarray(0, length), sharedHeads: shared };
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
  *finish(columns: ChainColumns, rules: RuleList): Steps<ReadonlyMap<number, QueryBuckets>> {
    const buckets = new Map<number, QueryBuckets>();
    // By the rule that was there first, as a person reads the file.
    this.shared.sort((a, b) => (this.rules[a] ?? 0) - (this.rules[b] ?? 0));
    let ordered = 0;
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
      if (isLong) buckets.set(head, yield* fileByQuery(columns, rules, members));
      ordered += members.length;
      if (ordered < STEP) continue;
      ordered = 0;
      yield;
    }
    return buckets;
  }
}

type ChainColumns = RankColumns & Pick<CompiledRuleset, 'conditions'>;

/** By rank; what is still equal by text, so that the order of the file never decides. */
export function bestFirst(columns: RankColumns, rules: RuleList, a: number, b: number): number {
  return compareRank(columns, a, b) || compareTexts(rules, a, b) || a - b;
}

/** Each rule goes under its rarest condition, so that a bucket stays small whatever the rules have in common. */
function* fileByQuery(columns: ChainColumns, rules: RuleList, members: readonly number[]): Steps<QueryBuckets> {
  const counts = yield* conditionCounts(columns, members);
  const byCondition = new Map<string, number | number[]>();
  const unconditional: number[] = [];
  for (const [place, rule] of members.entries()) {
    if (place % STEP === STEP - 1) yield;
    const conditions = columns.conditions.get(rule) ?? [];
    const first = conditions[0];
    if (first === undefined) {
      unconditional.push(rule);
      continue;
    }
    const rarer = (best: string, one: string): string =>
      (counts.get(one) ?? 0) < (counts.get(best) ?? 0) ? one : best;
    const rarest = conditions.length === 1 ? first : conditions.reduce(rarer, first);
    const bucket = byCondition.get(rarest);
    if (bucket === undefined) byCondition.set(rarest, rule);
    else if (typeof bucket === 'number') byCondition.set(rarest, [bucket, rule]);
    else bucket.push(rule);
  }
  unconditional.sort((a, b) => bestFirst(columns, rules, a, b));
  let visited = 0;
  for (const bucket of byCondition.values()) {
    if (++visited % STEP === 0) yield;
    if (typeof bucket !== 'number') bucket.sort((a, b) => bestFirst(columns, rules, a, b));
  }
  return { byCondition, unconditional };
}

/** How often each condition occurs; nothing where no rule has a choice of several. */
function* conditionCounts(
  { conditions }: ChainColumns,
  members: readonly number[],
): Steps<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  if (members.every((rule) => (conditions.get(rule)?.length ?? 0) < 2)) return counts;
  for (const [place, rule] of members.entries()) {
    if (place % STEP === STEP - 1) yield;
    for (const condition of conditions.get(rule) ?? []) counts.set(condition, (counts.get(condition) ?? 0) + 1);
  }
  return counts;
}
