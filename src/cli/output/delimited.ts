import { escapeControls } from '../../domain/escape.ts';
import { type Column, cellText } from './columns.ts';

/**
 * RFC 4180, one line a row, with a header. A cell that a spreadsheet would run as a formula gets a leading
 * apostrophe, as OWASP's CSV injection advice has it.
 */
export function csvLines<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly string[] {
  return [
    columns.map((column) => csvCell(column.key)).join(','),
    ...rows.map((row) => columns.map((column) => csvColumnCell(column, row)).join(',')),
  ];
}

function csvColumnCell<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row);
  // A number is no formula: -3 stays -3.
  return typeof value === 'number' ? String(value) : csvCell(cellText(value));
}

export function csvCell(text: string): string {
  const safe = /^\s*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text;
  const shown = escapeControls(safe);
  return /[",\s]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** For pipes: tab separated, whole cells, one line a row. Tabs and line ends inside a cell are escaped. */
export function tabLines<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly string[] {
  return [
    columns.map((column) => column.header).join('\t'),
    ...rows.map((row) => columns.map((column) => escapeControls(cellText(column.value(row)))).join('\t')),
  ];
}
