import stringWidth from 'string-width';

/**
 * Lines of at most `width` columns, broken between words; the first begins with `head`, the others under where its
 * text began. A word is never cut: an id or a URL stays whole, and the terminal wraps it where it must. With `width`
 * null nothing is broken.
 */
export function hang(head: string, text: string, width: number | null, indent = stringWidth(head)): readonly string[] {
  if (width === null) return [`${head}${text}`];
  const room = Math.max(width - indent, 20);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((own, index) => `${index === 0 ? head : ' '.repeat(indent)}${own}`);
}
