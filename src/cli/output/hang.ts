import stringWidth from 'string-width';

/** Narrower than this, text is broken into single words and reads worse than lines that the terminal wraps. */
const NARROWEST = 20;

/** Between words; an arrow stays with what it leads to. */
const BREAK = /(?<!→) /;

/**
 * Lines of at most `width` columns, broken between words; the first begins with `head`, the others under where its
 * text began. A head that leaves too little room has a line to itself, where the others begin before its end. A word is
 * never cut: an id or a URL stays whole, and the terminal wraps it where it must. With `width` null nothing is broken.
 */
export function hang(head: string, text: string, width: number | null, indent = stringWidth(head)): readonly string[] {
  if (width === null) return [`${head}${text}`];
  const taken = stringWidth(head);
  const margin = ' '.repeat(indent);
  if (indent < taken && width - taken < NARROWEST && taken + stringWidth(text) > width)
    return [head.trimEnd(), ...hang(margin, text, width)];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(BREAK)) {
    const room = Math.max(width - (lines.length === 0 ? taken : indent), NARROWEST);
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((own, index) => `${index === 0 ? head : margin}${own}`);
}

/**
 * The same for a text of several lines, each with blanks of its own before it. A line that is there to be copied, a
 * command or its flags after blanks, is copied whole.
 *
 * @param margin columns before every line but the first
 */
export function hangLines(
  head: string,
  text: string,
  width: number | null,
  margin = stringWidth(head),
): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const words = line.trimStart();
    const blanks = ' '.repeat(line.length - words.length);
    const own = `${index === 0 ? head : ' '.repeat(margin)}${blanks}`;
    if (blanks !== '' && /^(--|storectl )/.test(words)) return [`${own}${words}`];
    return hang(own, words, width, Math.max(margin + blanks.length, index === 0 && margin === 0 ? 2 : 0));
  });
}
