import type { RedirectRule } from './rule.ts';
import type { RuleList } from './rule-list.ts';
import { type RuleTable, RuleTableBuilder, tableSteps } from './rule-table.ts';
import { atOnce, type Steps } from './steps.ts';

/** What of a table goes into the whole. */
interface Part {
  readonly table: RuleTable;
  readonly except: ReadonlySet<number>;
  /** Bytes from the start that any of its rules lies in. */
  readonly used: number;
}

/** Places in a table are numbers of 32 bits: forty million rules of usual length. */
export const MOST_BYTES = 2 ** 32 - 1;

const NOTHING: ReadonlySet<number> = new Set();

/**
 * Rules that come block by block, as one table: of what they were before, nothing is kept but their bytes. A table that
 * comes alone and whole stays what it is.
 */
export class GatheredRules {
  /** How many there are. */
  length = 0;
  /** Bytes that they lie in. */
  size = 0;
  private parts: Part[] = [];

  /**
   * @param except indexes of rules that are left out
   * @throws RangeError where they are more than one table holds
   */
  add(rules: RuleList, except: ReadonlySet<number> = NOTHING): void {
    if (rules.length === 0) return;
    const table = atOnce(tableSteps(rules));
    const used = usedBytes(table);
    this.parts.push({ table, except, used });
    this.length += table.length - except.size;
    this.size += used;
    if (this.size > MOST_BYTES) throw new RangeError(`rules of more than ${MOST_BYTES} bytes do not fit in one table`);
  }

  /** Nothing can be added after. */
  finish(): RuleTable {
    return atOnce(this.finishSteps());
  }

  /** The same in steps, of one block each. */
  *finishSteps(): Steps<RuleTable> {
    const [first] = this.parts;
    if (first !== undefined && this.parts.length === 1 && first.except.size === 0) return first.table;
    const bytes = new Uint8Array(this.size);
    const builder = new RuleTableBuilder(bytes, this.length);
    let start = 0;
    // Each can be forgotten once it is copied.
    this.parts.reverse();
    for (let part = this.parts.pop(); part !== undefined; part = this.parts.pop()) {
      bytes.set(part.table.bytes.subarray(0, part.used), start);
      moveRules(part, start, builder);
      start += part.used;
      yield;
    }
    return builder.finish();
  }
}

function usedBytes(table: RuleTable): number {
  let used = 0;
  for (let index = 0; index < table.length; index++) used = Math.max(used, table.fromEnd(index), table.toEnd(index));
  return used;
}

function moveRules({ table, except }: Part, start: number, builder: RuleTableBuilder): void {
  for (let index = 0; index < table.length; index++) {
    if (except.has(index)) continue;
    if (!table.isPacked(index)) {
      builder.add(table.at(index) ?? NO_RULE);
      continue;
    }
    const [fromStart, fromEnd] = [start + table.fromStart(index), start + table.fromEnd(index)];
    const [toStart, toEnd] = [start + table.toStart(index), start + table.toEnd(index)];
    builder.addSpans(fromStart, fromEnd, toStart, toEnd, table.statusAt(index));
  }
}

const NO_RULE: RedirectRule = { from: '' };
