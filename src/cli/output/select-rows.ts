import { type Cell, type Column, cellText } from './columns.ts';
import { type Condition, columnNamed, type ListOptions, names, parseCondition, parseSort } from './list-flags.ts';

export interface Selection<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** How many rows matched before `--limit` cut the list. */
  readonly matched: number;
}

/** Applies --filter, --sort, --limit and --columns. Throws usage failures that name the known columns. */
export function selectRows<Row>(
  all: readonly Row[],
  columns: readonly Column<Row>[],
  options: ListOptions,
): Selection<Row> {
  const conditions = (options.filter ?? []).map((text) => {
    const condition = parseCondition(text);
    return { condition, column: columnNamed(condition.column, columns, '--filter') };
  });
  const order = (options.sort === undefined ? [] : parseSort(options.sort)).map((key) => ({
    ...key,
    column: columnNamed(key.column, columns, '--sort'),
  }));
  const shown =
    options.columns === undefined
      ? columns
      : names(options.columns).map((name) => columnNamed(name, columns, '--columns'));

  const kept = all.filter((row) => conditions.every(({ column, condition }) => holds(condition, column.value(row))));
  if (order.length > 0) {
    kept.sort((a, b) => {
      for (const { column, descending } of order) {
        const difference = compareCells(column.value(a), column.value(b));
        if (difference !== 0) return descending ? -difference : difference;
      }
      return 0;
    });
  }
  return {
    columns: shown,
    rows: options.limit === undefined ? kept : kept.slice(0, options.limit),
    matched: kept.length,
  };
}

function holds({ operator, operand }: Condition, cell: Cell): boolean {
  // A list matches when one of its members does, so that `locales=en-GB` finds a market that has it.
  const values = typeof cell === 'object' && cell !== null ? [...cell, cellText(cell)] : [cellText(cell)];
  switch (operator) {
    case '=':
      return values.includes(operand);
    case '!=':
      return !values.includes(operand);
    case '~':
      return values.some((value) => value.toLowerCase().includes(operand.toLowerCase()));
  }
}

/** Numbers by size, everything else by code points, so that the order is the same on every machine. */
function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = cellText(a);
  const right = cellText(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
