import stringWidth from 'string-width';
import { hang } from './hang.ts';

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
 * Parts beside each other, on as many lines as they need: a line is broken between parts, and inside one only where it is
 * too long for a line of its own, between words. Colour in a part takes no room.
 */
export function flow(parts: readonly string[], { width, used, indent }: FlowOptions): string {
  let text = '';
  let column = used;
  for (const whole of parts.filter((own) => own !== '')) {
    const part = hang('', whole, width === null ? null : width - indent.length).join(`\n${indent}`);
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
