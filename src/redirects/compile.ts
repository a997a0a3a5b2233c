import { bestFirst, Chains } from './chains.ts';
import type { CompiledRuleset, PathIndex } from './compiled.ts';
import { FLAG, KIND_CODES } from './compiled.ts';
import { parsePattern, SPLAT } from './pattern.ts';
import { compileRegex, type PathRegex } from './regex.ts';
import type { Fault, RedirectRule, RuleOrigin, RuleProblem, RulesetOptions } from './rule.ts';
import { isFault } from './rule.ts';
import { checkAnswer, checkConditions } from './rule-checks.ts';
import { SitePlaces } from './site-places.ts';
import { parseSource, type RuleSource } from './source.ts';
import { parseTarget } from './template.ts';
import { patternNode, prefixNode } from './trie.ts';
import { parseSiteUrl } from './url.ts';

export type { CompiledRuleset } from './compiled.ts';

export interface CompileInput {
  readonly rules: readonly RedirectRule[];
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
  return new Compiler(input).run();
}

class Compiler {
  private readonly input: CompileInput;
  private readonly places: SitePlaces;
  private readonly problems: RuleProblem[] = [];
  private readonly chains: Chains;
  private readonly kinds: Uint8Array;
  private readonly statuses: Uint16Array;
  private readonly flags: Uint8Array;
  private readonly priorities: Float64Array;
  private readonly targets: (string | undefined)[];
  private readonly conditions = new Map<number, readonly string[]>();
  private readonly regexes = new Map<number, PathRegex>();
  private readonly times = new Map<string, number | Fault>();
  private windows: { from: Float64Array; until: Float64Array } | undefined = undefined;

  constructor(input: CompileInput) {
    this.input = input;
    this.places = new SitePlaces(input.siteUrls.map(parseSiteUrl), input.options, input.rules);
    const count = input.rules.length;
    this.chains = new Chains(count);
    this.targets = new Array<string | undefined>(count);
    this.kinds = new Uint8Array(count);
    this.statuses = new Uint16Array(count);
    this.flags = new Uint8Array(count);
    this.priorities = new Float64Array(count);
  }

  run(): CompiledRuleset {
    const { rules, options } = this.input;
    rules.forEach((rule, index) => {
      const fault = this.add(rule, index);
      if (fault !== undefined) this.report(index, fault);
    });
    this.checkFallback();
    const columns = { flags: this.flags, conditions: this.conditions, priorities: this.priorities };
    const buckets = this.chains.finish(columns, rules);
    for (const index of this.places.hosts.values()) index.regexes.sort((a, b) => bestFirst(columns, rules, a, b));
    return {
      rules,
      options,
      sites: this.places.sites,
      problems: this.problems,
      originOf: this.input.origins ?? (() => undefined),
      kinds: this.kinds,
      statuses: this.statuses,
      flags: this.flags,
      priorities: this.priorities,
      targets: this.targets,
      conditions: this.conditions,
      regexes: this.regexes,
      windows: this.windows,
      hosts: this.places.hosts,
      hasWildcardHosts: [...this.places.hosts.keys()].some((key) => key.startsWith('*.')),
      ...this.chains.columns(),
      buckets,
    };
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
    const indexes = this.places.indexesFor(source);
    if ('fault' in indexes) return indexes;
    this.kinds[index] = KIND_CODES.indexOf(source.kind);
    let flags = (this.flags[index] ?? 0) | FLAG.valid;
    if (rule.enabled === false) flags |= FLAG.disabled;
    if (source.scheme !== '') flags |= FLAG[source.scheme];
    if (source.conditions.length > 0) {
      flags |= FLAG.conditional;
      this.conditions.set(index, source.conditions);
    }
    this.flags[index] = flags;
    for (const place of indexes) this.insert(place, source, index);
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
    this.regexes.set(index, regex);
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
    this.statuses[index] = answer.status;
    this.priorities[index] = rule.priority ?? 0;
    this.targets[index] = answer.text;
    if (answer.plain) this.flags[index] = (this.flags[index] ?? 0) | FLAG.plain;
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
    const count = this.input.rules.length;
    this.windows ??= {
      from: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
      until: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    };
    this.windows.from[index] = from;
    this.windows.until[index] = until;
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
        this.insertExact(place.exact, source.path, index);
        return;
      case 'prefix': {
        const node = prefixNode(place.tree, source.path);
        node.prefix = this.chains.add(node.prefix, index);
        place.hasPrefixes = true;
        return;
      }
      case 'pattern': {
        const pattern = parsePattern(source.path);
        if (isFault(pattern)) return;
        const node = patternNode(place.tree, pattern, this.input.options.case === 'ignore');
        if (pattern.splat) node.splat = this.chains.add(node.splat, index);
        else node.terminal = this.chains.add(node.terminal, index);
        place.hasPatterns = true;
        return;
      }
      case 'regex':
        place.regexes.push(index);
    }
  }

  private insertExact(paths: PathIndex['exact'], path: string, index: number): void {
    const at = paths.place(path, this.input.rules[index]?.from ?? '');
    const head = paths.headAt(at);
    const next = this.chains.add(head, index);
    if (next !== head) paths.setHead(at, next);
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
