import type { Environment, Output } from '../surroundings.ts';

/** 0 is no colour; 1, 2 and 3 are 16 colours, 256 colours and true colour, as chalk counts them. */
export type ColourLevel = 0 | 1 | 2 | 3;

/** What a colour says. Meaning is never in the colour alone: the text beside it says the same. */
export interface Palette {
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  caution(text: string): string;
  id(text: string): string;
}

const asIs = (text: string): string => text;

export const NO_PALETTE: Palette = { strong: asIs, faint: asIs, good: asIs, bad: asIs, caution: asIs, id: asIs };

const FORCED: Readonly<Record<string, ColourLevel>> = { '': 1, true: 1, '1': 1, '2': 2, '3': 3, '0': 0, false: 0 };

/**
 * The one colour policy; the first of these that speaks decides: NO_COLOR (https://no-color.org: set and not
 * empty), FORCE_COLOR, TERM=dumb, whether the stream is a terminal.
 */
export function colourLevel(stream: Pick<Output, 'isTTY'>, env: Environment): ColourLevel {
  if ((env['NO_COLOR'] ?? '') !== '') return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return FORCED[forced] ?? 1;
  if (env['TERM'] === 'dumb' || stream.isTTY !== true) return 0;
  if (env['COLORTERM'] === 'truecolor' || env['COLORTERM'] === '24bit') return 3;
  return env['TERM']?.includes('256') ? 2 : 1;
}

/** chalk by itself ignores NO_COLOR, so it is given its level and asked nothing. It is loaded only for colour. */
export async function paletteFor(level: ColourLevel): Promise<Palette> {
  if (level === 0) return NO_PALETTE;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level });
  // chalk joins whatever arguments it gets, so that `lines.map(palette.faint)` would print positions too.
  return {
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    caution: (text) => chalk.yellow(text),
    id: (text) => chalk.cyan(text),
  };
}
