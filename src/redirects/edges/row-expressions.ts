import type { RulesetOptions } from '../rule.ts';
import { basePathCovers } from '../url.ts';
import { mayBacktrack } from './backtracking.ts';
import type { Lose, LostFeature } from './edge.ts';
import type { EdgeEntry } from './edge-entry.ts';
import { type ExpressionPowers, hexLiteral, type PathExpression, pathExpression, valueUse } from './expression.ts';
import { conditionExpressions } from './query-expression.ts';
import { regexBody } from './regex-source.ts';

/** The group of an expression in which the value of a placeholder is. */
export interface GroupOf {
  readonly name: string;
  readonly group: number;
}

/** What a prefix leaves of a path; no placeholder can be called so. */
export const REST = '/';

export interface RowExpression {
  /** Over `group:scheme:query#path`. */
  readonly expression: string;
  readonly parts: readonly GroupOf[];
}

/** Entries as expressions; an entry that a server's expressions cannot say is lost, and said to be. */
export class RowExpressions {
  private readonly options: RulesetOptions;
  private readonly powers: ExpressionPowers;
  private readonly lose: Lose;

  constructor(options: RulesetOptions, powers: ExpressionPowers, lose: Lose) {
    this.options = options;
    this.powers = powers;
    this.lose = lose;
  }

  /** Whole expressions for an entry, each with the groups its placeholders stand for. */
  of(group: number, entry: EdgeEntry): readonly RowExpression[] | undefined {
    const path = this.pathOf(entry);
    if (path === undefined) return undefined;
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

  private pathOf(entry: EdgeEntry): PathExpression | undefined {
    const use = valueUse(entry);
    if (use.guarded.size > 0) {
      this.lose(
        entry.rule,
        'query-placeholder',
        'a value with & = + or ; in it is not put into the query of the target: the rule does not take such a URL',
      );
    }
    const path = pathExpression(entry.test, this.options, use);
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
    return path;
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
}
