import { type MatchKind, REDIRECT_STATUSES, type RedirectStatus } from './rule.ts';

/**
 * What a rule is, as one number: these flags, above them its kind, and above that its status. A lookup wants all three,
 * and memory is slow to ask.
 */
export const FLAG = {
  valid: 1,
  disabled: 2,
  http: 4,
  https: 8,
  plain: 16,
  conditional: 32,
  target: 64,
  policy: 128,
} as const;

const FLAGS = 0xff;
const KIND_SHIFT = 8;
const STATUS_SHIFT = 10;

const KINDS: readonly MatchKind[] = ['exact', 'pattern', 'prefix', 'regex'];

export function kindTrait(kind: MatchKind): number {
  return KINDS.indexOf(kind) << KIND_SHIFT;
}

const STATUS_TRAITS = new Uint16Array(1000);
for (const [index, status] of REDIRECT_STATUSES.entries()) STATUS_TRAITS[status] = (index + 1) << STATUS_SHIFT;

/** Zero for what is no status of a redirect. */
export function statusTrait(status: number): number {
  return STATUS_TRAITS[status] ?? 0;
}

export function flagsOfTraits(traits: number): number {
  return traits & FLAGS;
}

export function kindOfTraits(traits: number): MatchKind {
  return KINDS[(traits >> KIND_SHIFT) & 3] ?? 'exact';
}

/** Zero for a rule that cannot be used. */
export function statusOfTraits(traits: number): RedirectStatus {
  return (REDIRECT_STATUSES[(traits >> STATUS_SHIFT) - 1] ?? 0) as RedirectStatus;
}
