import { escapeControls } from '../../domain/escape.ts';
import { counted } from '../output/counted.ts';
import { terminalText } from '../output/terminal-text.ts';
import type { View } from '../output/view.ts';
import { type ExportResult, lossLine } from './edge-export.ts';

/** What an export came to: the text itself where it goes to standard output, else where it was written. */
export function renderExport(result: ExportResult, view: View): string {
  const texts = result.files.flatMap(({ text }) => text ?? []);
  if (texts.length > 0) return terminalText(texts.join(''), view).replace(/\n$/, '');
  const written = result.files.map(({ path }) => `Wrote ${escapeControls(path ?? '')}`);
  return [...written, ...reportLines(result, view)].join('\n');
}

/** What has to be said beside the text. */
export function reportLines(
  { format, rules, losses, limits, notes, validUntil }: ExportResult,
  { palette }: View,
): string[] {
  const lines = [`${counted(rules, 'rule')} for ${format}.`];
  if (losses.length > 0) {
    lines.push(palette.caution(`Lost, as allowed: ${counted(losses.length, 'thing')}.`));
    for (const loss of losses) lines.push(`  ${escapeControls(lossLine(loss))}`);
  }
  for (const { name, allowed, used } of limits)
    lines.push(`  ${name}: ${used}${allowed === null ? '' : ` of ${allowed}`}`);
  lines.push(...notes.map((note) => palette.faint(note)));
  if (validUntil !== null) lines.push(palette.caution(`Export again at ${validUntil}: a window begins or ends then.`));
  return lines;
}
