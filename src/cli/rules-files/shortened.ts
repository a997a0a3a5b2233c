const SHOWN = 120;

/** Enough of a line that gives no rule to find it by. */
export function shortened(text: string, longest = SHOWN): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
