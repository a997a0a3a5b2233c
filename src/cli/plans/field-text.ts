import { escapeControls } from '../../domain/escape.ts';
import { equalValues } from '../../domain/plan/equal.ts';
import type { FieldChange } from '../../domain/plan/plan.ts';

/** List entries that are named before the rest is counted. */
const NAMED = 8;

/** A value of an entry, for people: on one line and safe to show. */
export function valueText(value: unknown, full = false): string {
  if (value === undefined || value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : listText(value, full);
  if (typeof value !== 'object') return escapeControls(String(value));
  return Object.entries(value)
    .map(([key, entry]) => `${escapeControls(key)} ${valueText(entry, full)}`)
    .join(', ');
}

/** The same where each thing that is kept by name, such as an item of a launch, may stand on lines of its own. */
export function entryTexts(value: unknown, full = false): readonly string[] {
  const members = isRecord(value) ? Object.entries(value) : [];
  if (members.length === 0 || !members.every(([, entry]) => isRecord(entry))) return [valueText(value, full)];
  return members.map(([name, entry]) => `${escapeControls(name)}: ${valueText(entry, full)}`);
}

function listText(values: readonly unknown[], full: boolean): string {
  const shown = full ? values : values.slice(0, NAMED);
  const text = shown.map((value) => valueText(value, full)).join(', ');
  return shown.length < values.length ? `${text} and ${values.length - shown.length} more` : text;
}

/**
 * What a change does to a field: a list by what comes and goes, each of which may stand on lines of its own; anything else by
 * before and after.
 */
export function changeTexts({ before, after }: FieldChange, full = false): readonly string[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const added = after.filter((value) => !before.some((old) => equalValues(old, value)));
    const removed = before.filter((value) => !after.some((next) => equalValues(next, value)));
    if (added.length + removed.length === 0) return [`${valueText(after, full)} (in another order)`];
    return [
      ...(added.length > 0 ? [`+ ${listText(added, full)}`] : []),
      ...(removed.length > 0 ? [`- ${listText(removed, full)}`] : []),
    ];
  }
  if (equalValues(before, after)) return [valueText(after, full)];
  if (isRecord(before) && isRecord(after)) return memberTexts(before, after, full);
  return [`${valueText(before, full)} → ${valueText(after, full)}`];
}

type Members = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What comes, goes and changes of what is kept by name; the rest of it is as it was. */
function memberTexts(before: Members, after: Members, full: boolean): readonly string[] {
  const texts: string[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (equalValues(before[key], after[key])) continue;
    const name = escapeControls(key);
    if (after[key] === undefined) texts.push(`- ${name} ${valueText(before[key], full)}`);
    else if (before[key] === undefined) texts.push(`+ ${name} ${valueText(after[key], full)}`);
    else texts.push(`~ ${name} ${valueText(before[key], full)} → ${valueText(after[key], full)}`);
  }
  return texts;
}
