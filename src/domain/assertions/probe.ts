import type { FindingRule } from '../../redirects/lint/index.ts';
import type { RuleOrigin } from '../../redirects/rule.ts';
import { COMMON, type ResolvedField, type Resource } from '../document/resources.ts';
import type { UrlAnswer } from '../state/answer.ts';
import { type DocumentIndex, revisionAt } from '../state/document-index.ts';
import type { Interval } from '../time/interval.ts';
import type { AssertionFailure } from './result.ts';
import { type Asker, readUrl, type Stretch } from './stretches.ts';

/** Says what is wrong with a stretch, as `AssertionFailure.happens`; null where the assertion holds in it. */
export type Judge = (stretch: Stretch) => string | null;

/**
 * Asks for one URL over all of its time. The failure is the first stretch that fails, as long as what happens stays the
 * same; null where none does.
 */
export function probe(asker: Asker, url: string, window: Interval, judge: Judge): AssertionFailure | null {
  const request = readUrl(url);
  if (request === null) return null;
  let failure: AssertionFailure | null = null;
  for (const stretch of asker.stretchesOf(request, window)) {
    const happens = judge(stretch);
    if (failure !== null && happens !== failure.happens) return failure;
    if (happens === null) continue;
    const { from, until, answer } = stretch;
    const first: AssertionFailure = failure ?? {
      url,
      from,
      until,
      happens,
      decidedBy: answer.decidedBy,
      rules: deciders(asker, answer, from),
    };
    failure = { ...first, until };
  }
  return failure;
}

/** The rule that gives an answer, as findings name rules. */
function deciders({ world }: Asker, answer: UrlAnswer, at: number): readonly FindingRule[] {
  const { ruleset, decidedBy } = answer;
  if (ruleset === null || (decidedBy.kind !== 'rule' && decidedBy.kind !== 'fallback')) return [];
  const index = answer.rule ?? -1;
  const stored = world.index.documents.rulesets.get(ruleset);
  const compiled = stored === undefined ? null : world.compiled(ruleset, revisionAt(stored, at));
  const from = compiled?.rules.at(index)?.from ?? '(fallback)';
  const origin: RuleOrigin = index < 0 ? {} : (compiled?.originOf(index) ?? {});
  return [{ ruleset, from, index, ...origin }];
}

/** When an assertion has to hold of a URL: on the clock of the market that its site is in, and not before `since`. */
export function windowFor(
  index: DocumentIndex,
  { times }: Pick<Resource<'assertions'>, 'times'>,
  url: string,
  since: number,
): Interval {
  const from = times['from'];
  const until = times['until'];
  if (from === undefined && until === undefined) return { from: since, until: Number.POSITIVE_INFINITY };
  const request = readUrl(url);
  const market = (request === null ? null : index.siteOf(request))?.spec.market ?? '';
  return {
    from: Math.max(since, instantOf(from, market, Math.min) ?? Number.NEGATIVE_INFINITY),
    until: instantOf(until, market, Math.max) ?? Number.POSITIVE_INFINITY,
  };
}

/** A URL in no market that a civil time was read in is held to the widest window of any. */
function instantOf(
  field: ResolvedField | undefined,
  market: string,
  widest: (...instants: number[]) => number,
): number | undefined {
  if (field === undefined) return undefined;
  const own = (field[COMMON] ?? field[market])?.at;
  const instants = Object.values(field).map(({ at }) => at);
  return own ?? (instants.length === 0 ? undefined : widest(...instants));
}
