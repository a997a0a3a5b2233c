import type { Change } from '../../contract/shapes.ts';
import { escapeControls } from '../../domain/escape.ts';
import { countVerbs, type PlanOperation, type Verb } from '../../domain/plan/plan.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { grouped } from '../output/counted.ts';
import type { View } from '../output/view.ts';

const DONE: Readonly<Record<Verb, string>> = { create: 'created', update: 'changed', delete: 'deleted' };

/** `12 created, 1 changed`. */
export function doneText(counts: Readonly<Record<Verb, number>>): string {
  return (['create', 'update', 'delete'] as const)
    .filter((verb) => counts[verb] > 0)
    .map((verb) => `${grouped(counts[verb])} ${DONE[verb]}`)
    .join(', ');
}

/** What was done, under which name, and how to undo it. */
export function renderChange(change: Change, { palette }: View): string {
  const done = doneText(countVerbs(change.operations as readonly PlanOperation[]));
  const undone = change.rollbackOf === null ? '' : `, rolling back ${escapeControls(change.rollbackOf)}`;
  return [
    `${palette.good('✓')} ${done}${undone}, at ${formatInstant(change.at)}`,
    `  change ${palette.id(escapeControls(change.id))}`,
    `  undo with: storectl rollback ${escapeControls(change.id)}`,
  ].join('\n');
}
