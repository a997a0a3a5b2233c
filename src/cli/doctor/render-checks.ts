import { escapeControls } from '../../domain/escape.ts';
import type { View } from '../output/view.ts';
import type { Check } from './check.ts';

/** One check a line, and the way out below those that failed. */
export function renderChecks(checks: readonly Check[], { width, palette }: View): string {
  if (width === null) {
    return checks
      .map(({ name, status, found, source = '', remedy = '' }) =>
        [name, status, found, source, remedy].map((text) => escapeControls(text)).join('\t'),
      )
      .join('\n');
  }
  const nameWidth = Math.max(...checks.map(({ name }) => name.length));
  const mark = { ok: palette.good('ok    '), note: palette.caution('note  '), failed: palette.bad('failed') };
  return checks
    .flatMap(({ name, status, found, source, remedy }) => [
      `${mark[status]}  ${name.padEnd(nameWidth)}  ${escapeControls(found)}`,
      ...(source === undefined ? [] : [`        ${palette.faint(`from ${escapeControls(source)}`)}`]),
      ...(remedy === undefined ? [] : [`        ${escapeControls(remedy)}`]),
    ])
    .join('\n');
}
