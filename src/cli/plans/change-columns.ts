import type { ChangeSummary } from '../../contract/shapes.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import type { Column } from '../output/columns.ts';
import { targetsText } from './done-text.ts';

/** A change in a list, as the platform keeps it with its instant as text. */
export interface ChangeRow extends Omit<ChangeSummary, 'at'> {
  readonly at: string;
}

export function changeRow(change: ChangeSummary): ChangeRow {
  return { ...change, at: formatInstant(change.at) };
}

/** What matters most comes first: a narrow terminal leaves out the last ones. */
export const CHANGE_COLUMNS: readonly Column<ChangeRow>[] = [
  { key: 'sequence', header: '#', value: (row) => row.sequence, whole: true, align: 'right' },
  { key: 'id', header: 'CHANGE', value: (row) => row.id, keep: true, short: shortId },
  { key: 'done', header: 'WHAT', value: targetsText },
  { key: 'at', header: 'AT (UTC)', value: (row) => row.at.replace(/\.\d+Z$/, 'Z'), whole: true },
  { key: 'actor', header: 'BY', value: (row) => row.actor },
  { key: 'reason', header: 'WHY', value: (row) => row.reason },
  {
    key: 'rollbackOf',
    header: 'ROLLS BACK',
    value: (row) => row.rollbackOf,
    short: (row) => row.rollbackOf?.slice(0, 8),
  },
];

/** A beginning of the id that no other change of the list has: commands take it for the whole. */
function shortId({ id }: ChangeRow, rows: readonly ChangeRow[]): string {
  const short = id.slice(0, 8);
  return rows.some((other) => other.id !== id && other.id.startsWith(short)) ? id : short;
}
