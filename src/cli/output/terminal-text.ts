import { escapeControls } from '../../domain/escape.ts';
import type { View } from './view.ts';

/**
 * A file's text for standard output. A pipe gets it to the letter; a terminal would act on the control characters that a
 * note or a comment may hold, and so it shows them instead.
 */
export function terminalText(text: string, { width }: Pick<View, 'width'>): string {
  if (width === null) return text;
  const lines = text.replaceAll('\r\n', '\n');
  return lines
    .split('\t')
    .map((part) => escapeControls(part, { keepNewlines: true }))
    .join('\t');
}
