import { policyOf, schemeOf } from '../compiled.ts';
import type { ConsideredOutcome } from '../explain.ts';
import { explainMatch } from '../match.ts';
import type { RedirectStatus } from '../rule.ts';
import { parseRequestUrl } from '../url.ts';
import type { Hop } from './answers.ts';
import { hasWindow } from './windows.ts';

/** A path with more rules than this is left to a person. */
const MOST_RIVALS = 20;

/** Whether visitors all get this answer: whatever they ask with, only where the scheme is settled before, or not at all. */
type Steadiness = 'always' | 'scheme-settled' | 'varies';

/**
 * What is left of a way from one of its URLs on, with what the hops left have in common. Each is made from the next, so
 * that all the ways through a chain cost no more than the chain is long.
 */
export interface WayTail {
  readonly hop: Hop;
  readonly next: WayTail | undefined;
  /** Hops left, this one included. */
  readonly length: number;
  readonly steadiness: Steadiness;
  /** Every later hop is the same for all visitors, were their scheme settled. */
  readonly settledAfter: boolean;
  /** Every later hop is the same for all visitors. */
  readonly steadyAfter: boolean;
  readonly hasQuery: boolean;
  readonly throughFallback: boolean;
  /** All hops are of rules with the same way of passing a query on. */
  readonly policyAlike: boolean;
  readonly oneRuleset: boolean;
  /** Every hop stays on the visitor's own host and scheme. */
  readonly relative: boolean;
  readonly weakest: RedirectStatus;
  /** Where the way ends, with its own fragment if it has one. */
  readonly end: string;
  /** The last fragment on the way (RFC 9110, section 10.2.2). */
  readonly fragment: string | undefined;
}

/** @param at epoch milliseconds */
export function wayTail(hop: Hop, next: WayTail | undefined, at: number): WayTail {
  const relative = isRelative(hop);
  const settledAfter = next === undefined || (next.steadiness !== 'varies' && next.settledAfter);
  const steadyAfter = next === undefined || (next.steadiness === 'always' && next.steadyAfter);
  const status = weaker(hop.status, next?.weakest ?? hop.status);
  return {
    hop,
    next,
    length: (next?.length ?? 0) + 1,
    steadiness: steadinessOf(hop, at),
    settledAfter,
    steadyAfter: relative ? steadyAfter : settledAfter,
    hasQuery: hop.url.includes('?') || next?.hasQuery === true,
    throughFallback: hop.index < 0 || next?.throughFallback === true,
    policyAlike:
      hop.index >= 0 && (next === undefined || (next.policyAlike && policyOfHop(hop) === policyOfHop(next.hop))),
    oneRuleset: next === undefined || (next.oneRuleset && next.hop.ruleset === hop.ruleset),
    relative: relative && next?.relative !== false,
    weakest: status,
    end: next?.end ?? hop.location ?? '',
    fragment: next?.fragment ?? hop.location?.split('#')[1],
  };
}

const isRelative = ({ ruleset, index }: Hop): boolean => (ruleset.compiled.targets.at(index) ?? '/').startsWith('/');

const policyOfHop = ({ ruleset, index }: Hop): unknown => policyOf(ruleset.compiled, index);

export function steadinessOf({ url, ruleset }: Pick<Hop, 'url' | 'ruleset'>, at: number): Steadiness {
  const { compiled } = ruleset;
  const { considered } = explainMatch(compiled, parseRequestUrl(url), at);
  if (considered.length >= MOST_RIVALS) return 'varies';
  const live = considered.filter(({ outcome }) => outcome !== 'disabled');
  const varies = (index: number, outcome: ConsideredOutcome): boolean =>
    hasWindow(compiled, index) || outcome === 'query-differs';
  if (live.some(({ index, outcome }) => varies(index, outcome))) return 'varies';
  return live.some(({ index }) => schemeOf(compiled, index) !== '') ? 'scheme-settled' : 'always';
}

/** Temporary where one hop is; a method that a hop may change is not promised to be kept. */
function weaker(one: number, other: number): RedirectStatus {
  const statuses = [one, other];
  const keepsMethod = statuses.every((status) => status === 307 || status === 308);
  if (statuses.includes(303)) return 303;
  if (statuses.some((status) => status === 302 || status === 307)) return keepsMethod ? 307 : 302;
  return keepsMethod ? 308 : 301;
}
