/** What a cell holds before it becomes text. Lists are joined with commas. */
export type Cell = string | number | boolean | null | undefined | readonly string[];

/** One column of a resource's lists, declared once and shared by every output. */
export interface Column<Row> {
  /** The name in `--columns`, `--filter`, `--sort` and in machine-readable rows. */
  readonly key: string;
  /** The head of the column for people. */
  readonly header: string;
  value(row: Row): Cell;
  /** An id, or what the list is asked for: never cut, wrapped or left out. */
  readonly keep?: true;
  /** A value that a line break would spoil, such as an instant: shown whole, or left out with its column. */
  readonly whole?: true;
  readonly align?: 'left' | 'right';
  /** What stands for the value at a terminal where all columns do not fit; commands take it in its place. */
  short?(row: Row, rows: readonly Row[]): Cell;
}

export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return cell.join(', ');
  return String(cell);
}
