/** What one line of a log or a list says. */
export type VisitLine =
  | { readonly kind: 'visit'; readonly url: string; readonly hits: number }
  /** A header, a blank line or a comment. */
  | { readonly kind: 'nothing' }
  /** A request that asks for no page. */
  | { readonly kind: 'passed-over' }
  | { readonly kind: 'bad'; readonly reason: string };

export const NOTHING: VisitLine = { kind: 'nothing' };
export const PASSED_OVER: VisitLine = { kind: 'passed-over' };

export const badLine = (reason: string): VisitLine => ({ kind: 'bad', reason });

/** Only these ask for a page; what else is sent to an address (a form, a probe) is not what redirects are for. */
const ASKS_FOR_A_PAGE: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** A visit that a request made: `method` as it was sent, empty where the log does not tell. */
export function requested(method: string, url: string, hits = 1): VisitLine {
  return method === '' || ASKS_FOR_A_PAGE.has(method.toUpperCase()) ? { kind: 'visit', url, hits } : PASSED_OVER;
}

/** A count as logs and spreadsheets write it (`12`, `1,234`); undefined where it is none. */
export function readHits(text: string): number | undefined {
  const digits = /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text;
  const hits = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(hits) ? hits : undefined;
}
