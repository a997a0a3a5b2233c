import type { Client } from '../../client/index.ts';
import { shippedChecklists } from '../../domain/checklists/templates.ts';
import type { ChecklistItemSpec, ChecklistSpec } from '../../domain/document/launch-schema.ts';
import { escapeControls } from '../../domain/escape.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';
import { listResources } from '../entries/places.ts';
import type { Column } from '../output/columns.ts';
import { counted } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';

/** A checklist that launches may name: the platform's own, or one that comes with the program. */
export interface ChecklistEntry {
  readonly id: string;
  readonly origin: 'platform' | 'shipped';
  /** Null for one that is shipped. */
  readonly version: number | null;
  readonly spec: ChecklistSpec;
}

/** All of them by id. The platform's own replaces the shipped one of the same id. */
export async function checklistEntries(client: Client): Promise<readonly ChecklistEntry[]> {
  const entries = new Map<string, ChecklistEntry>();
  for (const [id, spec] of Object.entries(shippedChecklists()))
    entries.set(id, { id, origin: 'shipped', version: null, spec });
  for (const { id, version, spec } of await listResources(client, 'checklists'))
    entries.set(id, { id, origin: 'platform', version, spec });
  return [...entries.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** @throws Failure `not-found` with the nearest id */
export async function requireChecklist(client: Client, id: string): Promise<ChecklistEntry> {
  const entries = await checklistEntries(client);
  const found = entries.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const known = entries.map((entry) => entry.id);
  const guess = nearest(id, known);
  throw new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `There is no checklist ${id}.${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy: `There are: ${known.join(', ')}`,
    details: { noun: 'checklist', id, nearest: guess, known },
  });
}

const itemsOf = ({ spec }: ChecklistEntry): readonly ChecklistItemSpec[] => Object.values(spec.items);

export const CHECKLIST_COLUMNS: readonly Column<ChecklistEntry>[] = [
  { key: 'id', header: 'ID', value: ({ id }) => id, keep: true },
  { key: 'title', header: 'TITLE', value: ({ spec }) => spec.title },
  {
    key: 'automatic',
    header: 'AUTOMATIC',
    value: (entry) => itemsOf(entry).filter((item) => 'check' in item).length,
    align: 'right',
  },
  {
    key: 'manual',
    header: 'MANUAL',
    value: (entry) => itemsOf(entry).filter((item) => !('check' in item)).length,
    align: 'right',
  },
  { key: 'origin', header: 'ORIGIN', value: ({ origin }) => origin },
];

/** A checklist as a part of a document: pasted there and changed, it replaces the one of the same id. */
export function asDocument({ id, spec }: ChecklistEntry) {
  return { checklists: { [id]: spec } };
}

/** A checklist for people: every item, how to make sure of it, and how long a signature holds. */
export function renderChecklistEntry({ id, origin, version, spec }: ChecklistEntry, view: View): string {
  const { palette, width } = view;
  const items = Object.entries(spec.items);
  const from = origin === 'shipped' ? 'shipped with the program' : `version ${version}`;
  const head = `${palette.strong(escapeControls(id))}, ${from}${spec.title === undefined ? '' : `: ${escapeControls(spec.title)}`}`;
  const group = (title: string, own: typeof items) =>
    own.length === 0 ? [] : ['', palette.strong(title), ...own.flatMap(([item, one]) => itemLines(item, one, view))];
  return [
    ...hang('', head, width, 2),
    ...hang('', counted(items.length, 'item'), width),
    ...group(
      'The platform proves',
      items.filter(([, item]) => 'check' in item),
    ),
    ...group(
      'People sign',
      items.filter(([, item]) => !('check' in item)),
    ),
  ].join('\n');
}

function itemLines(item: string, spec: ChecklistItemSpec, { palette, width }: View): readonly string[] {
  const optional = spec.required === false ? ' (optional)' : '';
  const check = 'check' in spec && spec.check !== item ? ` (${spec.check})` : '';
  const { advice, validForDays } = 'check' in spec ? {} : spec;
  return [
    `  ${palette.id(escapeControls(item))}${check}${optional}`,
    ...(spec.title === undefined ? [] : hang('    ', escapeControls(spec.title), width)),
    ...(advice === undefined ? [] : hang('    → ', escapeControls(advice), width).map(palette.faint)),
    ...(validForDays === undefined
      ? []
      : hang('    ', `A signature holds for ${validForDays} days.`, width).map(palette.faint)),
  ];
}
