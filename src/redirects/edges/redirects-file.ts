import type { EdgeExport, ExportInput } from './edge.ts';
import type { EdgeEntry, HostGroup } from './edge-entry.ts';
import { edgeEntries } from './entries.ts';
import {
  LEFT_OUT,
  Losses,
  loseCase,
  loseQuery,
  patternText,
  targetText,
  usesSplat,
  withoutSplat,
  withRest,
} from './list-edge.ts';
import { withPlainNames } from './plain-names.ts';
import { cloudflareLimits, type Dialect, isDynamic, netlifyLimits, STATIC_HOST_NOTES } from './static-hosts.ts';

interface Line {
  readonly rule: number;
  readonly from: string;
  readonly to: string;
  readonly status: number;
}

/** A `_redirects` file: the first line that matches wins, so rules are written in the order in which they win here. */
export function exportRedirectsFile({ ruleset, at }: ExportInput, dialect: Dialect): EdgeExport {
  const { groups, losses: invalid, validUntil } = edgeEntries(ruleset, at);
  const losses = new Losses();
  for (const loss of invalid) losses.add(loss.rule, loss.feature, loss.lost);
  const writer = new FileWriter(ruleset.options, dialect, losses);
  const asksScheme = groups.some(({ entries }) => entries.some(({ scheme }) => scheme !== ''));
  const tellsHosts = dialect === 'netlify' && (groups.length > 1 || asksScheme);
  const main = tellsHosts ? undefined : mainGroup(groups);
  const lines = firstOfEach(tellsHosts ? writer.byHost(groups) : writer.hostless(groups, main), losses);
  const text = lines.map(({ from, to, status }) => `${from} ${to} ${status}\n`).join('');
  const everyHostAs = main?.hosts.find((host) => !host.startsWith('*.')) ?? main?.hosts[0];
  return {
    files: [{ name: '_redirects', text }],
    losses: losses.all,
    limits: dialect === 'cloudflare' ? cloudflareLimits(lines) : netlifyLimits(lines),
    notes: STATIC_HOST_NOTES[dialect],
    validUntil,
    ...(everyHostAs === undefined ? {} : { everyHostAs }),
  };
}

/** The rules of the group that has most stand for all hosts; a host of static sites has no other ports. */
function mainGroup(groups: readonly HostGroup[]): HostGroup | undefined {
  return groups.filter((group) => !isOtherPort(group)).toSorted((a, b) => b.entries.length - a.entries.length)[0];
}

const isOtherPort = ({ hosts }: HostGroup): boolean => hosts.every((host) => /:\d+$/.test(host));

/** A second line for the same place is never reached; what it says is lost where another rule should not have it. */
function firstOfEach(lines: readonly Line[], losses: Losses): readonly Line[] {
  const first = new Map<string, Line>();
  for (const line of lines) {
    const known = first.get(line.from);
    if (known === undefined) first.set(line.from, line);
    else if (losses.has(known.rule, 'scheme'))
      losses.add(line.rule, 'scheme', `a rule for one scheme takes its URLs; ${LEFT_OUT}`);
  }
  return [...first.values()];
}

class FileWriter {
  private readonly options: ExportInput['ruleset']['options'];
  private readonly dialect: Dialect;
  private readonly losses: Losses;

  constructor(options: ExportInput['ruleset']['options'], dialect: Dialect, losses: Losses) {
    this.options = options;
    this.dialect = dialect;
    this.losses = losses;
  }

  /** One list for all hosts. */
  hostless(groups: readonly HostGroup[], main: HostGroup | undefined): Line[] {
    if (main === undefined) return [];
    const kept = new Set(main.entries.map(({ rule }) => rule));
    for (const group of groups) {
      if (group === main) continue;
      const [feature, why] = isOtherPort(group)
        ? (['port', 'it does not answer on another port than the default one'] as const)
        : (['host', 'a file answers alike on every host'] as const);
      for (const { rule } of group.entries) if (!kept.has(rule)) this.losses.add(rule, feature, `${why}; ${LEFT_OUT}`);
      if (isOtherPort(group)) continue;
      const here = new Set(group.entries.map(({ rule }) => rule));
      for (const rule of kept)
        if (!here.has(rule)) this.losses.add(rule, 'host', 'it answers on every host of the site');
    }
    return this.linesOf(main, ['']);
  }

  byHost(groups: readonly HostGroup[]): Line[] {
    return groups.flatMap((group) => {
      const hosts = group.hosts.filter((host) => !host.startsWith('*.') && !/:\d+$/.test(host));
      if (hosts.length < group.hosts.length)
        for (const { rule } of group.entries)
          this.losses.add(
            rule,
            'host',
            `it does not answer on ${group.hosts.filter((host) => !hosts.includes(host)).join(', ')}`,
          );
      return this.linesOf(group, hosts);
    });
  }

  private linesOf(group: HostGroup, hosts: readonly string[]): Line[] {
    const exact = new Set(group.entries.flatMap(({ test }) => (test.kind === 'exact' ? [test.path] : [])));
    return group.entries.flatMap((entry) => {
      const lines = this.entryLines(withPlainNames(entry), exact);
      if (entry.scheme !== '' && hosts.includes(''))
        this.losses.add(entry.rule, 'scheme', 'it answers whatever the scheme');
      const places = hosts.flatMap((host) => placesOf(entry, host));
      return places.flatMap((place) => lines.map((line) => ({ ...line, from: place + line.from })));
    });
  }

  private entryLines(entry: EdgeEntry, exact: ReadonlySet<string>): readonly Line[] {
    const { target, rule, status, test } = entry;
    if (target === null) return this.leaveOut(rule, entry.rule < 0 ? 'fallback' : 'status', '410 cannot be said');
    if (this.dialect === 'netlify' && hasEmptySegment(test))
      return this.leaveOut(rule, 'pattern', 'Netlify knows no empty segments in a path, and reads one as another');
    const refused = this.refusedTarget(target.origin, targetText(target), test);
    if (refused !== undefined) return this.leaveOut(rule, 'target', refused);
    const query = this.queryWords(entry);
    if (query === undefined) return [];
    this.loseMeaning(entry);
    const line = (from: string, to: string): Line => ({
      rule,
      from: from + query,
      to: this.dialect === 'cloudflare' ? withItsSlashes(to) : to,
      status,
    });
    switch (test.kind) {
      case 'exact':
        if (isDynamic(this.dialect, test.path))
          return this.leaveOut(rule, 'pattern', 'its path would be read as a pattern');
        return this.slashes(test.path).map((path) => line(path, targetText(target)));
      case 'pattern': {
        const literals = test.pattern.segments.flatMap((one) => (one.kind === 'literal' ? [one.text] : []));
        if (literals.some((text) => isDynamic(this.dialect, `/${text}`)))
          return this.leaveOut(rule, 'pattern', 'a part of its path would be read as a pattern');
        return this.patternLines(rule, patternText(test), exact).map((path) => line(path, targetText(target)));
      }
      case 'prefix': {
        if (isDynamic(this.dialect, test.path))
          return this.leaveOut(rule, 'pattern', 'its path would be read as a pattern');
        const path = usesSplat(target) ? target.path : withRest(target);
        if (this.dialect === 'netlify' && test.path !== '' && path.length > target.path.length + 1)
          this.losses.add(rule, 'prefix', `${test.path}/ leads where ${test.path} does, without a slash at the end`);
        const base = test.path;
        const bare = line(
          base === '' ? '/' : base,
          targetText(target, usesSplat(target) ? withoutSplat(path) : target.path),
        );
        return [...(base === '' ? [] : [bare]), line(`${base}/*`, targetText(target, path))];
      }
      case 'regex':
        return this.leaveOut(rule, 'regex', 'regular expressions cannot be said');
      case 'site':
        return test.bases.flatMap((base) => [
          ...(base === '' || this.dialect === 'netlify' ? [] : [line(base, targetText(target))]),
          line(`${base}/*`, targetText(target)),
        ]);
    }
  }

  /** What every rule can lose, however it takes a path. */
  private loseMeaning(entry: EdgeEntry): void {
    const { rule, policy, target, test } = entry;
    loseQuery(entry, this.losses);
    if (policy === 'drop' && !(this.dialect === 'cloudflare' && (target?.query.length ?? 0) > 0))
      this.losses.add(rule, 'query-policy', "the visitor's query is passed on");
    loseCase(entry, this.options, this.losses);
    if (this.dialect !== 'netlify' || test.kind === 'site') return;
    if (this.options.trailingSlash === 'strict')
      this.losses.add(rule, 'trailing-slash', 'it answers with and without a trailing slash');
    const path = test.kind === 'pattern' ? patternText(test) : test.kind === 'regex' ? '' : test.path;
    if (path.includes('%'))
      this.losses.add(rule, 'escapes', 'Netlify’s own tools decode a path before they compare it with an escaped one');
  }

  /** Why a line with this target would be ignored. */
  private refusedTarget(origin: string, text: string, test: EdgeEntry['test']): string | undefined {
    if (this.dialect === 'netlify') return undefined;
    if (origin.startsWith('http:')) return 'Cloudflare takes targets with https: alone';
    const open = test.kind === 'prefix' || test.kind === 'site' || (test.kind === 'pattern' && test.pattern.splat);
    if (origin === '' && open && /\/index(?:\.html)?$/.test(text)) return 'Cloudflare takes it for a loop';
    return undefined;
  }

  private patternLines(rule: number, path: string, exact: ReadonlySet<string>): readonly string[] {
    if (!path.endsWith('/*')) return this.slashes(path);
    const base = path.slice(0, -2);
    if (this.dialect === 'netlify' && base !== '' && !exact.has(base))
      this.losses.add(rule, 'pattern', `it takes ${base} too`);
    return [path];
  }

  /** Cloudflare tells a trailing slash apart. */
  private slashes(path: string): readonly string[] {
    if (this.dialect === 'netlify' || this.options.trailingSlash === 'strict' || path === '/') return [path];
    return [path, `${path}/`];
  }

  /** The words for a rule's query conditions; undefined where it has to be left out. */
  private queryWords({ rule, conditions }: EdgeEntry): string | undefined {
    if (conditions.length === 0) return '';
    if (this.dialect === 'cloudflare') {
      this.losses.add(rule, 'query-condition', `queries cannot be asked for; ${LEFT_OUT}`);
      return undefined;
    }
    this.losses.add(rule, 'query-condition', 'what it asks for in the query is passed on to its target too');
    return ` ${conditions.join(' ')}`;
  }

  private leaveOut(
    rule: number,
    feature: 'fallback' | 'status' | 'pattern' | 'regex' | 'target',
    why: string,
  ): readonly Line[] {
    this.losses.add(rule, feature, `${why}; ${LEFT_OUT}`);
    return [];
  }
}

/** Cloudflare leaves out one of the slashes where a target's path begins with two. */
function withItsSlashes(target: string): string {
  return target.replace(/^https:\/\/[^/]+(?=\/\/)/, '$&/');
}

/** Of `//a`, Netlify makes the home page. */
function hasEmptySegment(test: EdgeEntry['test']): boolean {
  if (test.kind === 'regex' || test.kind === 'site') return false;
  return (test.kind === 'pattern' ? patternText(test) : test.path).includes('//');
}

/** Where a line begins: nothing, or the host under each scheme, which Netlify tells apart. */
function placesOf({ scheme }: EdgeEntry, host: string): readonly string[] {
  if (host === '') return [''];
  return (scheme === '' ? ['https', 'http'] : [scheme]).map((one) => `${one}://${host}`);
}
