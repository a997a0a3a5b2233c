import type { Explanation } from '../../domain/state/explain.ts';
import type { Landing } from '../../redirects/coverage/landing.ts';

/** Where a visitor ends up by an explanation: with the states of all sites and their exceptions, hops included. */
export function explainedLanding({ outcome, decidedBy, hops }: Explanation): Landing {
  switch (outcome) {
    case 'serve':
      return 'served';
    case 'not-found':
      return 'not-found';
    case 'gone':
      if (decidedBy.kind === 'rule') return 'gone';
      return decidedBy.kind === 'fallback' ? 'fallback-gone' : 'retired';
    case 'redirect':
      return redirectLanding(decidedBy, hops);
  }
}

function redirectLanding(first: Explanation['decidedBy'], hops: Explanation['hops']): Landing {
  switch (hops.at(-1)?.outcome) {
    case 'gone':
    case 'not-found':
      return 'dead-end';
    case 'loop':
    // More hops than are followed.
    case 'redirect':
      return 'loop';
    case 'serve':
    case 'outside':
    case undefined: {
      const last = hops.findLast(({ location }) => location !== null)?.decidedBy ?? first;
      return last.kind === 'rule' ? 'redirect' : 'fallback';
    }
  }
}
