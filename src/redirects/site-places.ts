import type { PathIndex } from './compiled.ts';
import { ExactPaths } from './exact-paths.ts';
import { hostPatternCovers } from './host.ts';
import type { Fault, RedirectRule, RulesetOptions } from './rule.ts';
import { comparablePath, type RuleSource } from './source.ts';
import { TrieNode } from './trie.ts';
import { basePathCovers, type SiteUrl } from './url.ts';

/** Where the rules of a site are filed: an index for each host, or one for hosts that cannot differ. */
export class SitePlaces {
  readonly sites: readonly SiteUrl[];
  readonly hosts: Map<string, PathIndex> = new Map();
  private readonly options: RulesetOptions;
  /** The indexes that a rule without a host goes into. */
  private readonly shared: readonly PathIndex[];

  private lastKey = '';
  private last: readonly PathIndex[] = [];

  constructor(sites: readonly SiteUrl[], options: RulesetOptions, rules: readonly RedirectRule[]) {
    this.sites = sites;
    this.options = options;
    this.shared = this.indexSites(rules);
  }

  /** Hosts with the same base paths share one index, unless a rule names its host itself. */
  private indexSites(rules: readonly RedirectRule[]): readonly PathIndex[] {
    const named = rules.some((rule) => !/^\s*\^?\/(?![/\\])/.test(rule.from));
    const shared = new Map<string, PathIndex>();
    for (const { hostKey } of this.sites) {
      if (this.hosts.has(hostKey)) continue;
      const bases = this.basesOf(hostKey);
      const likeness = named ? hostKey : bases.join('\n');
      const index = shared.get(likeness) ?? emptyIndex(bases);
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
    // Rules come host by host, mostly.
    if (source.hostKey !== this.lastKey) {
      let place = this.hosts.get(source.hostKey);
      if (place === undefined) {
        const bases = this.basesOf(source.hostKey);
        if (bases.length === 0) return outsideSite(source.hostKey + source.path, this.sites);
        place = emptyIndex(bases);
        this.hosts.set(source.hostKey, place);
      }
      this.lastKey = source.hostKey;
      this.last = [place];
    }
    const [place] = this.last;
    return place !== undefined && this.covers(place, source)
      ? this.last
      : outsideSite(source.hostKey + source.path, this.sites);
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

function emptyIndex(bases: readonly string[]): PathIndex {
  return { exact: new ExactPaths(), tree: new TrieNode(), hasPatterns: false, hasPrefixes: false, regexes: [], bases };
}

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
