import type { ChangeSummary } from '../../contract/shapes.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import type { Column } from '../output/columns.ts';
import { doneText } from './render-change.ts';

/** A change in a list, as the platform keeps it with its instant as text. */
export interface ChangeRow extends Omit<ChangeSummary, 'at'> {
  readonly at: string;
}

export function changeRow(change: ChangeSummary): ChangeRow {
  return { ...change, at: formatInstant(change.at) };
}

export const CHANGE_COLUMNS: readonly Column<ChangeRow>[] = [
  { key: 'sequence', header: '#', value: (row) => row.sequence, align: 'right' },
  { key: 'id', header: 'CHANGE', value: (row) => row.id, keep: true },
  { key: 'at', header: 'AT (UTC)', value: (row) => row.at.replace(/\.\d+Z$/, 'Z'), keep: true },
  { key: 'actor', header: 'BY', value: (row) => row.actor },
  { key: 'done', header: 'WHAT', value: (row) => doneText(row.counts) },
  { key: 'reason', header: 'WHY', value: (row) => row.reason },
  { key: 'rollbackOf', header: 'ROLLS BACK', value: (row) => row.rollbackOf },
];
