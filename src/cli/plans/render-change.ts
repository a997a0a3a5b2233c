import type { Change } from '../../contract/shapes.ts';
import type { SignoffSpec } from '../../domain/document/launch-schema.ts';
import { escapeControls } from '../../domain/escape.ts';
import type { PlanOperation } from '../../domain/plan/plan.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { renderFacts } from '../output/facts.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { AffectedBy } from './affected.ts';
import { doneText } from './done-text.ts';
import { operationsText } from './render-plan.ts';

/** What was done, under which name, and how to undo it. */
export function renderChange(change: Change, { palette, width }: View): string {
  const done = doneText(change.operations as readonly PlanOperation[]);
  const undone = change.rollbackOf === null ? '' : `, rolling back ${escapeControls(change.rollbackOf)}`;
  return [
    ...hang(`${palette.good('✓')} `, `${done}${undone}, at ${formatInstant(change.at)}`, width),
    ...hang('  ', `change ${palette.id(escapeControls(change.id))}`, width),
    `  undo with: ${escapeControls(undoOf(change))}`,
  ].join('\n');
}

/** A go that was taken back is given by whoever has seen the checklist, and by no rollback. */
function undoOf({ id, operations }: Change): string {
  const [only] = operations as readonly PlanOperation[];
  const [was, is] = [only?.before?.spec, only?.after?.spec] as readonly (Partial<SignoffSpec> | undefined)[];
  const held = only?.kind === 'signoffs' && was?.go !== undefined && is?.go === undefined;
  return held ? `storectl launches go ${only.id}` : `storectl rollback ${id}`;
}

/** A change as it stands in the trail, with every operation of it. */
export function renderChangeInFull(
  change: Change,
  rendering: { readonly affected: AffectedBy; readonly full: boolean },
  view: View,
): string {
  const operations = change.operations as readonly PlanOperation[];
  const facts = [
    { name: 'change', value: change.id, note: `#${change.sequence}` },
    { name: 'at', value: formatInstant(change.at) },
    { name: 'by', value: change.actor },
    { name: 'why', value: change.reason ?? 'no reason given' },
    { name: 'what', value: doneText(operations) },
    ...(change.rollbackOf === null ? [] : [{ name: 'rolls back', value: change.rollbackOf }]),
    ...(change.overrides.length === 0 ? [] : [{ name: 'let through', value: change.overrides.join(', ') }]),
    ...(change.confirmed.length === 0 ? [] : [{ name: 'confirmed', value: change.confirmed.join(', ') }]),
    { name: 'hash', value: change.hash },
  ];
  return `${renderFacts(facts, view)}\n\n${operationsText(operations, rendering, view)}`;
}
