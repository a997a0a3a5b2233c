import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import { compileRuleset } from '../../redirects/compile.ts';
import type { RedirectRule, RuleProblem, RuleProblemCode, RulesetOptions } from '../../redirects/rule.ts';
import { TZDB } from '../answers/asked-time.ts';

/** What rules are held against. */
export interface RulesPlace {
  /** Base URLs of their site. */
  readonly siteUrls: readonly string[];
  readonly options: RulesetOptions;
}

/** What no site and no ruleset could make usable. */
const BY_ITSELF: ReadonlySet<RuleProblemCode> = new Set([
  'invalid-url',
  'invalid-status',
  'invalid-pattern',
  'invalid-regex',
  'invalid-window',
  'invalid-priority',
  'invalid-query',
  'control-character',
]);

/** Finds the rules that have the form of one and cannot be used: the checks are those of lint, and of the platform. */
export class UnusableRules {
  readonly #place: RulesPlace;
  readonly #places: readonly string[];
  readonly #resolveTime: (text: string) => number;

  constructor(place: RulesPlace) {
    this.#place = place;
    this.#places = place.siteUrls.flatMap((url) => (url.includes('*') ? [] : spellingsOf(url)));
    const resolver = createTimeResolver(TZDB);
    // Which zone a window is read in hardly matters for whether it can be read.
    this.#resolveTime = (text) => resolver.resolve(text, 'UTC').at;
  }

  /** By the index of the rule. */
  of(rules: readonly RedirectRule[]): ReadonlyMap<number, RuleProblem> {
    const doubtful: number[] = [];
    const asked: RedirectRule[] = [];
    for (const [index, rule] of rules.entries()) {
      if (this.#isPlainlyUsable(rule)) continue;
      doubtful.push(index);
      asked.push(rule);
    }
    if (asked.length === 0) return NONE;
    const { options, siteUrls } = this.#place;
    // The fallback is none of the rules.
    const { fallback: _, ...withoutFallback } = options;
    const compiled = compileRuleset({
      rules: asked,
      siteUrls,
      options: withoutFallback,
      resolveTime: this.#resolveTime,
    });
    return new Map(compiled.problems.map((problem) => [doubtful[problem.index] ?? -1, problem]));
  }

  /** As most rules are; to compile them for this alone would take as long as everything else. */
  #isPlainlyUsable(rule: RedirectRule): boolean {
    const { from, to, status = 301 } = rule;
    for (const key in rule) if (key !== 'from' && key !== 'to' && key !== 'status') return false;
    if (to === undefined || from.length > LONGEST || to.length > LONGEST) return false;
    return (
      (status === 301 || status === 302 || status === 308) &&
      PLAIN_TARGET.test(to) &&
      this.#places.some((place) => from.startsWith(place) && PLAIN_PATH.test(from.slice(place.length)))
    );
  }
}

const NONE: ReadonlyMap<number, RuleProblem> = new Map();

/** Far below the longest URL that a rule may have. */
const LONGEST = 1_000;
const PLAIN_PATH = /^(?:[A-Za-z0-9_-]+[/.])*[A-Za-z0-9_-]*$/;
const PLAIN_TARGET = /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}\/(?:[A-Za-z0-9_-]+[/.])*[A-Za-z0-9_-]*$/;

/** How sources under a base URL begin: with it, without its scheme where no port could be taken for one, or at the root. */
function spellingsOf(url: string): readonly string[] {
  const whole = url.endsWith('/') ? url : `${url}/`;
  const bare = whole.replace(/^https?:\/\//, '');
  return [whole, ...(PLAIN_HOST.test(bare) ? [bare] : []), pathOf(url)];
}

const PLAIN_HOST = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}\//;

/** From the host's root; always ends in a slash, since what follows is a segment of its own. */
function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/, '');
  return path.endsWith('/') ? path : `${path}/`;
}

/** What is wrong with a rule wherever it belongs; undefined where nothing is. */
export function faultByItself(problem: RuleProblem | undefined): RuleProblem | undefined {
  return problem !== undefined && BY_ITSELF.has(problem.code) ? problem : undefined;
}

/** For the list of lines that give no rule: why, and what was written. */
export function faultText({ message, remedy }: RuleProblem, { from, to }: RedirectRule): string {
  const reason = remedy === undefined ? message : `${message}. ${remedy.replace(/\.$/, '')}`;
  return `${reason}: ${to === undefined ? from : `${from} → ${to}`}`;
}
