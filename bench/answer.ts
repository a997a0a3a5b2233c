import { checkDocuments } from '../src/domain/document/check-documents.ts';
import type { StoredDocument } from '../src/domain/document/schema.ts';
import { SECTIONS } from '../src/domain/document/sections.ts';
import { specsOfDocument } from '../src/domain/document/specs.ts';
import { type Answering, answerUrl } from '../src/domain/state/answer.ts';
import { compileRevision } from '../src/domain/state/compile-revision.ts';
import { indexDocuments } from '../src/domain/state/document-index.ts';
import { explainUrl } from '../src/domain/state/explain.ts';
import { createTimeResolver } from '../src/domain/time/time-resolver.ts';
import { respond } from '../src/edge/respond.ts';
import type { RedirectRule } from '../src/redirects/rule.ts';
import { parseRequestUrl } from '../src/redirects/url.ts';
import { type Row, rate, table } from './table.ts';

/**
 * Answers a second inside one process, from the text of a URL to what its visitor gets, on 100,000 rules of a dark
 * site among 2,000, against a raw baseline in the same run: `Map.get` on keys that are ready. Run with
 * `node bench/answer.ts`.
 */
const RULES = 100_000;
const SITES = 2_000;
const ROUNDS = 7;
const AT = Date.UTC(2025, 6, 1);

function world(rules: readonly RedirectRule[]): Answering {
  const others = Array.from({ length: SITES }, (_, n) => [
    `site-${n}`,
    { brand: 'poco', market: 'gb', role: 'legacy', urls: [`https://po.co/m${n}/`, `https://m${n}.po.co/`] },
  ]);
  const document = {
    version: 1,
    markets: {
      gb: { name: 'United Kingdom', countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'Europe/London' },
    },
    sites: {
      ...Object.fromEntries(others),
      'poco-gb': { brand: 'poco', market: 'gb', role: 'legacy', urls: ['https://po.co/uk/'] },
      'mi-global': { brand: 'xiaomi', market: 'gb', role: 'unified', urls: ['https://www.mi.com/global/'] },
    },
    shutdowns: {
      'poco-2024': {
        title: 'POCO sites close into mi.com',
        sites: ['poco-gb', ...others.map(([id]) => id)],
        into: 'mi-global',
        freeze: 'start of 2024-10-21',
        dark: 'end of 2024-12-31',
        redirectsUntil: 'end of 2026-12-31',
      },
    },
    rulesets: { 'poco-gb': { site: 'poco-gb', rules: { content: '0'.repeat(64), count: rules.length } } },
    exceptions: {
      'poco-help': {
        urls: ['https://po.co/uk/help/'],
        from: ['redirect'],
        reason: 'Help stays until the last order is delivered',
        owner: 'gb-ops@example.com',
        reviewBy: 'end of 2025-12-31[Europe/London]',
      },
    },
  };
  const { specs } = specsOfDocument(document as StoredDocument);
  const { documents } = checkDocuments(specs, { tzdb: 'bench', known: new Set(SECTIONS) });
  const compiled = new Map<string, ReturnType<typeof compileRevision>>();
  return {
    index: indexDocuments(documents),
    compiled(id, revision) {
      const known = compiled.get(id) ?? compileRevision(documents, revision, rules, createTimeResolver('bench'));
      compiled.set(id, known);
      return known;
    },
  };
}

/** Nine rules in ten are exact, the others prefixes and patterns; three URLs in ten have a query. */
function sample(n: number): { readonly rule: RedirectRule; readonly url: string } {
  const to = `https://www.mi.com/global/product/${n}`;
  const query = n % 10 < 3 ? '?utm_source=mail&utm_campaign=closing' : '';
  if (n % 20 === 0)
    return { rule: { from: `/uk/s${n}/:slug`, to: `${to}/:slug` }, url: `https://po.co/uk/s${n}/black` };
  if (n % 20 === 1) {
    return { rule: { from: `/uk/old-${n}`, to, match: 'prefix' }, url: `https://po.co/uk/old-${n}/x${query}` };
  }
  return { rule: { from: `/uk/phones/item-${n}`, to }, url: `https://po.co/uk/phones/item-${n}${query}` };
}

/** Times a second that `each` was done, in the fastest of several rounds over all URLs. */
function best(urls: readonly string[], each: (url: string) => boolean): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (const url of urls) if (!each(url)) throw new Error(`${url} was answered wrongly`);
    fastest = Math.min(fastest, performance.now() - start);
  }
  return (urls.length / fastest) * 1000;
}

const samples = Array.from({ length: RULES }, (_, n) => sample(n));
const urls = samples.map(({ url }) => url);
const answering = world(samples.map(({ rule }) => rule));

const ready = new Map(urls.map((url, n) => [url, n]));
const baseline = best(urls, (url) => ready.has(url));
const row = (what: string, perSecond: number, bound = '–'): Row => ({
  what,
  ours: rate(perSecond),
  peer: `${rate(baseline)} Map.get`,
  ratio: (perSecond / baseline).toFixed(3),
  bound,
});
const parsed = best(urls, (url) => parseRequestUrl(url).host === 'po.co');
const answers = best(urls, (url) => answerUrl(answering, parseRequestUrl(url), AT).decidedBy.kind === 'rule');
const responses = best(urls, (url) => respond(answering, parseRequestUrl(url), AT).status === 301);
const explanations = best(urls, (url) => explainUrl(answering, url, AT, { reasoning: false }).status === 301);
console.log(
  table([
    row('URL texts parsed', parsed),
    row('URL texts answered, by sites, states, exceptions and rules', answers, '≥ 500,000/s'),
    row('the same as HTTP responses', responses),
    row('the same as explanations', explanations),
  ]),
);
