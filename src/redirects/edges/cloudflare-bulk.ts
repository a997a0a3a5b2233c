import { type BulkRedirect, writeBulk } from '../formats/cloudflare-bulk.ts';
import { SPLAT } from '../pattern.ts';
import type { EdgeExport, ExportInput } from './edge.ts';
import type { EdgeEntry, HostGroup } from './edge-entry.ts';
import { edgeEntries } from './entries.ts';
import { LEFT_OUT, Losses, loseCase, loseQuery, targetText, usesSplat } from './list-edge.ts';

/** The most that any plan takes; most plans take 10,000. */
const MAX_REDIRECTS = 1_000_000;

const STATUSES: readonly number[] = [301, 302, 307, 308];

type BulkPath = Pick<BulkRedirect, 'subpaths' | 'preserveSuffix' | 'target'> & { readonly path: string };

/** Cloudflare's Bulk Redirects: the most specific path wins, whatever the host; there are neither patterns nor 410. */
export function exportCloudflareBulk({ ruleset, at }: ExportInput): EdgeExport {
  const { groups, losses: invalid, validUntil } = edgeEntries(ruleset, at);
  const losses = new Losses();
  for (const loss of invalid) losses.add(loss.rule, loss.feature, loss.lost);
  const rows = groups.flatMap((group) => groupRows(group, ruleset.options, losses));
  const bySource = new Map<string, BulkRedirect>();
  // The first row of a source is the one that wins here; the same source twice is an error there.
  for (const row of rows) {
    const key = `${row.source} ${row.subpaths}`;
    if (!bySource.has(key)) bySource.set(key, row);
  }
  return {
    files: [{ name: 'bulk-redirects.csv', text: [...bySource.values()].map(writeBulk).join('') }],
    losses: losses.all,
    limits: [{ name: 'URL redirects', allowed: MAX_REDIRECTS, used: bySource.size }],
    notes: ['Most plans take 10,000 URL redirects; see what yours takes.'],
    validUntil,
  };
}

function groupRows(group: HostGroup, options: ExportInput['ruleset']['options'], losses: Losses): BulkRedirect[] {
  const hosts = bulkHosts(group, losses);
  losePrecedence(group, losses);
  return group.entries.flatMap((entry) => {
    const paths = bulkPaths(entry, options.trailingSlash === 'ignore', losses);
    if (paths.length === 0 || entry.target === null) return [];
    loseQuery(entry, losses);
    loseCase(entry, options, losses);
    if (entry.target.origin === '') losses.add(entry.rule, 'target', 'the target is always https');
    const own = entry.target.origin === '';
    return hosts.flatMap(({ host, subdomains }) =>
      paths.map(
        ({ path, target, subpaths, preserveSuffix }): BulkRedirect => ({
          source: `${entry.scheme === '' ? '' : `${entry.scheme}://`}${host}${path}`,
          target: own ? `https://${host}${target}` : target,
          status: entry.status,
          preserveQuery: entry.policy !== 'drop',
          includeSubdomains: subdomains,
          subpaths,
          preserveSuffix,
        }),
      ),
    );
  });
}

/** `*.po.co` is `po.co` with its subdomains. */
function bulkHosts(
  { hosts, entries }: HostGroup,
  losses: Losses,
): { readonly host: string; readonly subdomains: boolean }[] {
  const lose = (feature: 'host' | 'port', lost: string): void => {
    for (const { rule } of entries) losses.add(rule, feature, lost);
  };
  const plain = hosts.filter((host) => !/:\d+$/.test(host));
  if (plain.length < hosts.length) lose('port', 'it does not answer on another port than the default one');
  const wild = plain.filter((host) => host.startsWith('*.')).map((host) => host.slice(2));
  const exact = plain.filter((host) => !host.startsWith('*.'));
  for (const host of wild.filter((one) => !exact.includes(one))) lose('host', `it answers on ${host} itself too`);
  const rows = exact.filter((host) => !wild.includes(host)).map((host) => ({ host, subdomains: false }));
  return [...rows, ...wild.map((host) => ({ host, subdomains: true }))];
}

/** Where a wildcard's rules lie under a prefix of a host's own, the deeper path wins there and the host wins here. */
function losePrecedence({ entries }: HostGroup, losses: Losses): void {
  const prefixes = entries.flatMap(({ rule, test }, at) =>
    test.kind === 'prefix' ? [{ rule, path: test.path, at }] : [],
  );
  for (const { rule, path, at } of prefixes) {
    const deeper = entries.slice(at + 1).some(({ test }) => 'path' in test && test.path.startsWith(`${path}/`));
    if (deeper) losses.add(rule, 'precedence', 'a deeper path of a wider host outranks it');
  }
}

function bulkPaths(entry: EdgeEntry, bothSlashes: boolean, losses: Losses): readonly BulkPath[] {
  const { rule, target, test, status } = entry;
  const leaveOut = (feature: Parameters<Losses['add']>[1], why: string): readonly BulkPath[] => {
    losses.add(rule, feature, `${why}; ${LEFT_OUT}`);
    return [];
  };
  if (target === null) return leaveOut(rule < 0 ? 'fallback' : 'status', '410 cannot be said');
  if (!STATUSES.includes(status)) return leaveOut('status', `status ${status} cannot be said`);
  if (entry.conditions.length > 0) return leaveOut('query-condition', 'queries cannot be asked for');
  const plain = { subpaths: false, preserveSuffix: false, target: targetText(target) };
  switch (test.kind) {
    case 'exact':
      return (bothSlashes && test.path !== '/' ? [test.path, `${test.path}/`] : [test.path]).map((path) => ({
        ...plain,
        path,
      }));
    case 'prefix': {
      const suffix = suffixTarget(entry);
      if (suffix === undefined) return leaveOut('prefix', 'the rest of the path can only be appended');
      return [{ path: test.path === '' ? '/' : test.path, subpaths: true, preserveSuffix: true, target: suffix }];
    }
    case 'pattern': {
      const { segments, splat } = test.pattern;
      if (!splat || segments.some((segment) => segment.kind === 'name'))
        return leaveOut('pattern', 'placeholders cannot be said');
      const path = `/${segments.map((segment) => (segment.kind === 'literal' ? segment.text : '')).join('/')}`;
      const suffix = usesSplat(target) ? suffixTarget(entry) : undefined;
      if (usesSplat(target) && suffix === undefined)
        return leaveOut('pattern', 'the rest of the path can only be appended');
      losses.add(rule, 'pattern', `it takes ${path} too`);
      return [
        { ...plain, path, subpaths: true, ...(suffix === undefined ? {} : { preserveSuffix: true, target: suffix }) },
      ];
    }
    case 'regex':
      return leaveOut('regex', 'regular expressions cannot be said');
    case 'site':
      return test.bases.map((base) => ({ ...plain, path: base === '' ? '/' : base, subpaths: true }));
  }
}

/** The target to which the rest of the path is appended; undefined where it goes elsewhere. */
function suffixTarget({ target }: EdgeEntry): string | undefined {
  if (target === null) return undefined;
  if (!usesSplat(target)) return targetText(target);
  const last = target.path.at(-1);
  const before = target.path.slice(0, -1);
  const others = [...before, ...target.query, ...target.fragment];
  const isEnd = last?.kind === 'name' && last.name === SPLAT && !others.some((piece) => piece.kind === 'name');
  return isEnd && targetText(target, before).split(/[?#]/, 1)[0]?.endsWith('/')
    ? targetText(target, before)
    : undefined;
}
