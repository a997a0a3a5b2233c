import { type CompiledRuleset, conditionsOf, flagsOf, isInWindow, policyOf, schemeOf, statusOf } from '../compiled.ts';
import { widerHostKey } from '../host.ts';
import { parsePattern, SPLAT } from '../pattern.ts';
import { isFault } from '../rule.ts';
import { comparablePath, parseSource, type RuleSource } from '../source.ts';
import { parseTarget, type Target } from '../template.ts';
import { FLAG } from '../traits.ts';
import { basePathCovers } from '../url.ts';
import type { Loss } from './edge.ts';
import type { EdgeEntry, HostGroup, PathTest } from './edge-entry.ts';
import { inOrder } from './entry-order.ts';
import { settledTarget } from './target-path.ts';

export interface EdgeEntries {
  readonly groups: readonly HostGroup[];
  /** Rules that cannot be used anywhere, and those whose target no server fills as the engine does. */
  readonly losses: readonly Loss[];
  readonly validUntil: number | null;
}

/** The rules that answer at an instant, by host and in the order in which they are to be tried. */
export function edgeEntries(ruleset: CompiledRuleset, at: number): EdgeEntries {
  const live = liveRules(ruleset, at);
  const named = Map.groupBy(live, ({ source }) => source.hostKey);
  const byHost = new Map<string, readonly number[]>();
  for (const [key, { bases }] of ruleset.hosts) {
    const own = ruleset.sites.some((site) => site.hostKey === key);
    const candidates = [...(own ? (named.get('') ?? []) : []), ...(named.get(key) ?? [])];
    byHost.set(
      key,
      candidates.filter((one) => filedUnder(ruleset, one, bases)).map(({ index }) => index),
    );
  }
  const sources = new Map(live.map((one) => [one.index, one.source]));
  const groups = new Map<string, { hosts: string[]; entries: EdgeEntry[] }>();
  for (const [key, { bases }] of ruleset.hosts) {
    const chain = [key, ...widerKeys(key)].filter((one) => byHost.has(one));
    const levels = chain.map((one) => byHost.get(one) ?? []);
    const likeness = `${bases.join(' ')}|${levels.map((level) => level.join()).join('|')}`;
    const known = groups.get(likeness);
    if (known !== undefined) {
      known.hosts.push(key);
      continue;
    }
    const seen = new Set<number>();
    const entries: EdgeEntry[] = [];
    for (const [depth, level] of levels.entries()) {
      const fresh = level.filter((index) => !seen.has(index));
      for (const index of fresh) seen.add(index);
      const levelBases = ruleset.hosts.get(chain[depth] ?? key)?.bases ?? bases;
      const own = fresh.flatMap((index) => {
        const source = sources.get(index);
        return source === undefined ? [] : [entryOf(ruleset, index, source, levelBases)];
      });
      // Not spread: a call takes some 100,000 arguments, and a site may have more rules.
      for (const entry of inOrder(ruleset, own)) entries.push(entry);
    }
    entries.push(...fallbackEntries(ruleset, bases));
    groups.set(likeness, { hosts: [key], entries });
  }
  return {
    groups: [...groups.values()].map((group, id) => ({ id, ...group })),
    losses: [
      ...ruleset.problems.map(({ index, message }): Loss => ({ rule: index, feature: 'invalid', lost: message })),
      ...unsettled([...groups.values()]),
    ],
    validUntil: nextWindowEdge(ruleset, at),
  };
}

/** Rules whose target is filled otherwise than by putting values into its text. */
function unsettled(groups: readonly { readonly entries: readonly EdgeEntry[] }[]): readonly Loss[] {
  const rules = new Set<number>();
  for (const { entries } of groups) for (const entry of entries) if (!entry.settled) rules.add(entry.rule);
  const lost =
    'its target has dot segments or slashes that depend on what is put between them; they are sent as they are';
  return [...rules].map((rule): Loss => ({ rule, feature: 'target', lost }));
}

interface LiveRule {
  readonly index: number;
  readonly source: RuleSource;
}

function liveRules(ruleset: CompiledRuleset, at: number): readonly LiveRule[] {
  const live: LiveRule[] = [];
  let index = -1;
  // One by one: of a million rules, not all are made at once.
  for (const rule of ruleset.rules) {
    index += 1;
    const flags = flagsOf(ruleset, index);
    if (!(flags & FLAG.valid) || flags & FLAG.disabled || !isInWindow(ruleset, index, at)) continue;
    const source = parseSource(rule, ruleset.options);
    if (!isFault(source)) live.push({ index, source });
  }
  return live;
}

/** Whether the engine files a rule under a host with these base paths; the same choice as when it compiles. */
function filedUnder({ options }: CompiledRuleset, { source }: LiveRule, bases: readonly string[]): boolean {
  if (source.kind === 'regex') return true;
  const path = source.kind === 'pattern' ? comparablePath(source.path, options) : source.path;
  return bases.some((base) => basePathCovers(base, path));
}

function* widerKeys(key: string): Generator<string> {
  for (let wider = widerHostKey(key); wider !== undefined; wider = widerHostKey(wider)) yield wider;
}

function entryOf(ruleset: CompiledRuleset, index: number, source: RuleSource, bases: readonly string[]): EdgeEntry {
  const { test, names } = testOf(ruleset, index, source, bases);
  const text = ruleset.targets.at(index);
  const target = text === undefined ? null : parseTarget(text, names);
  if (target !== null && isFault(target)) throw new Error(`accepted target "${text}" no longer parses`);
  const settled = target === null ? null : settledTarget(target, test.kind === 'prefix' && !placesSplat(target));
  return {
    rule: index,
    scheme: schemeOf(ruleset, index),
    test,
    names,
    target: settled ?? target,
    settled: settled !== undefined,
    conditions: conditionsOf(ruleset, index),
    status: statusOf(ruleset, index),
    policy: policyOf(ruleset, index),
  };
}

function placesSplat({ path, query, fragment }: Target): boolean {
  return [...path, ...query, ...fragment].some((piece) => piece.kind === 'name' && piece.name === SPLAT);
}

function testOf(
  ruleset: CompiledRuleset,
  index: number,
  source: RuleSource,
  bases: readonly string[],
): { readonly test: PathTest; readonly names: readonly string[] } {
  switch (source.kind) {
    case 'exact':
      return { test: { kind: 'exact', path: source.path }, names: [] };
    case 'prefix':
      return { test: { kind: 'prefix', path: source.path.replace(/\/$/, '') }, names: [SPLAT] };
    case 'pattern': {
      const pattern = parsePattern(source.path);
      if (isFault(pattern)) throw new Error(`accepted pattern "${source.path}" no longer parses`);
      return { test: { kind: 'pattern', pattern }, names: pattern.names };
    }
    case 'regex':
      return {
        test: { kind: 'regex', source: source.path, bases },
        names: ruleset.regexes.get(index)?.names ?? [],
      };
  }
}

function fallbackEntries(ruleset: CompiledRuleset, bases: readonly string[]): EdgeEntry[] {
  const { fallback, query } = ruleset.options;
  if (fallback === undefined) return [];
  const target = 'to' in fallback ? parseTarget(fallback.to, []) : null;
  if (target !== null && isFault(target)) return [];
  const test: PathTest = { kind: 'site', bases };
  const settled = target === null ? null : settledTarget(target, false);
  return [
    {
      rule: -1,
      scheme: '',
      test,
      conditions: [],
      status: fallback.status,
      target: settled ?? target,
      settled: settled !== undefined,
      names: [],
      policy: query,
    },
  ];
}

function nextWindowEdge({ windows }: CompiledRuleset, at: number): number | null {
  if (windows === undefined) return null;
  let next = Number.POSITIVE_INFINITY;
  for (const edges of [windows.from, windows.until])
    for (const edge of edges) if (edge > at && edge < next) next = edge;
  return Number.isFinite(next) ? next : null;
}
