import { explainMatch, nextWindowChange } from '../../redirects/match.ts';
import { formatUrl, parseRequestUrl, type RequestUrl, UrlError } from '../../redirects/url.ts';
import { EXIT, Failure } from '../failure.ts';
import { formatInstant, formatZoned } from '../time/format-time.ts';
import {
  type Answering,
  answerUrl,
  type Decider,
  type Outcome,
  ruleId,
  type UrlAnswer,
  urlExemption,
} from './answer.ts';
import { revisionAt } from './document-index.ts';
import { exemptionOf, type SiteState } from './site-segments.ts';

/** One thing that was looked at on the way to an answer, in the order of rank. */
export interface Reason {
  readonly subject: string;
  readonly outcome: 'decides' | 'applies' | 'passed-over';
  readonly why: string;
}

/** Where a redirect leads, hop by hop, inside what the documents know. */
export interface Hop {
  readonly url: string;
  readonly site: string | null;
  /** `outside`: on no site of the documents; `loop`: a URL that was visited before. */
  readonly outcome: Outcome | 'outside' | 'loop';
  readonly status: number | null;
  readonly location: string | null;
  readonly decidedBy: { readonly kind: Decider; readonly id: string | null };
}

export interface Explanation {
  /** As asked. */
  readonly url: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly site: string | null;
  readonly state: SiteState | null;
  readonly decidedBy: { readonly kind: Decider; readonly id: string | null };
  readonly outcome: Outcome;
  readonly status: number;
  readonly location: string | null;
  readonly hops: readonly Hop[];
  /** RFC 3339 UTC of the next instant at which a visitor gets something else; null where that is never. */
  readonly nextChangeAt: string | null;
  readonly reasoning: readonly Reason[];
  readonly revision: number | null;
  /** The instants in the zone of the site's market (RFC 9557). */
  readonly local: { readonly at: string; readonly nextChangeAt: string | null; readonly zone: string } | null;
}

/** Browsers give up at 20; what takes more is no way to send a visitor anyway. */
const MOST_HOPS = 20;

/**
 * What a visitor of a URL gets at an instant (epoch milliseconds), what decides it and why the others do not.
 *
 * @throws Failure `invalid-url`
 */
export function explainUrl(
  world: Answering,
  text: string,
  at: number,
  options: { readonly reasoning: boolean },
): Explanation {
  const url = readUrl(text);
  const answer = answerUrl(world, url, at);
  const zone = world.index.documents.markets.get(answer.site?.spec.market ?? '')?.spec.timeZone;
  const next = nextChange(world, url, at, answer);
  return {
    url: text,
    at: formatInstant(at),
    site: answer.site?.id ?? null,
    state: answer.state,
    decidedBy: answer.decidedBy,
    outcome: answer.outcome,
    status: answer.status,
    location: answer.location,
    hops: hopsFrom(world, url, answer, at),
    nextChangeAt: next === null ? null : formatInstant(next),
    reasoning: options.reasoning ? reasonsFor(world, url, at, answer) : [],
    revision: answer.revision,
    local:
      zone === undefined
        ? null
        : { at: formatZoned(at, zone), nextChangeAt: next === null ? null : formatZoned(next, zone), zone },
  };
}

function readUrl(text: string): RequestUrl {
  try {
    return parseRequestUrl(text);
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    throw new Failure({
      code: 'invalid-url',
      exit: EXIT.usage,
      message: `\`${shortened(text)}\` is no URL that a visitor can ask for: ${error.message}`,
      remedy: 'write it whole, as in https://po.co/uk/phones',
      cause: error,
    });
  }
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function hopsFrom(world: Answering, url: RequestUrl, first: UrlAnswer, at: number): readonly Hop[] {
  const hops: Hop[] = [];
  const visited = new Set([formatUrl(url)]);
  let location = first.location;
  while (location !== null && hops.length < MOST_HOPS) {
    const next = parseRequestUrl(location);
    const answer = answerUrl(world, next, at);
    const loops = visited.has(formatUrl(next));
    visited.add(formatUrl(next));
    const outside = answer.site === null && answer.decidedBy.kind === 'none';
    hops.push({
      url: location,
      site: answer.site?.id ?? null,
      outcome: loops ? 'loop' : outside ? 'outside' : answer.outcome,
      status: loops || outside ? null : answer.status,
      location: loops ? null : answer.location,
      decidedBy: answer.decidedBy,
    });
    location = loops ? null : answer.location;
  }
  return hops;
}

/** The first instant after `at` at which the answer is another one; only instants at which anything changes are tried. */
function nextChange(world: Answering, url: RequestUrl, at: number, now: UrlAnswer): number | null {
  for (let after = at; ; ) {
    const candidate = nextCandidate(world, url, after, now);
    if (candidate === null) return null;
    if (!sameAnswer(answerUrl(world, url, candidate), now)) return candidate;
    after = candidate;
  }
}

function sameAnswer(a: UrlAnswer, b: UrlAnswer): boolean {
  return (
    a.outcome === b.outcome &&
    a.status === b.status &&
    a.location === b.location &&
    a.state === b.state &&
    a.decidedBy.kind === b.decidedBy.kind &&
    a.decidedBy.id === b.decidedBy.id
  );
}

function nextCandidate(world: Answering, url: RequestUrl, after: number, { site }: UrlAnswer): number | null {
  const { index } = world;
  const instants = index.exemptionsOf(url).flatMap((exemption) => [exemption.from, exemption.until]);
  if (site !== null) {
    instants.push(...index.segmentsOf(site.id).map((segment) => segment.from));
    const ruleset = index.rulesetOf(site.id);
    if (ruleset !== null) {
      instants.push(...(ruleset.revisions ?? []).flatMap(({ from }) => (from === null ? [] : [from])));
      const compiled = world.compiled(ruleset.id, revisionAt(ruleset, after));
      const change = compiled === null ? null : nextWindowChange(compiled, url, after);
      if (change !== null) instants.push(change);
    }
  }
  const later = instants.filter((instant) => instant > after && Number.isFinite(instant));
  return later.length === 0 ? null : Math.min(...later);
}

function reasonsFor(world: Answering, url: RequestUrl, at: number, answer: UrlAnswer): readonly Reason[] {
  return [
    ...exceptionReasons(world, url, at, answer),
    ...stateReasons(world, answer, at),
    ...ruleReasons(world, url, at, answer),
  ];
}

function exceptionReasons({ index }: Answering, url: RequestUrl, at: number, answer: UrlAnswer): readonly Reason[] {
  const market = answer.site?.spec.market ?? '';
  const ofSite = answer.site === null ? [] : index.exceptionsOf(answer.site.id).map((e) => exemptionOf(e, market));
  const named = urlExemption(index, url, at);
  const all = [...index.exemptionsOf(url), ...ofSite];
  return all.map((exemption) => {
    const subject = `exception ${exemption.exception}`;
    const reason = index.documents.exceptions.get(exemption.exception)?.spec.reason ?? '';
    if (exemption.exception === answer.decidedBy.id && answer.decidedBy.kind === 'exception') {
      const covers = named?.exception === exemption.exception ? 'names this URL' : 'covers this site';
      return { subject, outcome: 'decides', why: `it ${covers} and outranks every rule and shutdown: ${reason}` };
    }
    if (!exemption.redirect)
      return { subject, outcome: 'passed-over', why: 'it exempts from neither shutdown nor redirect' };
    if (at < exemption.from)
      return { subject, outcome: 'passed-over', why: `it starts at ${formatInstant(exemption.from)}` };
    if (exemption.until <= at)
      return { subject, outcome: 'passed-over', why: `it ended at ${formatInstant(exemption.until)}` };
    return {
      subject,
      outcome: 'passed-over',
      why: `${answer.decidedBy.kind} ${answer.decidedBy.id ?? ''} decides before it`,
    };
  });
}

function stateReasons({ index }: Answering, answer: UrlAnswer, at: number): readonly Reason[] {
  const { site, state, decidedBy } = answer;
  if (site === null)
    return [{ subject: 'sites', outcome: 'passed-over', why: 'the URL is on no site that is known here' }];
  const decides = decidedBy.kind === 'state';
  const shutdown = index.shutdownOf(site.id);
  const reasons: Reason[] = [
    {
      subject: `site ${site.id}`,
      outcome: decides ? 'decides' : 'applies',
      why: `it is ${state ?? 'unknown'} at ${formatInstant(at)}`,
    },
  ];
  if (shutdown !== null) {
    const kept = decidedBy.kind === 'exception';
    const why = kept
      ? 'an exception keeps it away'
      : decides && answer.outcome === 'redirect'
        ? `no rule or fallback answers, so its visitors go to ${shutdown.spec.into}`
        : `it closes the site into ${shutdown.spec.into}`;
    reasons.push({
      subject: `shutdown ${shutdown.id}`,
      outcome: kept ? 'passed-over' : decides ? 'decides' : 'applies',
      why,
    });
  }
  return reasons;
}

function ruleReasons(world: Answering, url: RequestUrl, at: number, answer: UrlAnswer): readonly Reason[] {
  const ruleset = answer.site === null ? null : world.index.rulesetOf(answer.site.id);
  if (ruleset === null) return [];
  const revision = revisionAt(ruleset, at);
  const compiled = world.compiled(ruleset.id, revision);
  if (compiled === null) return [];
  const subject = `ruleset ${ruleset.id}`;
  if (answer.state !== 'dark' || answer.decidedBy.kind === 'exception') {
    const why =
      answer.state === 'dark'
        ? 'the exception decides before any rule'
        : `its rules answer while the site is dark, and it is ${answer.state}`;
    return [{ subject, outcome: 'passed-over', why }];
  }
  const { considered } = explainMatch(compiled, url, at);
  const reasons = considered.map(({ index, outcome, why }): Reason => {
    const rule = compiled.rules[index];
    return {
      subject: `rule ${ruleId(ruleset.id, index)} ${rule?.from ?? ''}`,
      outcome: outcome === 'won' ? 'decides' : 'passed-over',
      why,
    };
  });
  const last: Reason[] =
    answer.decidedBy.kind === 'fallback'
      ? [{ subject: `fallback of ${ruleset.id}`, outcome: 'decides', why: 'no rule of the ruleset takes this URL' }]
      : [];
  return [{ subject, outcome: 'applies', why: `revision ${revision.revision} is in force` }, ...reasons, ...last];
}
