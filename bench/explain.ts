import { compileRuleset } from '../src/redirects/compile.ts';
import { lintRules } from '../src/redirects/lint/index.ts';
import { matchRule } from '../src/redirects/match.ts';
import type { RedirectRule } from '../src/redirects/rule.ts';
import { parseRequestUrl } from '../src/redirects/url.ts';

/**
 * Lookups a second on 100,000 rules of the kinds a closing shop has, against a raw baseline in the same run: `Map.get`
 * on keys that are ready. Run with `node bench/explain.ts`.
 */
const RULES = 100_000;
const ROUNDS = 7;

/** Mulberry32: the same rules on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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

const compileStart = performance.now();
const ruleset = compileRuleset({
  rules,
  options: { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' },
  siteUrls: ['https://po.co/uk/'],
  resolveTime: Number,
});
const lintStart = performance.now();
const findings = lintRules({ rulesets: [{ id: 'bench', compiled: ruleset }], exceptions: [] });
const lintEnd = performance.now();

const raw = new Map(urls.map((url, index) => [url, index]));
const baseline = best(() => urls.reduce((hits, url) => hits + (raw.get(url) === undefined ? 0 : 1), 0));
const lookups = best(() =>
  urls.reduce((hits, url) => hits + (matchRule(ruleset, parseRequestUrl(url), 0).kind === 'rule' ? 1 : 0), 0),
);

const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;
console.log(`compile ${RULES.toLocaleString('en')} rules  ${Math.round(lintStart - compileStart)} ms`);
console.log(`lint  ${Math.round(lintEnd - lintStart)} ms, ${findings.length} findings`);
console.log(`Map.get on ready keys  ${perSecond(baseline)}`);
console.log(`URL text to Location  ${perSecond(lookups)}`);
console.log(`ratio  ${(baseline / lookups).toFixed(1)} × the time of Map.get`);
