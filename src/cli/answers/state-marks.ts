import type { SiteState } from '../../domain/state/site-segments.ts';
import type { Palette } from '../output/colours.ts';

/** How a state is drawn: one column wide in every font, and told apart without any colour. */
export interface StateMark {
  /** One cell of a lane. */
  readonly cell: string;
  /** The same where an exception keeps its shutdown or its redirects away, and a visitor is served after all. */
  readonly exempt: string;
  readonly colour: (palette: Palette) => (text: string) => string;
}

export const STATE_MARKS: Readonly<Record<SiteState, StateMark>> = {
  prelaunch: { cell: '┄', exempt: '┄', colour: (palette) => palette.faint },
  active: { cell: '━', exempt: '═', colour: (palette) => palette.good },
  frozen: { cell: '▒', exempt: '▒', colour: (palette) => palette.caution },
  dark: { cell: '█', exempt: '═', colour: (palette) => palette.strong },
  retired: { cell: '·', exempt: '·', colour: (palette) => palette.faint },
};

export function colouredState(state: SiteState, palette: Palette): string {
  return STATE_MARKS[state].colour(palette)(state);
}
