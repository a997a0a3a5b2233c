/**
 * What a terminal would act on, or what would make a text read as something it is not: C0 and C1 controls (ANSI
 * escapes begin with one), lone surrogates, line and paragraph separators, bidi marks, embeddings, overrides and
 * isolates, and characters with no width. U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const EVERY_UNSAFE = new RegExp(UNSAFE, 'gu');

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * The text with everything unsafe made visible: `\x1b`, `\u202e`, `\u{e0041}`.
 *
 * Newlines and tabs are escaped too (`\n`, `\r`, `\t`), so that one value stays on one line and in one cell;
 * `keepNewlines` lets `\n` through, for texts of several lines. Backslashes are left alone: this is for reading, and
 * cannot be turned back.
 */
export function escapeControls(text: string, options: { readonly keepNewlines?: boolean } = {}): string {
  if (!UNSAFE.test(text)) return text;
  const keepNewlines = options.keepNewlines === true;
  return text.replace(EVERY_UNSAFE, (character) =>
    keepNewlines && character === '\n' ? character : (SHORT.get(character) ?? escapeOf(character)),
  );
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}
