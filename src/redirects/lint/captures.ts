import { type CompiledRuleset, chainOf, flagsOf, type PathIndex } from '../compiled.ts';
import { hostPatternCovers } from '../host.ts';
import { FLAG } from '../traits.ts';
import type { TrieNode } from '../trie.ts';
import { basePathCovers, type SiteUrl } from '../url.ts';
import { type Finding, findingRule, type LintException, type LintInput, type LintRuleset } from './finding.ts';
import { concreteHost, placeWitness, witnessesOf } from './witness.ts';

/** Where a rule meets an exempt area: it names something inside, or it covers the area from above. */
interface Capture {
  readonly rule: number;
  readonly inside: boolean;
  readonly path: string;
}

/**
 * Rules that would take a URL of an exempt site or market. The exception outranks them whatever they say; the finding
 * tells that the rule does not do what its author may think, and what would happen on the day the exception ends.
 *
 * A rule inside the area, or on a wildcard host that takes it in, is an error. A catch-all that covers the area from
 * above is a warning, since an exception carved out of it is what exceptions are for; and so is a ruleset whose whole
 * site is exempt.
 */
export function findCaptures(input: LintInput): Finding[] {
  const findings: Finding[] = [];
  for (const ruleset of input.rulesets) {
    for (const exception of input.exceptions) {
      if (!lastTogether(ruleset, exception)) continue;
      const { id, urls } = exception;
      const found = isWhollyExempt(ruleset, exception)
        ? [wholeSite(ruleset, id)]
        : urls.map((area) => capturesOf(ruleset, exception, area));
      for (const finding of found.flat()) findings.push(finding);
    }
  }
  return findings;
}

/** Whether the exception holds at some instant at which the rules answer. */
function lastTogether({ answers }: LintRuleset, exception: LintException): boolean {
  const from = Math.max(answers?.from ?? Number.NEGATIVE_INFINITY, exception.from ?? Number.NEGATIVE_INFINITY);
  const until = Math.min(answers?.until ?? Number.POSITIVE_INFINITY, exception.until ?? Number.POSITIVE_INFINITY);
  return from < until;
}

function isWhollyExempt({ compiled }: LintRuleset, { urls, except = [] }: LintException): boolean {
  const { sites } = compiled;
  const covers = (url: SiteUrl, site: SiteUrl): boolean =>
    hostPatternCovers(url.hostKey, site.hostKey) && basePathCovers(url.basePath, site.basePath);
  return (
    sites.length > 0 &&
    sites.every((site) => urls.some((url) => covers(url, site)) && !except.some((inner) => covers(inner, site)))
  );
}

function wholeSite(ruleset: LintRuleset, exception: string): Finding[] {
  const { compiled } = ruleset;
  const rules = [...compiled.traits.keys()].filter((index) => isInUse(compiled, index));
  const [first] = rules;
  if (first === undefined) return [];
  const [witness] = witnessesOf(compiled, first);
  return [
    {
      code: 'captures-exception',
      severity: 'warning',
      message: `the exception "${exception}" exempts the whole site of this ruleset: ${rules.length === 1 ? 'its one rule does not answer' : `none of its ${rules.length} rules answers`} while it lasts`,
      rules: rules.slice(0, 10).map((index) => findingRule(ruleset, index)),
      ...(witness === undefined ? {} : { witness }),
    },
  ];
}

function isInUse(compiled: CompiledRuleset, index: number): boolean {
  const flags = flagsOf(compiled, index);
  return (flags & FLAG.valid) !== 0 && (flags & FLAG.disabled) === 0;
}

function capturesOf(ruleset: LintRuleset, { id, except = [] }: LintException, area: SiteUrl): Finding[] {
  const { compiled } = ruleset;
  const findings: Finding[] = [];
  const seen = new Set<number>();
  for (const [key, place] of compiled.hosts) {
    const wider = key !== area.hostKey && hostPatternCovers(key, area.hostKey);
    if (!wider && !hostPatternCovers(area.hostKey, key)) continue;
    const host = concreteHost(wider ? area.hostKey : key);
    for (const { rule, inside, path } of capturesIn(compiled, place, area.basePath)) {
      if (seen.has(rule) || !isInUse(compiled, rule)) continue;
      if (except.some((inner) => hostPatternCovers(inner.hostKey, host) && basePathCovers(inner.basePath, path)))
        continue;
      seen.add(rule);
      findings.push({
        code: 'captures-exception',
        severity: inside || wider ? 'error' : 'warning',
        message: `the rule reaches into "${area.hostKey}${area.basePath}/", which the exception "${id}" exempts`,
        rules: [findingRule(ruleset, rule)],
        witness: placeWitness(compiled, rule, host, path),
      });
    }
  }
  return findings;
}

function* capturesIn(compiled: CompiledRuleset, place: PathIndex, base: string): Generator<Capture> {
  for (const [path, head] of place.exact) {
    if (basePathCovers(base, path)) for (const rule of chainOf(compiled, head)) yield { rule, inside: true, path };
  }
  yield* capturesInTree(compiled, place.tree, base === '' ? [] : base.slice(1).split('/'), 0, '');
  for (const rule of place.regexes) {
    const own = witnessesOf(compiled, rule).map((url) => new URL(url).pathname);
    const samples = [...own, `${base}/`, `${base}/example`];
    const path = samples.find(
      (one) => basePathCovers(base, one) && compiled.regexes.get(rule)?.match(one) !== undefined,
    );
    if (path !== undefined) yield { rule, inside: own.includes(path), path };
  }
}

/** Walks the tree down to the base path, through literals and names alike, and then everything below it. */
function* capturesInTree(
  compiled: CompiledRuleset,
  node: TrieNode,
  base: readonly string[],
  depth: number,
  path: string,
): Generator<Capture> {
  const inside = depth >= base.length;
  const rest = base
    .slice(depth)
    .map((segment) => `/${segment}`)
    .join('');
  const taken = path + rest;
  for (const rule of chainOf(compiled, node.prefix)) yield { rule, inside, path: taken === '' ? '/' : taken };
  for (const rule of chainOf(compiled, node.splat)) yield { rule, inside, path: `${taken}/` };
  if (inside)
    for (const rule of chainOf(compiled, node.terminal)) yield { rule, inside, path: taken === '' ? '/' : taken };
  for (const [segment, child] of node.literals ?? []) {
    if (inside || segment === base[depth])
      yield* capturesInTree(compiled, child, base, depth + 1, `${path}/${segment}`);
  }
  if (node.name !== undefined)
    yield* capturesInTree(compiled, node.name, base, depth + 1, `${path}/${base[depth] ?? 'example'}`);
}
