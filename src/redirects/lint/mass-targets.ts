import { flagsOf, kindOf } from '../compiled.ts';
import { spread } from '../hash.ts';
import { isFault } from '../rule.ts';
import { parseSource } from '../source.ts';
import { FLAG } from '../traits.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessOf } from './witness.ts';

/** From this many unrelated pages on one target, search engines take the redirects for missing pages. */
const MASS = 100;

/** A home page is nobody's successor: there a few are enough. */
const MASS_ON_HOME = 50;

/** A finding names the first rules; its message counts them all. */
const SHOWN_RULES = 50;

/** Words shorter than this ("news", "help") say too little to relate two pages. */
const TELLING = 5;

/** A million counters of the hashes of targets. */
const MOST_COUNTER_BITS = 20;

/** Characters at the end of a target by which it is counted: beginnings are alike. */
const HASHED_END = 12;

/** What tells whether a rule is in use and leads somewhere. */
const LIVE = FLAG.valid | FLAG.disabled | FLAG.target;

/**
 * Many pages with different meanings on one target: a soft 404 (Google Search Central, "Soft 404 errors"). Pages of
 * the target's own topic are left out: where the end of their path shares a word with the target, one page may well
 * have taken their place.
 */
export function findMassTargets(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const { rules, targets } = compiled;
  if (rules.length < MASS_ON_HOME) return [];
  // Counting first, by a hash of the target's end, keeps a million targets of their own out of the map.
  const bits = Math.min(MOST_COUNTER_BITS, Math.ceil(Math.log2(rules.length * 2)));
  const counters = new Uint16Array(1 << bits);
  const counterAt = new Int32Array(rules.length).fill(-1);
  for (let index = 0; index < rules.length; index++) {
    if ((flagsOf(compiled, index) & LIVE) !== (FLAG.valid | FLAG.target)) continue;
    if (kindOf(compiled, index) !== 'exact') continue;
    const counter = spread(targets.hashOfEnd(index, HASHED_END), bits);
    counterAt[index] = counter;
    const count = counters[counter] ?? 0;
    if (count < MASS_ON_HOME) counters[counter] = count + 1;
  }
  const sources = new Map<string, number[]>();
  for (let index = 0; index < rules.length; index++) {
    const counter = counterAt[index] ?? -1;
    if (counter < 0 || (counters[counter] ?? 0) < MASS_ON_HOME) continue;
    const target = targets.at(index) ?? '';
    const same = sources.get(target);
    if (same === undefined) sources.set(target, [index]);
    else same.push(index);
  }
  return [...sources].flatMap(([target, rules]) => massFinding(ruleset, target, rules));
}

function massFinding(ruleset: LintRuleset, target: string, rules: readonly number[]): readonly Finding[] {
  const home = isHomePage(target);
  const most = home ? MASS_ON_HOME : MASS;
  if (rules.length < most) return [];
  const words = home ? [] : tellingWords(target);
  const pages = new Set<string>();
  const unrelated = rules.filter((index) => {
    const page = pageOf(ruleset, index);
    if (page === undefined || pages.has(page) || isAbout(page, words)) return false;
    return pages.add(page) !== undefined;
  });
  const [first] = unrelated;
  if (first === undefined || unrelated.length < most) return [];
  return [
    {
      code: 'mass-target',
      severity: 'warning',
      message: `${unrelated.length} different pages lead to one, which search engines read as missing pages; lead each to its successor, or give 410 to what has none: ${target}`,
      rules: unrelated.slice(0, SHOWN_RULES).map((index) => findingRule(ruleset, index)),
      ...witnessOf(ruleset.compiled, first),
    },
  ];
}

/** Path and query of a source, without what makes no other page of it: case, extension, index document. */
function pageOf({ compiled }: LintRuleset, index: number): string | undefined {
  const rule = compiled.rules.at(index);
  const source = rule === undefined ? undefined : parseSource(rule, compiled.options);
  if (source === undefined || isFault(source)) return undefined;
  const path = source.path
    .toLowerCase()
    .replace(/\.[a-z]{2,5}$/, '')
    .replace(/\/(?:index|default|home)?$/, '');
  return source.conditions.length === 0 ? path : `${path}?${source.conditions.join('&').toLowerCase()}`;
}

function isAbout(page: string, words: readonly string[]): boolean {
  const end = page.split('/').slice(-2).join('/');
  return words.some((word) => end.includes(word));
}

function tellingWords(target: string): readonly string[] {
  const path = pathOf(target).toLowerCase();
  return path.split(/[^a-z0-9]+/).filter((word) => word.length >= TELLING && /[a-z]/.test(word));
}

/** The root of a host, or of one of its languages or regions. */
function isHomePage(target: string): boolean {
  return /^\/(?:(?:[a-z]{2}(?:[-_][a-z]{2})?|global|home|index\.[a-z]+)\/?)?$/i.test(pathOf(target));
}

function pathOf(target: string): string {
  const start = target.startsWith('/') ? 0 : target.indexOf('/', target.indexOf('//') + 2);
  return start < 0 ? '/' : target.slice(start).replace(/[?#].*$/, '');
}
