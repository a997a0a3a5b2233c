import { compileRuleset } from '../src/redirects/compile.ts';
import { matchRule } from '../src/redirects/match.ts';
import type { RedirectRule } from '../src/redirects/rule.ts';
import { parseRequestUrl } from '../src/redirects/url.ts';
import { seeded } from './seeded-rules.ts';
import { rate, table } from './table.ts';

/**
 * Lookups a second on 100,000 rules of the kinds a closing shop has, against a raw baseline in the same run: `Map.get`
 * on keys that are ready. Run with `node bench/explain.ts`.
 */
const RULES = 100_000;
const ROUNDS = 7;

const WORDS = [
  'phones',
  'f6',
  'x6-pro',
  'accessories',
  'buds',
  'support',
  'news',
  'campaign',
  'store',
  'watch',
  'm6',
  'c65',
] as const;

interface Sample {
  readonly rule: RedirectRule;
  readonly url: string;
}

/** Nine in ten rules are exact, some of them by query; the rest are prefixes and patterns. */
function sampleRule(index: number, random: () => number): Sample {
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? 'phones';
  const kind = random();
  const query = random() < 0.3 ? '?utm_source=mail&utm_campaign=closing' : '';
  const to = `https://www.mi.com/global/${word()}/${index}`;
  if (kind < 0.85) {
    const from = `/uk/${word()}/${word()}/item-${index}`;
    return { rule: { from, to }, url: `https://po.co${from}${query}` };
  }
  if (kind < 0.9)
    return { rule: { from: `/uk/product.php?id=${index}`, to }, url: `https://po.co/uk/product.php?id=${index}` };
  if (kind < 0.95) return { rule: { from: `/uk/${word()}-${index}/:slug`, to: `${to}/:slug` }, url: '' };
  const from = `/uk/${word()}/old-${index}`;
  return { rule: { from, to, match: 'prefix' }, url: `https://po.co${from}/${word()}${query}` };
}

function best(work: () => number): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    if (work() !== RULES) throw new Error('a lookup found nothing');
    fastest = Math.min(fastest, performance.now() - start);
  }
  return (RULES / fastest) * 1000;
}

const random = seeded(2024);
const samples = Array.from({ length: RULES }, (_, index) => sampleRule(index, random));
const rules = samples.map(({ rule }) => rule);
const urls = samples.map(({ rule, url }) => (url === '' ? `https://po.co${rule.from.replace(':slug', 'black')}` : url));

const ruleset = compileRuleset({
  rules,
  options: { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' },
  siteUrls: ['https://po.co/uk/'],
  resolveTime: Number,
});

const raw = new Map(urls.map((url, index) => [url, index]));
const baseline = best(() => urls.reduce((hits, url) => hits + (raw.get(url) === undefined ? 0 : 1), 0));
const lookups = best(() =>
  urls.reduce((hits, url) => hits + (matchRule(ruleset, parseRequestUrl(url), 0).kind === 'rule' ? 1 : 0), 0),
);

console.log(
  table([
    {
      what: `lookups, ${RULES.toLocaleString('en')} rules of every kind`,
      ours: rate(lookups),
      peer: `${rate(baseline)} Map.get`,
      ratio: (lookups / baseline).toFixed(3),
      bound: '≥ 500,000/s',
    },
  ]),
);
