import type { EdgeExport, ExportInput, Limit } from './edge.ts';
import { type EdgeEntry, edgeEntries, type HostGroup } from './entries.ts';
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

type Dialect = 'netlify' | 'cloudflare';

/** Cloudflare Pages takes no more, and drops what is beyond without a word. */
const CLOUDFLARE = { static: 2000, dynamic: 100, line: 2000 } as const;

interface Line {
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
  const lines = dialect === 'netlify' && groups.length > 1 ? writer.byHost(groups) : writer.hostless(groups);
  const text = lines.map(({ from, to, status }) => `${from} ${to} ${status}\n`).join('');
  return {
    files: [{ name: '_redirects', text }],
    losses: losses.all,
    limits: dialect === 'cloudflare' ? cloudflareLimits(lines) : [],
    notes: NOTES[dialect],
    validUntil,
  };
}

const NOTES: Readonly<Record<Dialect, readonly string[]>> = {
  netlify: [
    'Percent escapes are compared as they are spelt: %c3 is not %C3 there.',
    'A file of the site outranks a line that is not forced.',
  ],
  cloudflare: [
    'The file answers on every host of the project.',
    'Rules for functions and assets are looked at first where they are.',
  ],
};

class FileWriter {
  private readonly options: ExportInput['ruleset']['options'];
  private readonly dialect: Dialect;
  private readonly losses: Losses;

  constructor(options: ExportInput['ruleset']['options'], dialect: Dialect, losses: Losses) {
    this.options = options;
    this.dialect = dialect;
    this.losses = losses;
  }

  /** One list for all hosts: the rules of the group that has most. */
  hostless(groups: readonly HostGroup[]): Line[] {
    const [main, ...others] = groups.toSorted((a, b) => b.entries.length - a.entries.length);
    if (main === undefined) return [];
    const kept = new Set(main.entries.map(({ rule }) => rule));
    for (const { entries } of others) {
      for (const { rule } of entries)
        if (!kept.has(rule)) this.losses.add(rule, 'host', `a file answers alike on every host; ${LEFT_OUT}`);
      const here = new Set(entries.map(({ rule }) => rule));
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
      const lines = this.entryLines(entry, exact);
      if (entry.scheme !== '' && hosts.includes(''))
        this.losses.add(entry.rule, 'scheme', 'it answers whatever the scheme');
      return hosts.flatMap((host) => lines.map((line) => ({ ...line, from: this.onHost(entry, host, line.from) })));
    });
  }

  private onHost({ scheme }: EdgeEntry, host: string, path: string): string {
    return host === '' ? path : `${scheme === '' ? 'https' : scheme}://${host}${path}`;
  }

  private entryLines(entry: EdgeEntry, exact: ReadonlySet<string>): readonly Line[] {
    const { target, rule, status } = entry;
    if (target === null) return this.leaveOut(rule, entry.rule < 0 ? 'fallback' : 'status', '410 cannot be said');
    const query = this.queryWords(entry);
    if (query === undefined) return [];
    loseQuery(entry, this.losses);
    if (entry.policy === 'drop' && !(this.dialect === 'cloudflare' && target.query.length > 0))
      this.losses.add(rule, 'query-policy', "the visitor's query is passed on");
    loseCase(entry, this.options, this.losses);
    if (this.dialect === 'netlify' && this.options.trailingSlash === 'strict' && entry.test.kind !== 'site')
      this.losses.add(rule, 'trailing-slash', 'it answers with and without a trailing slash');
    const line = (from: string, to: string): Line => ({ from: from + query, to, status });
    const { test } = entry;
    switch (test.kind) {
      case 'exact':
        if (/\*|\/:/.test(test.path)) return this.leaveOut(rule, 'pattern', 'its path would be read as a pattern');
        return this.slashes(test.path).map((path) => line(path, targetText(target)));
      case 'pattern':
        return this.patternLines(entry, patternText(test), exact).map((path) => line(path, targetText(target)));
      case 'prefix': {
        const path = usesSplat(target) ? target.path : withRest(target);
        if (this.dialect === 'netlify' && test.path !== '' && path.length > target.path.length + 1)
          this.losses.add(rule, 'prefix', `${test.path}/ leads where ${test.path} does, without a slash at the end`);
        const base = test.path === '' ? '' : test.path;
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

  private patternLines(
    { rule, target, names }: EdgeEntry,
    path: string,
    exact: ReadonlySet<string>,
  ): readonly string[] {
    const alike = names.find((name) => names.some((other) => other !== name && other.startsWith(name)));
    if (this.dialect === 'cloudflare' && alike !== undefined && target !== null)
      this.losses.add(rule, 'target', `":${alike}" begins another name and is filled in there too`);
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
    this.losses.add(
      rule,
      'query-condition',
      'whether it answers a request with further parameters is for Netlify to say',
    );
    return ` ${conditions.join(' ')}`;
  }

  private leaveOut(rule: number, feature: 'fallback' | 'status' | 'pattern' | 'regex', why: string): readonly Line[] {
    this.losses.add(rule, feature, `${why}; ${LEFT_OUT}`);
    return [];
  }
}

/** From the first dynamic line on, every line counts as dynamic. */
function cloudflareLimits(lines: readonly Line[]): readonly Limit[] {
  const first = lines.findIndex(({ from }) => /\*|\/:/.test(from));
  const dynamic = first < 0 ? 0 : lines.length - first;
  const longest = lines.reduce((most, { from, to }) => Math.max(most, from.length + to.length + 5), 0);
  return [
    { name: 'static rules', allowed: CLOUDFLARE.static, used: lines.length - dynamic },
    { name: 'dynamic rules', allowed: CLOUDFLARE.dynamic, used: dynamic },
    { name: 'characters of a line', allowed: CLOUDFLARE.line, used: longest },
  ];
}
