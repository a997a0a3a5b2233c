import type { RedirectRule } from './rule.ts';
import type { RuleList } from './rule-list.ts';
import { STEP, type Steps } from './steps.ts';

/** Numbers kept of each rule: where its `from` starts and ends in the bytes, and where its `to` does. */
const SPAN = 4;

/**
 * Rules as the bytes they were read from and columns of numbers: a million of them take a quarter of what objects and
 * strings would, and can be scanned without making either. A rule is an object only when it is asked for, except for
 * those with more than `from`, `to` and `status`, or with more than ASCII: these are kept as they are.
 */
export class RuleTable implements RuleList {
  readonly length: number;
  readonly bytes: Uint8Array;
  private readonly view: Buffer;
  private readonly spans: Uint32Array;
  /** Zero: none is given. */
  private readonly statuses: Uint16Array;
  private readonly others: ReadonlyMap<number, RedirectRule>;

  constructor(parts: RuleTableParts) {
    const { bytes, length } = parts;
    this.length = length;
    // A view of one kind, whoever made the bytes: scans of several kinds are slower.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.spans = parts.spans;
    this.statuses = parts.statuses;
    this.others = parts.others;
  }

  /** Whether a rule is nothing but places in the bytes and a status. */
  isPacked(index: number): boolean {
    return this.fromEnd(index) > 0;
  }

  fromStart(index: number): number {
    return this.spans[index * SPAN] ?? 0;
  }

  /** Zero for a rule that is not packed. */
  fromEnd(index: number): number {
    return this.spans[index * SPAN + 1] ?? 0;
  }

  toStart(index: number): number {
    return this.spans[index * SPAN + 2] ?? 0;
  }

  /** Equal to the start where a packed rule has no target. */
  toEnd(index: number): number {
    return this.spans[index * SPAN + 3] ?? 0;
  }

  /** The status of a packed rule, as written; zero where none is. */
  statusAt(index: number): number {
    return this.statuses[index] ?? 0;
  }

  /** The text between two places, between which all is ASCII. */
  text(start: number, end: number): string {
    return this.view.toString('latin1', start, end);
  }

  at(index: number): RedirectRule | undefined {
    if (!this.isPacked(index)) return this.others.get(index);
    const from = this.text(this.fromStart(index), this.fromEnd(index));
    const status = this.statusAt(index);
    const start = this.toStart(index);
    const end = this.toEnd(index);
    if (start === end) return status === 0 ? { from } : { from, status };
    const to = this.text(start, end);
    return status === 0 ? { from, to } : { from, to, status };
  }

  *[Symbol.iterator](): Generator<RedirectRule> {
    for (let index = 0; index < this.length; index++) {
      const rule = this.at(index);
      if (rule !== undefined) yield rule;
    }
  }
}

interface RuleTableParts {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly spans: Uint32Array;
  readonly statuses: Uint16Array;
  readonly others: ReadonlyMap<number, RedirectRule>;
}

/** Fills a table rule by rule. */
export class RuleTableBuilder {
  private readonly bytes: Uint8Array;
  private readonly others = new Map<number, RedirectRule>();
  private spans: Uint32Array<ArrayBuffer>;
  private statuses: Uint16Array<ArrayBuffer>;
  private count = 0;

  /** @param expected how many rules there will be, most likely: what is not used of it costs address space alone */
  constructor(bytes: Uint8Array, expected: number) {
    this.bytes = bytes;
    const capacity = Math.max(expected, 16);
    this.spans = new Uint32Array(capacity * SPAN);
    this.statuses = new Uint16Array(capacity);
  }

  get length(): number {
    return this.count;
  }

  /** Adds a rule that lies in the bytes; without a target, `toStart` and `toEnd` are equal. */
  addSpans(fromStart: number, fromEnd: number, toStart: number, toEnd: number, status: number): void {
    const index = this.count++;
    if (index >= this.statuses.length) this.grow();
    const { spans } = this;
    const at = index * SPAN;
    spans[at] = fromStart;
    spans[at + 1] = fromEnd;
    spans[at + 2] = toStart;
    spans[at + 3] = toEnd;
    this.statuses[index] = status;
  }

  /** Adds a rule as it is. */
  add(rule: RedirectRule): void {
    this.others.set(this.count, rule);
    this.addSpans(0, 0, 0, 0, 0);
  }

  finish(): RuleTable {
    const { bytes, spans, statuses, others, count: length } = this;
    return new RuleTable({ bytes, spans, statuses, others, length });
  }

  private grow(): void {
    const spans = new Uint32Array(this.spans.length * 2);
    const statuses = new Uint16Array(this.statuses.length * 2);
    spans.set(this.spans);
    statuses.set(this.statuses);
    this.spans = spans;
    this.statuses = statuses;
  }
}

/** Any list of rules as a table, in steps; one that is a table already stays what it is. */
export function* tableSteps(rules: RuleList): Steps<RuleTable> {
  if (rules instanceof RuleTable) return rules;
  let size = 0;
  let longest = 0;
  for (const { from, to = '' } of rules) {
    size += from.length + to.length;
    longest = Math.max(longest, from.length, to.length);
  }
  yield;
  // Room to spare, so that a text which is not ASCII shows by the bytes it takes; and no packed rule ends at zero.
  const bytes = Buffer.alloc(size + longest * 2 + 1);
  const builder = new RuleTableBuilder(bytes, rules.length);
  let at = 1;
  for (const rule of rules) {
    const { from, to = '', status = 0 } = rule;
    const middle = at + from.length;
    const end = middle + to.length;
    const isPacked = isPlain(rule) && bytes.write(from, at) === from.length && bytes.write(to, middle) === to.length;
    if (isPacked) {
      builder.addSpans(at, middle, middle, end, status);
      at = end;
    } else builder.add(rule);
    if (builder.length % STEP === 0) yield;
  }
  return builder.finish();
}

/** Whether source, target and status are all there is to a rule. */
function isPlain(rule: RedirectRule): boolean {
  return (
    rule.match === undefined &&
    rule.query === undefined &&
    rule.window === undefined &&
    rule.priority === undefined &&
    rule.note === undefined &&
    rule.enabled === undefined &&
    rule.from !== '' &&
    rule.to !== '' &&
    isShortStatus(rule.status)
  );
}

function isShortStatus(status: number | undefined): boolean {
  return status === undefined || (Number.isInteger(status) && status > 0 && status < 1000);
}
