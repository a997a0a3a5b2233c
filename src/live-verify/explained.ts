import type { Hop as ExplainedHop, Explanation } from '../domain/state/explain.ts';
import { type Expectation, type Hop, MOST_HOPS } from './expect.ts';

/** What a URL is to do by an explanation: with the states of all sites and their exceptions, not by rules alone. */
export function expectationFrom(explained: Explanation): Expectation {
  const { url, decidedBy, status, location, hops: further } = explained;
  const rule = decidedBy.kind === 'rule' ? Number(/#(\d+)$/.exec(decidedBy.id ?? '')?.[1] ?? 0) - 1 : null;
  const first = location === null ? [] : [{ url, status, location }];
  const hops = [...first, ...further.flatMap(redirectOf)];
  const decided = { ...decidedBy, rule };
  if (hops.length > MOST_HOPS || further.at(-1)?.outcome === 'loop')
    return { url, hops: hops.slice(0, MOST_HOPS), decidedBy: decided, end: 'endless' };
  return { url, hops, decidedBy: decided, end: endOf(explained) };
}

const redirectOf = ({ url, status, location }: ExplainedHop): readonly Hop[] =>
  status === null || location === null ? [] : [{ url, status, location }];

function endOf({ outcome, hops }: Explanation): Expectation['end'] {
  if (outcome === 'serve') return 'own';
  switch (hops.at(-1)?.outcome ?? outcome) {
    case 'gone':
      return 'gone';
    case 'not-found':
      return 'unsaid';
    case 'serve':
    case 'outside':
    case 'redirect':
    case 'loop':
      return 'page';
  }
}
