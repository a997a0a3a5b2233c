import { escapeControls } from '../../domain/escape.ts';
import { formatInstant, formatLocal } from '../../domain/time/format-time.ts';
import type { View } from '../output/view.ts';
import type { Clock } from './clocks.ts';

/** Markets that are named before the rest is counted. */
const NAMED = 4;
/** Narrower than this, local time and UTC stand under each other. */
const SIDE_BY_SIDE = 76;
/** Narrower than this, so do the name, and the two sides of a move. */
const UNDER_EACH_OTHER = 60;

/** Every instant of a field: in UTC, and on the clocks of the markets it holds for. Lines without their indent. */
export function renderInstants(clocks: readonly Clock[], nameWidth: number, view: View): readonly string[] {
  const { width, palette } = view;
  return clocks.flatMap((clock) => {
    const name = namesOf(clock);
    const { zone } = clock;
    if (zone === null) return [spanOf(clock, formatInstant).join(' ')];
    const local = spanOf(clock, (at) => formatLocal(at, zone));
    const utc = spanOf(clock, formatInstant);
    if (width !== null && width < UNDER_EACH_OTHER) {
      return [
        `${name}${clock.after === null ? ' (no longer)' : ''}`,
        ...local.map((line) => `  ${line}`),
        ...utc.map((line) => `  ${palette.faint(line)}`),
      ];
    }
    const head = `${name.padEnd(nameWidth)}  ${ended(clock)}${local.join(' ')}`;
    if (local.length === 1 && (width === null || width >= SIDE_BY_SIDE)) {
      return [`${head}  ${palette.faint(`= ${utc.join(' ')}`)}`];
    }
    return [head, `${' '.repeat(nameWidth)}  ${palette.faint(utc.join(' '))}`];
  });
}

/** The width of the markets' names, so that the fields of an entry stand under each other. */
export function nameWidthOf(clocks: readonly Clock[]): number {
  return Math.max(0, ...clocks.map((clock) => namesOf(clock).length));
}

/** One instant, or the two of a move in pieces that can be broken apart. */
function spanOf({ before, after }: Clock, format: (at: number) => string): readonly string[] {
  if (before === null || after === null) return [before, after].flatMap((at) => (at === null ? [] : [format(at)]));
  return [`${format(before)} →`, format(after)];
}

/** A market that the field no longer has an instant in: one of its sites was taken out. */
function ended({ after }: Clock): string {
  return after === null ? 'no longer ' : '';
}

function namesOf({ markets }: Clock): string {
  const shown = markets.slice(0, NAMED).map((id) => escapeControls(id));
  const rest = markets.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
