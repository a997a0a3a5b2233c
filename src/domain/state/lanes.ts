import type { DocumentIndex } from './document-index.ts';
import type { SiteSegment, SiteState } from './site-segments.ts';

/** A stretch of a site's time, half open, in epoch milliseconds; null is an open end. */
export interface LaneStretch {
  readonly from: number | null;
  readonly until: number | null;
  readonly state: SiteState;
  /** The exception that keeps its shutdown or its redirects away. */
  readonly exception: string | null;
}

/** Everything that a site is, was and will be, in order and without a gap. */
export interface SiteLane {
  readonly site: string;
  readonly market: string;
  readonly stretches: readonly LaneStretch[];
}

/** The lane of every site, in the order of the documents. */
export function lanesOf(index: DocumentIndex): readonly SiteLane[] {
  return [...index.documents.sites.values()].map(({ id, spec }) => ({
    site: id,
    market: spec.market,
    stretches: joined(index.segmentsOf(id)).map(({ from, until, state, exemptFromRedirect }) => ({
      from: Number.isFinite(from) ? from : null,
      until: Number.isFinite(until) ? until : null,
      state,
      exception: exemptFromRedirect,
    })),
  }));
}

/** Neighbours that a visitor could not tell apart become one. */
function joined(segments: readonly SiteSegment[]): readonly SiteSegment[] {
  const whole: SiteSegment[] = [];
  for (const segment of segments) {
    const last = whole.at(-1);
    if (last?.state === segment.state && last.exemptFromRedirect === segment.exemptFromRedirect) {
      whole[whole.length - 1] = { ...last, until: segment.until };
    } else whole.push(segment);
  }
  return whole;
}
