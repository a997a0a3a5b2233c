import type { Surroundings } from '../surroundings.ts';
import { colourLevel, type Palette, paletteFor } from './colours.ts';

/** What a renderer may know about where its text goes. */
export interface View {
  /** Columns of the terminal; null when the text goes to a pipe or a file and nothing may be cut or wrapped. */
  readonly width: number | null;
  readonly palette: Palette;
}

const USUAL_WIDTH = 80;

/** A terminal that says it has no columns (some CI pseudo-terminals) is taken as 80 wide. */
export function terminalWidth(stream: { readonly isTTY?: boolean; readonly columns?: number }): number | null {
  if (stream.isTTY !== true) return null;
  return stream.columns !== undefined && stream.columns > 0 ? stream.columns : USUAL_WIDTH;
}

export async function viewOf(stream: 'stdout' | 'stderr', surroundings: Surroundings): Promise<View> {
  const output = surroundings[stream];
  return { width: terminalWidth(output), palette: await paletteFor(colourLevel(output, surroundings.env)) };
}
