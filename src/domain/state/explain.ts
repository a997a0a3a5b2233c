import { parseRequestUrl, type RequestUrl, UrlError } from '../../redirects/url.ts';
import { EXIT, Failure } from '../failure.ts';
import { type Answering, answerUrl, type Decider, type Outcome } from './answer.ts';
import type { DocumentIndex } from './document-index.ts';
import { type Hop, hopsFrom } from './hops.ts';
import { InstantTexts } from './instant-texts.ts';
import { nextChange } from './next-change.ts';
import { type Reason, reasonsFor } from './reasons.ts';
import type { SiteState } from './site-segments.ts';

export type { Hop } from './hops.ts';
export type { Reason } from './reasons.ts';

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
  const texts = textsOf(world.index);
  const zoned = (instant: number | null): string | null =>
    instant === null || zone === undefined ? null : texts.zoned(instant, zone);
  return {
    url: text,
    at: texts.utc(at),
    site: answer.site?.id ?? null,
    state: answer.state,
    decidedBy: answer.decidedBy,
    outcome: answer.outcome,
    status: answer.status,
    location: answer.location,
    hops: hopsFrom(world, url, answer, at),
    nextChangeAt: next === null ? null : texts.utc(next),
    reasoning: options.reasoning ? reasonsFor(world, url, at, answer) : [],
    revision: answer.revision,
    local: zone === undefined ? null : { at: texts.zoned(at, zone), nextChangeAt: zoned(next), zone },
  };
}

/** One for each state that answers, for as long as it does. */
const textsByIndex = new WeakMap<DocumentIndex, InstantTexts>();

function textsOf(index: DocumentIndex): InstantTexts {
  const texts = textsByIndex.get(index) ?? new InstantTexts();
  textsByIndex.set(index, texts);
  return texts;
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
