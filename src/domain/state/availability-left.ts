import type { Availability } from './availability.ts';

/** The same with what is left of the allocation: units that nobody holds or has bought. */
export interface PresentAvailability extends Availability {
  /** Null where there is no allocation, or where nobody knows: at another instant, or of a document alone. */
  readonly left: number | null;
}

/**
 * An availability with what is left of its launch's allocation in this market, as it was counted at the same instant.
 * What is sold out is seen, and not to be bought.
 *
 * @param left null where nobody counted
 */
export function withLeft(found: Availability, left: number | null): PresentAvailability {
  const { allocation, decidedBy, why } = found;
  if (allocation === null || left === null) return { ...found, left: null };
  if (left > 0) return { ...found, left };
  const soldOut = why.map((reason) =>
    reason.kind === 'launch' && reason.id === decidedBy.id && reason.role === 'decides'
      ? { ...reason, text: `it is live, and sold out: of ${allocation} none is left` }
      : reason,
  );
  return { ...found, buyable: false, why: soldOut, left: 0 };
}
