import { escapeControls } from '../../domain/escape.ts';
import { formatLocal } from '../../domain/time/format-time.ts';
import type { Column } from '../output/columns.ts';
import { counted, grouped } from '../output/counted.ts';
import { tabLines } from '../output/delimited.ts';
import { flow } from '../output/flow.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { joinedBlocks } from './explain-layout.ts';
import type { MarketLaunch, MarketResult } from './market-standing.ts';
import { epochOf, momentParts } from './moments.ts';
import { colouredState } from './state-marks.ts';
import type { StatusRow } from './status-rows.ts';

/** A market in full: its sites, what it sells, what is to come, and what waits for somebody. */
export function marketText(result: MarketResult, view: View): string {
  if (view.width === null) return tabLines(rowsOf(result), COLUMNS).join('\n');
  return blocksOf(result, view);
}

/** Several markets under each other. */
export function marketsText(results: readonly MarketResult[], view: View): string {
  if (view.width === null) return tabLines(results.flatMap(rowsOf), COLUMNS).join('\n');
  return results.map((result) => blocksOf(result, view)).join('\n\n');
}

function blocksOf(result: MarketResult, view: View): string {
  const { market, at, local, sites, launches, waits } = result;
  const { palette, width } = view;
  const parts = [palette.strong(`market ${escapeControls(market)}`), ...momentParts(epochOf(at), local.zone)];
  return joinedBlocks([
    [flow(parts, { width, used: 0, indent: '  ' })],
    ['Sites', ...(sites.length === 0 ? ['  none'] : sites.map((site) => siteLine(site, view)))],
    ['Catalog', ...hang('  ', catalogText(result), width)],
    launches.length === 0 ? [] : ['Launches', ...launches.flatMap((launch) => launchLines(launch, view))],
    waits.length === 0 ? [] : ['Waiting', ...waits.flatMap((waiting) => waitLines(waiting, view))],
  ]);
}

function siteLine({ site, state, nextState, nextChangeAt, local }: StatusRow, { palette, width }: View): string {
  const next = nextState === null || nextChangeAt === null ? [] : [`${nextState} at ${nextChangeAt}`];
  const clock = nextChangeAt === null || local === null ? [] : [formatLocal(epochOf(nextChangeAt), local.zone)];
  const parts = [palette.id(escapeControls(site)), colouredState(state, palette), ...next, ...clock];
  return `  ${flow(parts, { width, used: 2, indent: '    ' })}`;
}

function catalogText({ catalog }: MarketResult): string {
  if (catalog === null) return 'none: the market may sell nothing';
  return `${escapeControls(catalog.id)}, ${catalog.mode}: ${listedText(catalog)}`;
}

function listedText({ listings, onSale }: NonNullable<MarketResult['catalog']>): string {
  return listings === 0 ? 'nothing is listed' : `${grouped(onSale)} of ${counted(listings, 'listing')} on sale`;
}

function launchLines({ launch, title, kind, state, startsAt, endsAt, local }: MarketLaunch, view: View) {
  const { palette, width } = view;
  const shown = state === 'live' ? palette.good(state) : state === 'held' ? palette.caution(state) : state;
  const head = [palette.id(escapeControls(launch)), shown, kind, palette.faint(escapeControls(title ?? ''))];
  const moment = (word: string, at: string): string =>
    `    ${flow([`${word} ${at}`, formatLocal(epochOf(at), local.zone)], { width, used: 4, indent: '      ' })}`;
  return [
    `  ${flow(head, { width, used: 2, indent: '    ' })}`,
    moment('starts', startsAt),
    ...(endsAt === null ? [] : [moment('ends', endsAt)]),
  ];
}

type Waiting = MarketResult['waits'][number];

/** What to say next, where something waits. */
function wayOut({ kind, id }: Waiting): string {
  switch (kind) {
    case 'launch-held':
    case 'launch-needs-go':
    case 'launch-open-after-go':
      return `storectl launches checklist ${id}`;
    case 'no-site':
      return 'storectl sites add ID';
    case 'certification-expired':
      return `storectl certifications show ${id}`;
  }
}

const NOUN: Readonly<Record<Waiting['kind'], string>> = {
  'no-site': 'market',
  'launch-held': 'launch',
  'launch-open-after-go': 'launch',
  'launch-needs-go': 'launch',
  'certification-expired': 'certification',
};

function waitLines(waiting: Waiting, { palette, width }: View): readonly string[] {
  const text = `${NOUN[waiting.kind]} ${escapeControls(waiting.id)}: ${escapeControls(waiting.text)}`;
  return [...hang(`  ${palette.caution('!')} `, text, width), `    ${escapeControls(wayOut(waiting))}`];
}

/** For pipes: one thing of a market a row. */
interface MarketRow {
  readonly market: string;
  readonly kind: 'site' | 'catalog' | 'launch' | 'waiting';
  readonly id: string;
  readonly state: string;
  readonly at: string | null;
  readonly zone: string;
  readonly note: string;
}

const COLUMNS: readonly Column<MarketRow>[] = [
  { key: 'market', header: 'MARKET', value: (row) => row.market },
  { key: 'kind', header: 'KIND', value: (row) => row.kind },
  { key: 'id', header: 'ID', value: (row) => row.id },
  { key: 'state', header: 'STATE', value: (row) => row.state },
  { key: 'at', header: 'TIME', value: (row) => row.at },
  { key: 'local', header: 'LOCAL TIME', value: ({ at, zone }) => (at === null ? '' : formatLocal(epochOf(at), zone)) },
  { key: 'note', header: 'NOTE', value: (row) => row.note },
];

function rowsOf(result: MarketResult): readonly MarketRow[] {
  const { market, local, sites, catalog, launches, waits } = result;
  const row = { market, zone: local.zone };
  return [
    ...sites.map(({ site, state, nextChangeAt, nextState }) => ({
      ...row,
      kind: 'site' as const,
      id: site,
      state,
      at: nextChangeAt,
      note: nextState === null ? '' : `${nextState} then`,
    })),
    {
      ...row,
      kind: 'catalog',
      id: catalog?.id ?? '',
      state: catalog?.mode ?? 'none',
      at: null,
      note: catalog === null ? catalogText(result) : listedText(catalog),
    },
    ...launches.map(({ launch, state, startsAt, kind }) => ({
      ...row,
      kind: 'launch' as const,
      id: launch,
      state,
      at: startsAt,
      note: `${kind} starts`,
    })),
    ...waits.map((waiting) => ({
      ...row,
      kind: 'waiting' as const,
      id: waiting.id,
      state: waiting.kind,
      at: waiting.at,
      note: waiting.text,
    })),
  ];
}
