import { stringify } from 'yaml';

/** A text as it is written inside a line of YAML: quoted only where it needs it. */
export function scalarText(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: needsQuotes(text) ? 'QUOTE_DOUBLE' : 'PLAIN' }).trimEnd();
}

/** Plain text may stand inside `[ ]` and `{ }` too, where commas and brackets would end it. */
function needsQuotes(text: string): boolean {
  return /[,[\]{}#:\n]|^\s|\s$/.test(text);
}
