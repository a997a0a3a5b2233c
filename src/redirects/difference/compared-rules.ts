import { hashBytes, hashText, scramble } from '../hash.ts';
import { DEFAULT_STATUS, matchKindOf, type RedirectRule } from '../rule.ts';
import type { RuleTable } from '../rule-table.ts';

/**
 * Rules as they are compared: what is written out and what is left to a default are alike. Of most rules, which have a
 * source, a target and a status, nothing is read but their bytes.
 */
export class ComparedRules {
  private readonly table: RuleTable;

  constructor(table: RuleTable) {
    this.table = table;
  }

  get length(): number {
    return this.table.length;
  }

  /** The same for rules that are alike in everything. */
  wholeHash(index: number): number {
    const { table } = this;
    if (table.isPacked(index)) {
      const from = hashBytes(table.bytes, table.fromStart(index), table.fromEnd(index));
      const to = hashBytes(table.bytes, table.toStart(index), table.toEnd(index));
      return combined(from, to, table.statusAt(index) || DEFAULT_STATUS, NO_REST);
    }
    const rule = this.rule(index);
    const { from, to = '', status = DEFAULT_STATUS } = rule;
    return combined(hashText(from), hashText(to), status, hashText(restOf(rule)));
  }

  /** The same for rules that are the same rule, whatever they say. */
  identityHash(index: number): number {
    const { table } = this;
    if (table.isPacked(index))
      return scramble(hashBytes(table.bytes, table.fromStart(index), table.fromEnd(index)), NO_REST);
    const { from, window } = this.rule(index);
    const { from: begins = '', until = '' } = window ?? {};
    return scramble(hashText(from), begins === '' && until === '' ? NO_REST : hashText(`${begins}\n${until}`));
  }

  isWhole(index: number, other: ComparedRules, otherIndex: number): boolean {
    const [mine, others] = [this.table, other.table];
    if (!mine.isPacked(index) || !others.isPacked(otherIndex))
      return this.wholeText(index) === other.wholeText(otherIndex);
    return (
      (mine.statusAt(index) || DEFAULT_STATUS) === (others.statusAt(otherIndex) || DEFAULT_STATUS) &&
      isSameText(fromIn(mine, index), fromIn(others, otherIndex)) &&
      isSameText(toIn(mine, index), toIn(others, otherIndex))
    );
  }

  isIdentity(index: number, other: ComparedRules, otherIndex: number): boolean {
    return this.identityText(index) === other.identityText(otherIndex);
  }

  wholeText(index: number): string {
    const rule = this.rule(index);
    const { to = null, status = DEFAULT_STATUS, query = null, priority = 0, enabled = true, note = '' } = rule;
    return `${identityOf(rule)}\n${JSON.stringify([to, status, query, priority, enabled, note])}`;
  }

  identityText(index: number): string {
    return identityOf(this.rule(index));
  }

  rule(index: number): RedirectRule {
    return this.table.at(index) ?? NO_RULE;
  }
}

const NO_RULE: RedirectRule = { from: '' };

function combined(from: number, to: number, status: number, rest: number): number {
  return scramble(scramble(scramble(from, to), status), rest);
}

function identityOf(rule: RedirectRule): string {
  return [rule.from, matchKindOf(rule), rule.window?.from ?? '', rule.window?.until ?? ''].join('\n');
}

/** What a rule has besides source, target, status and kind; empty where all of it is as if it were left out. */
function restOf({ window, query, priority = 0, enabled = true, note = '' }: RedirectRule): string {
  const rest = JSON.stringify([query ?? null, priority, enabled, note, window?.from ?? '', window?.until ?? '']);
  return rest === DEFAULT_REST ? '' : rest;
}

const DEFAULT_REST = JSON.stringify([null, 0, true, '', '', '']);
const NO_REST = hashText('');

/** A text that lies in the bytes of a table. */
interface Span {
  readonly table: RuleTable;
  readonly start: number;
  readonly end: number;
}

const fromIn = (table: RuleTable, index: number): Span => ({
  table,
  start: table.fromStart(index),
  end: table.fromEnd(index),
});

const toIn = (table: RuleTable, index: number): Span => ({
  table,
  start: table.toStart(index),
  end: table.toEnd(index),
});

function isSameText(a: Span, b: Span): boolean {
  const length = a.end - a.start;
  if (length !== b.end - b.start) return false;
  const [mine, others] = [a.table.bytes, b.table.bytes];
  for (let at = 0; at < length; at++) if (mine[a.start + at] !== others[b.start + at]) return false;
  return true;
}
