import { formatUrl, parseRequestUrl, type RequestUrl, UrlError } from '../../redirects/url.ts';
import { type Answering, answerUrl, type Decider, type Outcome, type UrlAnswer } from './answer.ts';

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

/** Browsers give up at 20; what takes more is no way to send a visitor anyway. */
const MOST_HOPS = 20;

const NO_HOPS: readonly Hop[] = [];

/** Every further request a visitor makes after a first answer, up to where it is served, leaves, loops or is too long. */
export function hopsFrom(world: Answering, url: RequestUrl, first: UrlAnswer, at: number): readonly Hop[] {
  if (first.location === null) return NO_HOPS;
  const hops: Hop[] = [];
  const visited = new Set([formatUrl(url)]);
  let location: string | null = first.location;
  while (location !== null && hops.length < MOST_HOPS) {
    const next = requestFor(location);
    const hop: Hop = next === null ? outside(location) : hopTo(world, next, location, visited, at);
    hops.push(hop);
    location = hop.location;
  }
  return hops;
}

function hopTo(world: Answering, next: RequestUrl, location: string, visited: Set<string>, at: number): Hop {
  const { site, decidedBy, outcome, status, location: further } = answerUrl(world, next, at);
  if (site === null && decidedBy.kind === 'none') return outside(location);
  const where = site?.id ?? null;
  const key = formatUrl(next);
  if (visited.has(key)) {
    return { url: location, site: where, outcome: 'loop', status: null, location: null, decidedBy };
  }
  visited.add(key);
  return { url: location, site: where, outcome, status, location: further, decidedBy };
}

function outside(url: string): Hop {
  return {
    url,
    site: null,
    outcome: 'outside',
    status: null,
    location: null,
    decidedBy: { kind: 'none', id: null },
  };
}

/** null where a Location is nothing that could be asked for here: then it leads outside. */
function requestFor(location: string): RequestUrl | null {
  try {
    return parseRequestUrl(location);
  } catch (error) {
    if (error instanceof UrlError) return null;
    throw error;
  }
}
