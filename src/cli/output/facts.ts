import stringWidth from 'string-width';
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
      if (nameWidth + 2 + longestWord(value) > width) {
        // A time with its zone is whole on a line of its own, where the terminal would cut it beside its name.
        const below = [value, ...(note === '' ? [] : [`(${note})`])].flatMap((text) => hang('  ', text, width));
        return [palette.strong(name), ...below];
      }
      const lines = hang(`${palette.strong(name.padEnd(nameWidth))}  `, value, width);
      if (note === '') return lines;
      const fits = lines.length === 1 && nameWidth + value.length + note.length + 6 <= width;
      if (fits) return [`${lines[0]}  ${palette.faint(`(${note})`)}`];
      return [...lines, ...hang(' '.repeat(nameWidth + 2), `(${note})`, width).map(palette.faint)];
    })
    .join('\n');
}

function longestWord(text: string): number {
  return Math.max(...text.split(' ').map((word) => stringWidth(word)));
}
