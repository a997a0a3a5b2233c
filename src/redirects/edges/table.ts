import type { CompiledRuleset } from '../compiled.ts';
import type { RedirectStatus } from '../rule.ts';
import type { Loss } from './edge.ts';
import type { AlikeHosts, EdgeEntry, HostGroup } from './edge-entry.ts';
import { edgeEntries } from './entries.ts';
import type { ExpressionPowers } from './expression.ts';
import type { QueryFilter } from './query-expression.ts';
import { isListed, type QueryShape, QueryShapes } from './query-shapes.ts';
import type { ExactRow, ExpressionRow } from './row.ts';
import { RowAnswers } from './row-answers.ts';
import { RowExpressions } from './row-expressions.ts';

/**
 * Rules as servers can look them up: first the rows that are narrower than any path, then exact paths with what is asked
 * for of the query, then exact paths, by hash, then the rest in order; the first row found answers.
 */
export interface LookupTable {
  readonly groups: readonly AlikeHosts[];
  readonly narrow: readonly ExpressionRow[];
  readonly shapes: readonly QueryShape[];
  /** `group:scheme:path`, or where there is none of these `group:path`, to the numbers of the shapes that are asked for there. */
  readonly asking: ReadonlyMap<string, ReadonlySet<number>>;
  /** For one scheme alone. */
  readonly schemed: readonly ExactRow[];
  readonly exact: readonly ExactRow[];
  readonly broad: readonly ExpressionRow[];
  readonly filters: readonly QueryFilter[];
  readonly statuses: readonly RedirectStatus[];
  readonly losses: readonly Loss[];
  readonly validUntil: number | null;
}

export function lookupTable(ruleset: CompiledRuleset, at: number, powers: ExpressionPowers): LookupTable {
  return new TableMaker(ruleset, powers).run(at);
}

class TableMaker {
  private readonly ruleset: CompiledRuleset;
  private readonly answers: RowAnswers;
  private readonly expressions: RowExpressions;
  private readonly narrow: ExpressionRow[] = [];
  private readonly schemed: ExactRow[] = [];
  private readonly exact: ExactRow[] = [];
  private readonly broad: ExpressionRow[] = [];
  private readonly losses = new Map<string, Loss>();
  private readonly statuses = new Set<RedirectStatus>();

  constructor(ruleset: CompiledRuleset, powers: ExpressionPowers) {
    this.ruleset = ruleset;
    const lose = this.lose.bind(this);
    this.answers = new RowAnswers(powers, lose);
    this.expressions = new RowExpressions(ruleset.options, powers, lose);
  }

  run(at: number): LookupTable {
    const { groups, losses, validUntil } = edgeEntries(this.ruleset, at);
    for (const loss of losses) this.lose(loss.rule, loss.feature, loss.lost);
    const shapes = new QueryShapes(groups);
    for (const group of groups) this.addGroup(group, shapes);
    return {
      // Without their entries, whose place the rows take.
      groups: groups.map(({ id, hosts }) => ({ id, hosts })),
      narrow: this.narrow,
      shapes: shapes.all,
      asking: shapes.places,
      schemed: this.schemed,
      exact: this.exact,
      broad: this.broad,
      filters: this.answers.filters,
      statuses: [...this.statuses].sort((a, b) => a - b),
      losses: [...this.losses.values()],
      validUntil,
    };
  }

  /** What is said last of a feature holds: that a rule is left out comes after what it would lose. */
  private lose(rule: number, feature: Loss['feature'], lost: string): void {
    this.losses.set(`${rule} ${feature}`, { rule, feature, lost });
  }

  private addGroup(group: HostGroup, shapes: QueryShapes): void {
    const hashed = shapes.placesOf(group);
    for (const { place, entries } of [...hashed.values()].flat())
      for (const entry of entries) shapes.add(place, entry, this.answers.of(entry)([]));
    const taken = new Set<string>();
    const asked = new Set(group.entries.flatMap(conditionalPath));
    let exactly = true;
    for (const entry of group.entries) {
      if (entry.test.kind !== 'exact') exactly = false;
      if (exactly && entry.test.kind === 'exact') {
        const { path } = entry.test;
        const place = `${group.id}:${path}`;
        const key = entry.scheme === '' ? place : `${group.id}:${entry.scheme}:${path}`;
        // A rule of a host leaves those of a wider one nothing.
        if (taken.has(place) || taken.has(key)) continue;
        this.note(entry);
        if (hashed.has(path) && isListed(entry.conditions)) continue;
        // A scheme outranks a query: where a rule without a scheme asks for one, the order has to be kept.
        if (entry.conditions.length === 0 && (entry.scheme === '' || hashed.has(path) || !asked.has(path))) {
          taken.add(key);
          (entry.scheme === '' ? this.exact : this.schemed).push({
            rule: entry.rule,
            key,
            answer: this.answers.of(entry)([]),
          });
          continue;
        }
      }
      this.addExpressions(group.id, entry, exactly ? this.narrow : this.broad);
    }
  }

  private addExpressions(group: number, entry: EdgeEntry, rows: ExpressionRow[]): void {
    const expressions = this.expressions.of(group, entry);
    if (expressions === undefined) return;
    const answer = this.answers.of(entry);
    for (const { expression, parts } of expressions) rows.push({ rule: entry.rule, expression, answer: answer(parts) });
    this.note(entry);
  }

  private note({ status }: EdgeEntry): void {
    this.statuses.add(status);
  }
}

/** The path of an exact entry that asks for a query whatever the scheme. */
function conditionalPath({ scheme, conditions, test }: EdgeEntry): readonly string[] {
  return scheme === '' && conditions.length > 0 && test.kind === 'exact' ? [test.path] : [];
}
