import stringWidth from 'string-width';

export interface FlowOptions {
  /** Columns of the terminal; null: everything stays on one line. */
  readonly width: number | null;
  /** Columns that the first line has taken already. */
  readonly used: number;
  /** Before each further line. */
  readonly indent: string;
}

const GAP = '  ';

/**
 * Parts beside each other, on as many lines as they need: a line is broken between parts and never inside one.
 * Colour in a part takes no room.
 */
export function flow(parts: readonly string[], { width, used, indent }: FlowOptions): string {
  let text = '';
  let column = used;
  for (const part of parts.filter((own) => own !== '')) {
    const own = stringWidth(part);
    if (text === '') {
      text = part;
      column += own;
    } else if (width === null || column + GAP.length + own <= width) {
      text += `${GAP}${part}`;
      column += GAP.length + own;
    } else {
      text += `\n${indent}${part}`;
      column = indent.length + own;
    }
  }
  return text;
}
