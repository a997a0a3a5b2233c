import type { DocumentIndex } from './document-index.ts';
import { type SiteState, segmentAt } from './site-segments.ts';

const OPENNESS: Readonly<Record<SiteState, number>> = { active: 0, frozen: 1, prelaunch: 2, dark: 3, retired: 4 };

/** The site of a market that is most open at an instant, in epoch milliseconds; null where it has none at all. */
export function sellingSite(
  { documents, segmentsOf }: DocumentIndex,
  market: string,
  at: number,
): { readonly id: string; readonly state: SiteState } | null {
  const sites = [...documents.sites.values()].filter(({ spec }) => spec.market === market);
  const states = sites.map(({ id }) => ({ id, state: segmentAt(segmentsOf(id), at).state }));
  return states.toSorted((a, b) => OPENNESS[a.state] - OPENNESS[b.state])[0] ?? null;
}
