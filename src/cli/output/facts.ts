import { escapeControls } from '../../domain/escape.ts';
import type { View } from './view.ts';

/** One line of a thing that is shown by itself: a name, its value, and what there is to say about it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** Facts under each other: aligned on a terminal, tab separated in a pipe. Values are never cut. */
export function renderFacts(facts: readonly Fact[], { width, palette }: View): string {
  const shown = facts.map(({ name, value, note = '' }) => ({
    name,
    value: escapeControls(value),
    note: escapeControls(note),
  }));
  if (width === null) {
    return shown.map(({ name, value, note }) => [name, value, ...(note === '' ? [] : [note])].join('\t')).join('\n');
  }
  const nameWidth = Math.max(...shown.map(({ name }) => name.length), 0);
  return shown
    .map(({ name, value, note }) => {
      const line = `${palette.strong(name.padEnd(nameWidth))}  ${value}`;
      if (note === '') return line;
      const fits = nameWidth + value.length + note.length + 6 <= width;
      return `${line}${fits ? '  ' : `\n${' '.repeat(nameWidth + 2)}`}${palette.faint(`(${note})`)}`;
    })
    .join('\n');
}
