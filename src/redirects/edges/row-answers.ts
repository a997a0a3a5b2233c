import { canonicalQuery } from '../canonical.ts';
import { comparableName, conditionName, parseParameters } from '../query.ts';
import type { Lose } from './edge.ts';
import type { EdgeEntry } from './edge-entry.ts';
import type { ExpressionPowers } from './expression.ts';
import { MAX_RUNS, type QueryFilter } from './query-expression.ts';
import type { RowAnswer, ValuePart } from './row.ts';
import { type GroupOf, REST } from './row-expressions.ts';

/** What entries answer with, and the filters that their answers need. */
export class RowAnswers {
  private readonly powers: ExpressionPowers;
  private readonly lose: Lose;
  private readonly numbers = new Map<string, number>();
  private readonly found: QueryFilter[] = [];

  constructor(powers: ExpressionPowers, lose: Lose) {
    this.powers = powers;
    this.lose = lose;
  }

  /** By their numbers. */
  get filters(): readonly QueryFilter[] {
    return this.found;
  }

  /** Gives the answer of an entry once it is known which groups its placeholders stand for. */
  of(entry: EdgeEntry): (groups: readonly GroupOf[]) => RowAnswer {
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
    const known = this.numbers.get(key) ?? this.found.push({ kind, names: sorted }) - 1;
    this.numbers.set(key, known);
    return { filter: known };
  }
}

function groupOf(groups: readonly GroupOf[], name: string): number {
  return groups.find((one) => one.name === name)?.group ?? 0;
}
