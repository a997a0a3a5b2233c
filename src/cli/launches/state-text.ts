import type { LaunchState } from '../../domain/launches/launch-state.ts';
import type { Palette } from '../output/colours.ts';

/** What a state means to whoever looks at it; the word says it, the colour only helps. */
export function stateText(state: LaunchState, palette: Palette): string {
  switch (state) {
    case 'live':
      return palette.good('live');
    case 'held':
      return palette.caution('held: waits for its go');
    case 'scheduled':
      return 'scheduled';
    case 'ended':
      return palette.faint('ended');
    case 'cancelled':
      return palette.bad('cancelled');
  }
}
