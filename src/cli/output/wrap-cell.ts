import stringWidth from 'string-width';

/** After these a word that is too long for its column may be broken: paths, lists, hyphenated names. */
const BREAKS = /(?<=[/,;:_.?&=-])/u;

/** A cell's text in lines of at most `width` columns: broken between words, and inside one only where it is too long. */
export function wrapCell(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const lines: string[] = [];
  let line = '';
  const take = (part: string, gap: string): void => {
    if (line !== '' && stringWidth(line) + gap.length + stringWidth(part) > width) {
      lines.push(line);
      line = part;
    } else line = line === '' ? part : `${line}${gap}${part}`;
  };
  for (const word of text.split(' ')) {
    if (stringWidth(word) <= width) take(word, ' ');
    else {
      const [first = '', ...rest] = piecesOf(word, width);
      take(first, ' ');
      for (const piece of rest) take(piece, '');
    }
  }
  return [...lines, line].join('\n');
}

/** Pieces of a long word, each short enough for a line. */
function piecesOf(word: string, width: number): readonly string[] {
  return word.split(BREAKS).flatMap((piece) => (stringWidth(piece) <= width ? [piece] : cut(piece, width)));
}

function cut(piece: string, width: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const { segment } of new Intl.Segmenter().segment(piece)) {
    if (part !== '' && stringWidth(part + segment) > width) {
      parts.push(part);
      part = segment;
    } else part += segment;
  }
  return [...parts, part];
}
