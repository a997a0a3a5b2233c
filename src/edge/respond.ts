import type { Answering, UrlAnswer } from '../domain/state/answer.ts';
import { answerUrl } from '../domain/state/answer.ts';
import { siteStateAt } from '../domain/state/state-at.ts';
import type { RequestUrl } from '../redirects/url.ts';
import { page, type SiteNow } from './page.ts';

export interface EdgeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A browser that keeps a 301 of a rehearsal would go on following it for ever. */
const NEVER_KEPT = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** What a visitor of a URL gets at an instant (epoch milliseconds): the answer that `explain` gives, as HTTP. */
export function respond(world: Answering, url: RequestUrl, at: number): EdgeResponse {
  const answer = answerUrl(world, url, at);
  const decidedBy = decider(answer);
  if (answer.location !== null) {
    const location = headerSafe(answer.location);
    const headers = {
      ...NEVER_KEPT,
      location,
      'content-type': 'text/plain; charset=utf-8',
      'x-storectl-decided-by': decidedBy,
    };
    return { status: answer.status, headers, body: `${location}\n` };
  }
  return {
    status: answer.status,
    headers: { ...PAGE_HEADERS, 'x-storectl-decided-by': decidedBy },
    body: page({ url, outcome: answer.outcome, decidedBy, at, site: siteNow(world, answer, at) }),
  };
}

/** A request that names no URL. */
export function refuse(why: string): EdgeResponse {
  return {
    status: 400,
    headers: { ...NEVER_KEPT, 'content-type': 'text/plain; charset=utf-8' },
    body: `Bad request: ${why}\n`,
  };
}

const PAGE_HEADERS = {
  ...NEVER_KEPT,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
} as const;

function decider({ decidedBy }: UrlAnswer): string {
  return decidedBy.id === null ? decidedBy.kind : `${decidedBy.kind} ${decidedBy.id}`;
}

function siteNow({ index }: Answering, { site }: UrlAnswer, at: number): SiteNow | null {
  if (site === null) return null;
  const { state, nextChangeAt, nextState } = siteStateAt(index, site.id, at);
  const zone = index.documents.markets.get(site.spec.market)?.spec.timeZone ?? null;
  return { id: site.id, state, nextChangeAt, nextState, zone };
}

/** A header value is ASCII: a Location with anything else is sent as the URL that a browser makes of it. */
function headerSafe(location: string): string {
  return /^[\u0021-\u007e]*$/.test(location) ? location : new URL(location).href;
}
