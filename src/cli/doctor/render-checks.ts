import { escapeControls } from '../../domain/escape.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { Check } from './check.ts';

/** Columns of the mark and what follows it. */
const MARGIN = 8;
const ROOM = 30;

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
  const margin = ' '.repeat(MARGIN);
  // Beside its name where there is room for a few words, else under it.
  const beside = width - nameWidth - MARGIN >= ROOM;
  return checks
    .flatMap(({ name, status, found, source, remedy }) => [
      ...(beside
        ? hang(`${mark[status]}  ${name.padEnd(nameWidth)}  `, escapeControls(found), width)
        : [`${mark[status]}  ${name}`, ...hang(margin, escapeControls(found), width)]),
      ...(source === undefined ? [] : hang(margin, `from ${escapeControls(source)}`, width).map(palette.faint)),
      ...(remedy === undefined ? [] : hang(margin, escapeControls(remedy), width)),
    ])
    .join('\n');
}
