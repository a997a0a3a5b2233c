import type { SiteState } from '../../domain/state/site-segments.ts';
import { formatLocal } from '../../domain/time/format-time.ts';
import type { Column } from '../output/columns.ts';
import { counted, grouped } from '../output/counted.ts';
import type { AnswerSource, StatusAnswer } from './answer-source.ts';
import { type AskedTime, instantOf } from './asked-time.ts';
import { epochOf, utc, zoned } from './moments.ts';

/** One site at the asked instant, as `status --json` gives it. Instants are RFC 3339 UTC; `local` has them in RFC 9557. */
export interface StatusRow {
  readonly site: string;
  readonly market: string;
  readonly role: string;
  readonly at: string;
  readonly state: SiteState;
  readonly since: string | null;
  readonly nextChangeAt: string | null;
  readonly nextState: SiteState | null;
  readonly shutdown: string | null;
  readonly exception: string | null;
  readonly ruleset: string | null;
  readonly revision: number | null;
  readonly local: {
    readonly at: string;
    readonly since: string | null;
    readonly nextChangeAt: string | null;
    readonly zone: string;
  } | null;
}

export const STATUS_COLUMNS: readonly Column<StatusRow>[] = [
  { key: 'site', header: 'SITE', value: (row) => row.site, keep: true },
  { key: 'state', header: 'STATE', value: (row) => row.state, keep: true },
  { key: 'nextState', header: 'NEXT', value: (row) => row.nextState },
  { key: 'nextChangeAt', header: 'NEXT CHANGE', value: (row) => row.nextChangeAt, keep: true },
  { key: 'nextLocal', header: 'LOCAL TIME', value: (row) => localText(row.nextChangeAt, row), whole: true },
  { key: 'exception', header: 'EXCEPTION', value: (row) => row.exception },
  { key: 'market', header: 'MARKET', value: (row) => row.market },
  { key: 'since', header: 'SINCE', value: (row) => row.since, whole: true },
  { key: 'shutdown', header: 'SHUTDOWN', value: (row) => row.shutdown },
  { key: 'role', header: 'ROLE', value: (row) => row.role },
];

function localText(at: string | null, { local }: StatusRow): string {
  return at === null || local === null ? '' : formatLocal(epochOf(at), local.zone);
}

export interface StatusResult {
  readonly rows: readonly StatusRow[];
  readonly markets: readonly string[];
  readonly warnings: readonly string[];
  /** Those that run, wait or are to come; empty where the time is another instant in each market. */
  readonly launches: StatusAnswer['launches'];
}

/** Every site at an asked time; one without a zone is read for each site in the zone of its own market. */
export async function statusRows(source: AnswerSource, asked: AskedTime, now: number): Promise<StatusResult> {
  const first = await source.status(
    asked.kind === 'local' || asked.text === 'now' ? 'now' : instantOf(asked, now, null),
  );
  const markets = Object.keys(first.zones);
  const { warnings, launches } = first;
  if (asked.kind === 'common') return { rows: rowsOf(first), markets, warnings, launches };
  // Many zones have few midnights: each instant is asked about once, for the sites that it is the time of.
  const sitesAt = new Map<number, Set<string>>();
  for (const { site, market } of first.sites) {
    const at = instantOf(asked, now, first.zones[market] ?? null);
    sitesAt.set(at, (sitesAt.get(at) ?? new Set()).add(site));
  }
  const rows = new Map<string, StatusRow>();
  for (const [at, wanted] of sitesAt) {
    const status = await source.status(at);
    const sites = status.sites.filter(({ site }) => wanted.has(site));
    for (const row of rowsOf({ ...status, sites })) rows.set(row.site, row);
  }
  return { rows: first.sites.flatMap(({ site }) => rows.get(site) ?? []), markets, warnings, launches: [] };
}

export function rowsOf({ at, sites, zones }: Pick<StatusAnswer, 'at' | 'sites' | 'zones'>): readonly StatusRow[] {
  return sites.map(({ since, nextChangeAt, ...site }) => {
    const zone = zones[site.market] ?? null;
    const local = (instant: number | null) => zoned(instant, zone);
    return {
      ...site,
      at: utc(at) ?? '',
      since: utc(since),
      nextChangeAt: utc(nextChangeAt),
      local:
        zone === null ? null : { at: local(at) ?? '', since: local(since), nextChangeAt: local(nextChangeAt), zone },
    };
  });
}

const STATES: readonly SiteState[] = ['prelaunch', 'active', 'frozen', 'dark', 'retired'];

/** `4 sites at 2025-01-01T00:00:00Z: 1 active, 3 dark`. */
export function statusSummary(rows: readonly StatusRow[]): string {
  const counts = STATES.map((state) => [rows.filter((row) => row.state === state).length, state] as const);
  const parts = counts.filter(([count]) => count > 0).map(([count, state]) => `${count} ${state}`);
  const instants = [...new Set(rows.map(({ at }) => at))].toSorted();
  const first = instants[0];
  const last = instants.at(-1);
  const when = first === last ? `at ${first}` : `from ${first} to ${last}, by each market’s clock`;
  return `${rows.length} ${rows.length === 1 ? 'site' : 'sites'} ${when}: ${parts.join(', ')}`;
}

const STANDINGS = ['live', 'held', 'scheduled'] as const;
/** More launches than this are counted. */
const MOST_LAUNCHES = 5;

/** A line for each launch: `launch mi-store-opening: live in 3 markets, scheduled in 1, until 2015-05-20T11:00:00Z`. */
export function launchesSummary(launches: StatusAnswer['launches']): readonly string[] {
  const lines = launches.slice(0, MOST_LAUNCHES).map((launch) => {
    const standings = STANDINGS.filter((standing) => launch[standing] > 0);
    const places = standings.map((standing) => `${standing} in ${counted(launch[standing], 'market')}`);
    const next = launch.nextChangeAt === null ? '' : `, until ${utc(launch.nextChangeAt)}`;
    return `launch ${launch.launch}: ${places.join(', ')}${next}`;
  });
  const more = launches.length - lines.length;
  return more > 0 ? [...lines, `and ${grouped(more)} more: storectl launches list`] : lines;
}
