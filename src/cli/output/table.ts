import Table from 'cli-table3';
import stringWidth from 'string-width';
import { escapeControls } from '../../domain/escape.ts';
import { type Cell, type Column, cellText } from './columns.ts';
import { hang } from './hang.ts';
import type { View } from './view.ts';
import { wrapCell } from './wrap-cell.ts';

/** Between two columns. */
const GAP = 2;
/** The same where whole columns would not fit otherwise. */
const NARROW_GAP = 1;
/** Text narrower than this is harder to read than a column left out. */
const NARROWEST = 10;

export interface Layout<Row> {
  readonly columns: readonly Column<Row>[];
  readonly widths: readonly number[];
  /** Keys of the columns there was no room for. */
  readonly hidden: readonly string[];
  /** Blanks between two columns. */
  readonly gap: number;
}

/**
 * Fits columns into `width`: wide columns give way first (they wrap), then the last ones are left out. Columns
 * with `keep` are shown whole whatever the width, closer together where that helps, even if the terminal then has to
 * wrap the line.
 */
export function fitColumns<Row>(
  columns: readonly Column<Row>[],
  natural: readonly number[],
  width: number,
): Layout<Row> {
  const shown = columns.map((column, index) => ({ column, width: natural[index] ?? 0, floor: floorOf(column) }));
  const hidden: string[] = [];
  for (;;) {
    const fixed = shown.filter(isRigid).reduce((sum, { width: own }) => sum + own, 0);
    const flexible = shown.filter((entry) => !isRigid(entry));
    const room = width - fixed - GAP * (shown.length - 1);
    const widths = shrink(flexible, room);
    if (widths !== null || shown.every(({ column }) => column.keep)) {
      const queue = [...(widths ?? [])];
      return {
        gap: widths === null ? NARROW_GAP : GAP,
        columns: shown.map(({ column }) => column),
        widths: shown.map((entry) => (isRigid(entry) ? entry.width : (queue.shift() ?? entry.width))),
        hidden: hidden.reverse(),
      };
    }
    const last = shown.findLastIndex(({ column }) => !column.keep);
    hidden.push(...shown.splice(last, 1).map(({ column }) => column.key));
  }
}

/** Whether the column is never narrower than what it holds. */
function isRigid({ column }: { readonly column: { readonly keep?: true; readonly whole?: true } }): boolean {
  return column.keep === true || column.whole === true;
}

/** A head is not wrapped. */
function floorOf(column: { readonly header: string }): number {
  return Math.max(NARROWEST, stringWidth(column.header));
}

/** Takes from the widest first until the sum fits; null when that would make a column narrower than its floor. */
function shrink(
  columns: readonly { readonly width: number; readonly floor: number }[],
  room: number,
): readonly number[] | null {
  const fitted = columns.map(({ width }) => width);
  let excess = fitted.reduce((sum, own) => sum + own, 0) - room;
  while (excess > 0) {
    const slack = fitted.map((width, index) => (width > (columns[index]?.floor ?? 0) ? width : 0));
    const widest = Math.max(...slack, 0);
    if (widest === 0) return null;
    fitted[slack.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return fitted;
}

/**
 * A table for a terminal, without its last line end.
 *
 * @param elsewhere where to see the columns that the terminal has no room for
 */
export function renderTable<Row>(
  rows: readonly Row[],
  all: readonly Column<Row>[],
  view: View,
  elsewhere = '--columns chooses',
): string {
  const width = view.width ?? Number.POSITIVE_INFINITY;
  const whole = measured(rows, all, ({ value }, row) => value(row));
  const fits = whole.natural.reduce((sum, own) => sum + own + GAP, -GAP) <= width;
  // Where room is wanting, a column with nothing in it is no loss.
  const filled = all.filter(({ keep }, index) => keep === true || whole.cells.some((line) => line[index] !== ''));
  const columns = fits || filled.length === 0 ? all : filled;
  const { cells, natural } = fits
    ? whole
    : measured(rows, columns, ({ short, value }, row) => short?.(row, rows) ?? value(row));
  const layout = fitColumns(columns, natural, width);
  const places = layout.columns.map((column) => columns.indexOf(column));
  const table = new Table({
    chars: { ...BARE, middle: ' '.repeat(layout.gap) },
    // cli-table3 colours heads and borders unless both are empty.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colWidths: [...layout.widths],
    colAligns: layout.columns.map((column) => column.align ?? 'left'),
  });
  table.push(layout.columns.map((column) => view.palette.strong(column.header)));
  for (const line of cells) {
    table.push(
      places.map((place, index) => {
        const text = line[place] ?? '';
        // cli-table3 would cut long words off, or break short ones.
        return columns[place]?.keep ? view.palette.id(text) : wrapCell(text, layout.widths[index] ?? 0);
      }),
    );
  }
  const body = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
  if (layout.hidden.length === 0) return body;
  const note = `Not shown for want of room: ${layout.hidden.join(', ')} (${elsewhere}).`;
  return [body, ...hang('', note, view.width).map(view.palette.faint)].join('\n');
}

/** The texts of all cells, and the widths that columns would have if there were room. */
function measured<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  read: (column: Column<Row>, row: Row) => Cell,
): { readonly cells: readonly (readonly string[])[]; readonly natural: readonly number[] } {
  const cells = rows.map((row) => columns.map((column) => escapeControls(cellText(read(column, row)))));
  const natural = columns.map(({ header }, index) =>
    cells.reduce((widest, line) => Math.max(widest, stringWidth(line[index] ?? '')), stringWidth(header)),
  );
  return { cells, natural };
}

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
} as const;
