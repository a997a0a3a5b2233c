import { bestFirst, Chains } from './chains.ts';
import type { CompiledRuleset, PathIndex } from './compiled.ts';
import { ExactPaths } from './exact-paths.ts';
import { parsePattern, SPLAT } from './pattern.ts';
import { type Filing, PlainRules } from './plain-rules.ts';
import { compileRegex } from './regex.ts';
import type { Fault, RedirectRule, RuleOrigin, RuleProblem, RulesetOptions } from './rule.ts';
import { isFault } from './rule.ts';
import { checkAnswer, checkConditions } from './rule-checks.ts';
import { RuleColumns } from './rule-columns.ts';
import type { RuleList } from './rule-list.ts';
import { type RuleTable, tableSteps } from './rule-table.ts';
import { SitePlaces } from './site-places.ts';
import { parseSource, type RuleSource } from './source.ts';
import { atOnce, STEP, type Steps } from './steps.ts';
import { parseTarget } from './template.ts';
import { FLAG, kindTrait, statusTrait } from './traits.ts';
import { patternNode, prefixNode } from './trie.ts';
import { parseSiteUrl } from './url.ts';

export type { CompiledRuleset } from './compiled.ts';

export interface CompileInput {
  readonly rules: RuleList;
  readonly origins?: (index: number) => RuleOrigin | undefined;
  readonly options: RulesetOptions;
  /** Base URLs of the site that the rules are for. */
  readonly siteUrls: readonly string[];
  /** Epoch milliseconds of a window's time text; what it throws is reported as the rule's problem. */
  readonly resolveTime: (text: string) => number;
}

/**
 * Makes rules ready for lookups. Rules that cannot be used are listed in `problems` and left out; nothing is thrown
 * for them.
 *
 * @throws UrlError where a site URL is no URL
 */
export function compileRuleset(input: CompileInput): CompiledRuleset {
  return atOnce(compileSteps(input));
}

/** The same in steps. */
export function* compileSteps(input: CompileInput): Steps<CompiledRuleset> {
  const table = yield* tableSteps(input.rules);
  return yield* new Compiler(input, table).run();
}

class Compiler {
  private readonly input: CompileInput;
  private readonly filing: Filing;
  private readonly problems: RuleProblem[] = [];
  private readonly times = new Map<string, number | Fault>();

  constructor(input: CompileInput, table: RuleTable) {
    this.input = input;
    const columns = new RuleColumns(table);
    const paths = new ExactPaths(table, columns.traits);
    const places = new SitePlaces(input.siteUrls.map(parseSiteUrl), input.options, table, paths);
    this.filing = { table, paths, places, columns, chains: new Chains() };
  }

  *run(): Steps<CompiledRuleset> {
    const { options } = this.input;
    const { table, columns, paths, places, chains } = this.filing;
    const plain = new PlainRules(this.filing, options);
    for (let start = 0; start < table.length; start += STEP) {
      yield;
      this.addRules(plain, start, Math.min(start + STEP, table.length));
    }
    this.checkFallback();
    const buckets = yield* chains.finish(columns, table);
    for (const index of places.hosts.values()) index.regexes.sort((a, b) => bestFirst(columns, table, a, b));
    const { traits, priorities, targets, conditions, conditionCounts, regexes, windows, placeCounts } = columns;
    return {
      rules: table,
      options,
      sites: places.sites,
      problems: this.problems,
      originOf: this.input.origins ?? (() => undefined),
      traits,
      priorities,
      targets,
      conditions,
      conditionCounts,
      regexes,
      windows,
      hosts: places.hosts,
      paths,
      hasWildcardHosts: [...places.hosts.keys()].some((key) => key.startsWith('*.')),
      ...chains.columns(),
      placeCounts,
      buckets,
    };
  }

  private addRules(plain: PlainRules, start: number, end: number): void {
    const { table, columns } = this.filing;
    for (let index = start; index < end; index++) {
      if (table.isPacked(index) && plain.file(index)) continue;
      const rule = table.at(index);
      const fault = rule === undefined ? undefined : this.add(rule, index);
      if (fault === undefined) continue;
      columns.traits[index] = 0;
      this.report(index, fault);
    }
  }

  private report(index: number, { fault, message, remedy }: Fault): void {
    const origin = index < 0 ? undefined : this.input.origins?.(index);
    this.problems.push({
      code: fault,
      index,
      message,
      ...(remedy === undefined ? {} : { remedy }),
      ...(origin === undefined ? {} : { origin }),
    });
  }

  private add(rule: RedirectRule, index: number): Fault | undefined {
    const source = parseSource(rule, this.input.options);
    // Not `isFault`: one shape in each place keeps these tests cheap, a million times over.
    if ('fault' in source) return source;
    const names = source.kind === 'exact' ? NO_NAMES : this.prepareNames(source, index);
    if (names !== NO_NAMES && isFault(names)) return names;
    const fault =
      checkConditions(source, rule.query ?? this.input.options.query) ??
      this.readTarget(rule, index, source.kind, names) ??
      this.readWindow(rule, index);
    if (fault !== undefined) return fault;
    const { columns, places } = this.filing;
    const indexes = places.indexesFor(source);
    if ('fault' in indexes) return indexes;
    columns.addTraits(index, kindTrait(source.kind) | FLAG.valid | (rule.enabled === false ? FLAG.disabled : 0));
    if (source.scheme !== '') columns.addTraits(index, FLAG[source.scheme]);
    if (rule.query !== undefined) columns.addTraits(index, FLAG.policy);
    columns.setConditions(index, source.conditions);
    for (const place of indexes) this.insert(place, source, index);
    if (indexes.length > 1) columns.placeCounts.set(index, indexes.length);
    return undefined;
  }

  private prepareNames(source: RuleSource, index: number): readonly string[] | Fault {
    if (source.kind === 'exact') return NO_NAMES;
    if (source.kind === 'prefix') return PREFIX_NAMES;
    if (source.kind === 'pattern') {
      const pattern = parsePattern(source.path);
      return isFault(pattern) ? pattern : pattern.names;
    }
    const regex = compileRegex(source.path, this.input.options.case === 'ignore');
    if (isFault(regex)) return regex;
    this.filing.columns.regexes.set(index, regex);
    return regex.names;
  }

  private readTarget(
    rule: RedirectRule,
    index: number,
    kind: RuleSource['kind'],
    names: readonly string[],
  ): Fault | undefined {
    const answer = checkAnswer(rule, kind, names);
    if ('fault' in answer) return answer;
    const { columns } = this.filing;
    columns.addTraits(index, statusTrait(answer.status));
    if (rule.priority !== undefined) columns.priorities[index] = rule.priority;
    if (answer.text !== undefined) columns.targets.set(index, answer.text);
    if (answer.plain) columns.addTraits(index, FLAG.plain);
    return undefined;
  }

  private readWindow(rule: RedirectRule, index: number): Fault | undefined {
    if (rule.window?.from === undefined && rule.window?.until === undefined) return undefined;
    const from = rule.window.from === undefined ? Number.NEGATIVE_INFINITY : this.timeOf(rule.window.from);
    const until = rule.window.until === undefined ? Number.POSITIVE_INFINITY : this.timeOf(rule.window.until);
    if (typeof from === 'object') return from;
    if (typeof until === 'object') return until;
    if (from >= until) {
      return {
        fault: 'invalid-window',
        message: 'the window ends before it begins, or is empty',
        remedy: 'Let `until` be later than `from`.',
      };
    }
    this.filing.columns.setWindow(index, from, until);
    return undefined;
  }

  private timeOf(text: string): number | Fault {
    let time = this.times.get(text);
    if (time === undefined) {
      try {
        time = this.input.resolveTime(text);
      } catch (error) {
        time = {
          fault: 'invalid-window',
          message: `the window's time "${text}" is wrong: ${error instanceof Error ? error.message : String(error)}`,
        };
      }
      this.times.set(text, time);
    }
    return time;
  }

  private insert(place: PathIndex, source: RuleSource, index: number): void {
    switch (source.kind) {
      case 'exact':
        this.insertExact(place, source.path, index);
        return;
      case 'prefix': {
        const node = prefixNode(place.tree, source.path);
        node.prefix = this.filing.chains.add(node.prefix, index);
        place.hasPrefixes = true;
        return;
      }
      case 'pattern': {
        const pattern = parsePattern(source.path);
        if (isFault(pattern)) return;
        const node = patternNode(place.tree, pattern, this.input.options.case === 'ignore');
        if (pattern.splat) node.splat = this.filing.chains.add(node.splat, index);
        else node.terminal = this.filing.chains.add(node.terminal, index);
        place.hasPatterns = true;
        return;
      }
      case 'regex':
        place.regexes.push(index);
    }
  }

  private insertExact({ id }: PathIndex, path: string, index: number): void {
    const { paths, chains } = this.filing;
    const home = paths.enterText(id, path);
    const head = paths.headAt(home);
    const next = chains.add(head, index);
    if (next !== head) paths.setHead(home, next);
  }

  private checkFallback(): void {
    const fallback = this.input.options.fallback;
    if (fallback === undefined || !('to' in fallback)) return;
    const target = parseTarget(fallback.to, NO_NAMES);
    if (isFault(target))
      this.report(-1, { ...target, message: `fallback: ${target.message.replace('`to`', '`fallback.to`')}` });
  }
}

const NO_NAMES: readonly string[] = [];
const PREFIX_NAMES: readonly string[] = [SPLAT];
