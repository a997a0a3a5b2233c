import { escapeControls } from '../../domain/escape.ts';
import { hang } from './hang.ts';
import type { View } from './view.ts';

/** One line of a thing that is shown by itself: a name, its value, and what there is to say about it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** Facts under each other: aligned on a terminal, tab separated in a pipe. No word is ever cut. */
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
    .flatMap(({ name, value, note }) => {
      const lines = hang(`${palette.strong(name.padEnd(nameWidth))}  `, value, width);
      if (note === '') return lines;
      const fits = lines.length === 1 && nameWidth + value.length + note.length + 6 <= width;
      if (fits) return [`${lines[0]}  ${palette.faint(`(${note})`)}`];
      return [...lines, ...hang(' '.repeat(nameWidth + 2), `(${note})`, width).map(palette.faint)];
    })
    .join('\n');
}
