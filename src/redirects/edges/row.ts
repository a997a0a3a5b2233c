import type { RedirectStatus } from '../rule.ts';

/** A piece of a Location: text, or the group of the expression that matched. */
export type ValuePart = { readonly text: string } | { readonly group: number };

/** What a row answers. */
export type RowAnswer =
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'redirect';
      readonly status: RedirectStatus;
      /** The target is a path on the visitor's own scheme, host and port. */
      readonly ownHost: boolean;
      readonly base: readonly ValuePart[];
      /** Without its `#`. */
      readonly fragment: readonly ValuePart[];
      /** What of the visitor's query is appended, `filter` by its number in the table. */
      readonly query: 'all' | 'none' | { readonly filter: number };
      /** What stands between `base` and the visitor's query. */
      readonly join: '?' | '&';
    };

/** Rows that are found by their key: `group:scheme:path`, and where there is none of these, `group:path`. */
export interface ExactRow {
  readonly rule: number;
  readonly key: string;
  readonly answer: RowAnswer;
}

/** Rows that are tried in order against `group:scheme:query#path`. */
export interface ExpressionRow {
  readonly rule: number;
  readonly expression: string;
  readonly answer: RowAnswer;
}
