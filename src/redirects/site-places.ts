import type { PathIndex } from './compiled.ts';
import type { ExactPaths } from './exact-paths.ts';
import { hostPatternCovers } from './host.ts';
import { HostPaths } from './host-paths.ts';
import type { Fault, RulesetOptions } from './rule.ts';
import type { RuleTable } from './rule-table.ts';
import { comparablePath, type RuleSource } from './source.ts';
import { TrieNode } from './trie.ts';
import { basePathCovers, type SiteUrl } from './url.ts';

/** Where the rules of a site are filed: an index for each host, or one for hosts that cannot differ. */
export class SitePlaces {
  readonly sites: readonly SiteUrl[];
  readonly hosts: Map<string, PathIndex> = new Map();
  private readonly options: RulesetOptions;
  /** The indexes that a rule without a host goes into, where its path lies under their bases. */
  readonly shared: readonly PathIndex[];
  private readonly paths: ExactPaths;
  private made = 0;

  constructor(sites: readonly SiteUrl[], options: RulesetOptions, rules: RuleTable, paths: ExactPaths) {
    this.sites = sites;
    this.options = options;
    this.paths = paths;
    this.shared = this.indexSites(rules);
  }

  /** Hosts with the same base paths share one index, unless a rule names its host itself. */
  private indexSites(rules: RuleTable): readonly PathIndex[] {
    const named = namesHosts(rules);
    const shared = new Map<string, PathIndex>();
    for (const { hostKey } of this.sites) {
      if (this.hosts.has(hostKey)) continue;
      const bases = this.basesOf(hostKey);
      const likeness = named ? hostKey : bases.join('\n');
      const index = shared.get(likeness) ?? this.emptyIndex(bases);
      shared.set(likeness, index);
      this.hosts.set(hostKey, index);
    }
    return [...shared.values()];
  }

  private basesOf(key: string): string[] {
    const options: RulesetOptions = { ...this.options, trailingSlash: 'strict' };
    const covering = this.sites.filter(
      (site) => site.port === portOf(key) && hostPatternCovers(site.host, hostOf(key)),
    );
    return [...new Set(covering.map((site) => comparablePath(site.basePath, options)))].sort();
  }

  /** The indexes a rule goes into; a fault where it lies outside the site. */
  indexesFor(source: RuleSource): readonly PathIndex[] | Fault {
    if (source.hostKey === '') {
      const indexes = this.shared.filter((place) => this.covers(place, source));
      return indexes.length > 0 ? indexes : outsideSite(source.path, this.sites);
    }
    const place = this.placeOf(source.hostKey);
    return place !== undefined && this.covers(place, source)
      ? [place]
      : outsideSite(source.hostKey + source.path, this.sites);
  }

  /** The index of a host, made where it is missing; undefined where no part of the host belongs to the site. */
  placeOf(hostKey: string): PathIndex | undefined {
    const known = this.hosts.get(hostKey);
    if (known !== undefined) return known;
    const bases = this.basesOf(hostKey);
    if (bases.length === 0) return undefined;
    const place = this.emptyIndex(bases);
    this.hosts.set(hostKey, place);
    return place;
  }

  private emptyIndex(bases: readonly string[]): PathIndex {
    const id = this.made++;
    const exact = new HostPaths(this.paths, id);
    return { id, exact, tree: new TrieNode(), hasPatterns: false, hasPrefixes: false, regexes: [], bases };
  }

  private covers({ bases }: PathIndex, source: RuleSource): boolean {
    if (source.kind === 'regex' || bases[0] === '') return true;
    const path = this.foldFor(source.kind, source.path);
    return bases.some((base) => basePathCovers(base, path));
  }

  private foldFor(kind: RuleSource['kind'], path: string): string {
    return kind === 'pattern' ? comparablePath(path, this.options) : path;
  }
}

/** Whether any rule names its host itself. */
function namesHosts(rules: RuleTable): boolean {
  for (let index = 0; index < rules.length; index++) {
    const isPlain = rules.isPacked(index) && isPathStart(rules.bytes, rules.fromStart(index));
    if (!isPlain && !/^\s*\^?\/(?![/\\])/.test(rules.at(index)?.from ?? '')) return true;
  }
  return false;
}

const isPathStart = (bytes: Uint8Array, start: number): boolean =>
  bytes[start] === 47 && bytes[start + 1] !== 47 && bytes[start + 1] !== 92;

function hostOf(key: string): string {
  return key.replace(/:\d+$/, '');
}

function portOf(key: string): string {
  return /:(\d+)$/.exec(key)?.[1] ?? '';
}

function outsideSite(where: string, sites: readonly SiteUrl[]): Fault {
  const bases = sites.map((site) => `${site.hostKey}${site.basePath}/`).join(', ');
  return {
    fault: 'outside-site',
    message: `"${where}" lies outside the site's URLs (${bases === '' ? 'it has none' : bases})`,
    remedy:
      "Write a path from the host's root that begins with the base path of the site, or move the rule to the ruleset of its own site.",
  };
}
