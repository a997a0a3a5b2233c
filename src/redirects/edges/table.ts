import { canonicalQuery } from '../canonical.ts';
import type { CompiledRuleset } from '../compiled.ts';
import { comparableName, conditionName, parseParameters } from '../query.ts';
import type { RedirectStatus } from '../rule.ts';
import { basePathCovers } from '../url.ts';
import { mayBacktrack } from './backtracking.ts';
import type { Loss, LostFeature } from './edge.ts';
import { type EdgeEntry, edgeEntries, type HostGroup } from './entries.ts';
import { hexLiteral, pathExpression, valueUse } from './expression.ts';
import { conditionExpressions, MAX_RUNS, type QueryFilter } from './query-expression.ts';
import { isListed, type QueryShape, QueryShapes } from './query-shapes.ts';
import { regexBody } from './regex-source.ts';
import type { ExactRow, ExpressionRow, RowAnswer, ValuePart } from './row.ts';

/**
 * Rules as servers can look them up: first the rows that are narrower than any path, then exact paths with what is asked
 * for of the query, then exact paths, by hash, then the rest in order; the first row found answers.
 */
export interface LookupTable {
  readonly groups: readonly HostGroup[];
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

/** What a server's regular expressions can do. */
export interface ExpressionPowers {
  readonly lookahead: boolean;
  /** The highest group number that a replacement can name. */
  readonly groups: number;
  /** Any number of parameters can be taken out of a query, not only a few. */
  readonly filters: boolean;
  /** They go back and try again, so that some take time that grows exponentially. */
  readonly backtracks: boolean;
}

export function lookupTable(ruleset: CompiledRuleset, at: number, powers: ExpressionPowers): LookupTable {
  return new TableMaker(ruleset, powers).run(at);
}

class TableMaker {
  private readonly ruleset: CompiledRuleset;
  private readonly powers: ExpressionPowers;
  private readonly narrow: ExpressionRow[] = [];
  private readonly schemed: ExactRow[] = [];
  private readonly exact: ExactRow[] = [];
  private readonly broad: ExpressionRow[] = [];
  private readonly filters = new Map<string, number>();
  private readonly filterList: QueryFilter[] = [];
  private readonly losses = new Map<string, Loss>();
  private readonly statuses = new Set<RedirectStatus>();

  constructor(ruleset: CompiledRuleset, powers: ExpressionPowers) {
    this.ruleset = ruleset;
    this.powers = powers;
  }

  run(at: number): LookupTable {
    const { groups, losses, validUntil } = edgeEntries(this.ruleset, at);
    for (const loss of losses) this.lose(loss.rule, loss.feature, loss.lost);
    const shapes = new QueryShapes(groups);
    for (const group of groups) this.addGroup(group, shapes);
    return {
      groups,
      narrow: this.narrow,
      shapes: shapes.all,
      asking: shapes.places,
      schemed: this.schemed,
      exact: this.exact,
      broad: this.broad,
      filters: this.filterList,
      statuses: [...this.statuses].sort((a, b) => a - b),
      losses: [...this.losses.values()],
      validUntil,
    };
  }

  private lose(rule: number, feature: LostFeature, lost: string): void {
    this.losses.set(`${rule} ${feature}`, { rule, feature, lost });
  }

  private addGroup(group: HostGroup, shapes: QueryShapes): void {
    const hashed = shapes.placesOf(group);
    for (const { place, entries } of [...hashed.values()].flat())
      for (const entry of entries) shapes.add(place, entry, this.answerOf(entry)([]));
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
            answer: this.answerOf(entry)([]),
          });
          continue;
        }
      }
      this.addExpressions(group.id, entry, exactly ? this.narrow : this.broad);
    }
  }

  private addExpressions(group: number, entry: EdgeEntry, rows: ExpressionRow[]): void {
    const expressions = this.expressionsOf(group, entry);
    if (expressions === undefined) return;
    const answer = this.answerOf(entry);
    for (const { expression, parts } of expressions) rows.push({ rule: entry.rule, expression, answer: answer(parts) });
    this.note(entry);
  }

  private note({ status }: EdgeEntry): void {
    this.statuses.add(status);
  }

  /** Whole expressions for an entry, each with the groups its placeholders stand for. */
  private expressionsOf(
    group: number,
    entry: EdgeEntry,
  ): readonly { readonly expression: string; readonly parts: readonly GroupOf[] }[] | undefined {
    const use = valueUse(entry);
    if (use.guarded.size > 0) {
      this.lose(
        entry.rule,
        'query-placeholder',
        'a value with & = + or ; in it is not put into the query of the target: the rule does not take such a URL',
      );
    }
    const path = pathExpression(entry.test, this.ruleset.options, use);
    if (typeof path === 'string') return this.leaveOut(entry.rule, 'regex', path);
    if (this.powers.backtracks && entry.test.kind === 'regex' && mayBacktrack(regexBody(entry.test.source) ?? ''))
      return this.leaveOut(
        entry.rule,
        'regex-backtracks',
        'its expression repeats what is repeated or can be read in two ways, and a visitor could keep this edge busy with it; it is left out',
      );
    if (path.untrimmed === true)
      this.lose(
        entry.rule,
        'captures',
        'of a value that begins with slashes, one more or one less of them stands in the target',
      );
    const queries = entry.conditions.length === 0 ? ['[^#]*'] : conditionExpressions(entry.conditions);
    if (queries === undefined)
      return this.leaveOut(
        entry.rule,
        'query-condition',
        'it asks for more of the query than can be written out; it is left out',
      );
    const inside = this.insideSite(entry);
    if (inside === undefined)
      return this.leaveOut(
        entry.rule,
        'regex',
        'its expression reaches beyond the base path of the site; it is left out',
      );
    const highest = Math.max(0, ...path.groups.values());
    if (highest > this.powers.groups)
      return this.leaveOut(
        entry.rule,
        'captures',
        `it has ${highest} groups, more than ${this.powers.groups}; it is left out`,
      );
    const parts = [...path.groups].map(([name, at]): GroupOf => ({ name, group: at }));
    if (path.rest > 0) parts.push({ name: REST, group: path.rest });
    const scheme = entry.scheme === '' ? 'https?' : entry.scheme;
    return queries.flatMap((query) =>
      path.texts.map((text) => ({ expression: `^${group}:${scheme}:${query}#${inside}${text}$`, parts })),
    );
  }

  /** What keeps a regular expression within the site; empty where nothing has to. */
  private insideSite({ test }: EdgeEntry): string | undefined {
    if (test.kind !== 'regex' || test.bases.includes('')) return '';
    const start = /^\^?((?:[\w/~-])*\/)/.exec(test.source)?.[1] ?? '';
    if (!test.source.includes('|') && test.bases.some((base) => basePathCovers(base, start))) return '';
    return this.powers.lookahead ? `(?=(?:${test.bases.map(hexLiteral).join('|')})(?:/|$))` : undefined;
  }

  private leaveOut(rule: number, feature: LostFeature, lost: string): undefined {
    this.lose(rule, feature, lost);
  }

  /** Gives the answer of an entry once it is known which groups its placeholders stand for. */
  private answerOf(entry: EdgeEntry): (groups: readonly GroupOf[]) => RowAnswer {
    const { target, status } = entry;
    if (target === null) return () => ({ kind: 'gone' });
    const own = target.query.map((piece) => (piece.kind === 'text' ? piece.text : 'x')).join('');
    const query = this.queryOf(entry, own);
    return (groups) => {
      const fill = (pieces: typeof target.path): ValuePart[] =>
        pieces.map((piece) => (piece.kind === 'text' ? { text: piece.text } : { group: groupOf(groups, piece.name) }));
      const base: ValuePart[] = [{ text: target.origin }, ...fill(target.path)];
      const splat = [...target.path, ...target.query, ...target.fragment].some(
        (piece) => piece.kind === 'name' && piece.name === 'splat',
      );
      if (entry.test.kind === 'prefix' && !splat) base.push({ group: groupOf(groups, REST) });
      if (target.query.length > 0) base.push({ text: '?' }, ...fill(target.query));
      return {
        kind: 'redirect',
        status,
        ownHost: target.origin === '',
        base: base.filter((part) => !('text' in part) || part.text !== ''),
        fragment: fill(target.fragment),
        query,
        join: target.query.length > 0 ? '&' : '?',
      };
    };
  }

  private queryOf({ rule, policy, conditions }: EdgeEntry, own: string): 'all' | 'none' | { readonly filter: number } {
    if (policy === 'drop') return 'none';
    const set = parseParameters(canonicalQuery(own)).map((parameter) => parameter.name);
    const gone = new Set([...conditions.map(conditionName), ...set]);
    const significant = policy === 'preserve' ? undefined : policy.significant.map(comparableName);
    const kept = significant?.filter((name) => !gone.has(name));
    if (kept === undefined ? gone.size === 0 : kept.length === 0) return kept === undefined ? 'all' : 'none';
    // What a rule asks for occurs as often as it asks; all else may occur any number of times.
    if (!this.powers.filters && (kept !== undefined || set.length > 0))
      this.lose(
        rule,
        'query-policy',
        `of a query in which what is passed on is parted by other parameters ${MAX_RUNS} times or more, the rest is not passed on`,
      );
    return kept === undefined ? this.filter('except', [...gone]) : this.filter('only', kept);
  }

  private filter(kind: QueryFilter['kind'], names: readonly string[]): { readonly filter: number } {
    const sorted = [...new Set(names)].sort();
    const key = `${kind} ${sorted.join(' ')}`;
    const known = this.filters.get(key) ?? this.filterList.push({ kind, names: sorted }) - 1;
    this.filters.set(key, known);
    return { filter: known };
  }
}

/** The path of an exact entry that asks for a query whatever the scheme. */
function conditionalPath({ scheme, conditions, test }: EdgeEntry): readonly string[] {
  return scheme === '' && conditions.length > 0 && test.kind === 'exact' ? [test.path] : [];
}

interface GroupOf {
  readonly name: string;
  readonly group: number;
}

/** What a prefix leaves of a path; no placeholder can be called so. */
const REST = '/';

function groupOf(groups: readonly GroupOf[], name: string): number {
  return groups.find((one) => one.name === name)?.group ?? 0;
}
