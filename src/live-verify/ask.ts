import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent, Dispatcher } from 'undici';
import { noAnswer, originalWords } from './no-answer.ts';
import type { Pace } from './pace.ts';
import { type Headers, pageFacts } from './page-facts.ts';

/** What a host said of one URL. */
export type Reply =
  | { readonly kind: 'redirect'; readonly status: number /** Absolute. */; readonly location: string }
  | { readonly kind: 'page'; readonly status: number; readonly canonical: string | null; readonly noindex: boolean }
  | { readonly kind: 'unreachable'; readonly why: string };

export interface AskOptions {
  readonly agent: Agent;
  readonly pace: Pace;
  readonly retries: number;
  /** Milliseconds for one whole answer. */
  readonly timeout: number;
  readonly userAgent: string;
  /** Whether somebody else has ended TLS for a URL, and says so as proxies do. */
  readonly forwarded: (url: URL) => boolean;
  readonly signal: AbortSignal;
  /** Told what went wrong as the libraries say it. */
  readonly onDebug?: ((line: string) => void) | undefined;
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** "Later, please" (RFC 6585, RFC 9110): no answer yet. */
const LATER: readonly number[] = [429, 503];
const FIRST_PAUSE = 250;
/** A host that asks for more patience than this, in seconds, is told of instead. */
const LONGEST_RETRY_AFTER = 60;
/** As much of a page as is read: what it says to search engines stands at its start. */
const PAGE_BYTES = 256 * 1024;

type Attempt = Reply | { readonly kind: 'again'; readonly why: string; readonly after: number | null };

/**
 * Asks one URL, and again where the network fails or the host says "later". Follows nothing.
 *
 * @throws the signal's reason once it is aborted
 */
export async function ask(url: URL, options: AskOptions): Promise<Reply> {
  const { pace, retries, signal } = options;
  for (let attempt = 0; ; attempt++) {
    await rest(pace.takeTurn(), signal);
    const reply = await attemptOnce(url, options);
    if (reply.kind !== 'again') return reply;
    const wait = reply.after ?? (FIRST_PAUSE * 2 ** attempt) / 1000;
    if (attempt >= retries) return { kind: 'unreachable', why: `${reply.why} (asked ${times(attempt + 1)})` };
    if (wait > LONGEST_RETRY_AFTER) return { kind: 'unreachable', why: `${reply.why}; it asks to wait ${wait} s` };
    await rest(wait * 1000, signal);
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal });
}

async function attemptOnce(url: URL, options: AskOptions): Promise<Attempt> {
  const { agent, timeout, userAgent, forwarded, signal, onDebug } = options;
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: {
        ...{ 'user-agent': userAgent, accept: 'text/html,*/*;q=0.8', 'accept-encoding': 'identity' },
        ...(forwarded(url) ? { 'x-forwarded-proto': url.protocol.slice(0, -1) } : {}),
      },
      signal: AbortSignal.any([signal, late]),
    });
    return await replyOf(url, response);
  } catch (error) {
    signal.throwIfAborted();
    onDebug?.(`${url.href}: ${originalWords(error)}`);
    const why = late.aborted ? `no answer within ${timeout / 1000} s` : noAnswer(error);
    return { kind: 'again', why, after: null };
  }
}

async function replyOf(url: URL, { statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<Attempt> {
  const location = [headers['location'] ?? []].flat()[0];
  if (LATER.includes(status)) {
    await body.dump({ limit: PAGE_BYTES });
    return { kind: 'again', why: `it answers ${status}`, after: retryAfter(headers) };
  }
  if (REDIRECTS.includes(status) && location !== undefined) {
    await body.dump({ limit: PAGE_BYTES });
    return { kind: 'redirect', status, location: absolute(location, url) };
  }
  const facts = pageFacts(url.href, headers, await startOf(headers, body));
  return { kind: 'page', status, ...facts };
}

/** A Location may be relative (RFC 9110, section 10.2.2); headers come as Latin-1 and mean UTF-8. */
function absolute(location: string, url: URL): string {
  const text = Buffer.from(location, 'latin1').toString('utf8');
  if (/^https?:\/\//i.test(text)) return text;
  return URL.canParse(text, url.href) ? new URL(text, url).href : text;
}

async function startOf(headers: Headers, body: Dispatcher.ResponseData['body']): Promise<string> {
  if (!/html/i.test(String(headers['content-type'] ?? ''))) {
    await body.dump({ limit: PAGE_BYTES });
    return '';
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early closes the connection: the rest is never sent.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= PAGE_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, PAGE_BYTES);
}

/** Seconds, from either form of Retry-After (RFC 9110, section 10.2.3); a date is read by the host's own clock. */
function retryAfter(headers: Headers): number | null {
  const text = String(headers['retry-after'] ?? '');
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const wait = (Date.parse(text) - Date.parse(String(headers['date'] ?? ''))) / 1000;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
