import { escapeControls } from '../../domain/escape.ts';
import type { Explanation, Hop } from '../../domain/state/explain.ts';
import type { Column } from '../output/columns.ts';
import { tabLines } from '../output/delimited.ts';
import { flow } from '../output/flow.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { changeFact, type ExplainedFact, factLines, joinedBlocks, whyLines } from './explain-layout.ts';
import { epochOf, momentParts } from './moments.ts';
import { colouredState } from './state-marks.ts';

/** One explanation in full: the answer first, then what leads to it. */
export function explanationText(explanation: Explanation, view: View): string {
  const { palette } = view;
  return joinedBlocks([
    [palette.strong(answerLine(explanation)), palette.faint(escapeControls(explanation.url))],
    factLines(factsOf(explanation, view), view),
    explanation.hops.length > 1 || explanation.hops.some(({ outcome }) => outcome !== 'outside')
      ? ['Then', ...explanation.hops.flatMap((hop, i) => hang(`${'  '.repeat(i + 1)}└ `, hopText(hop), view.width))]
      : [],
    whyLines(explanation.reasoning, view),
  ]);
}

const SAYS = { serve: 'served by the site', gone: 'gone', 'not-found': 'not found', redirect: '' } as const;

/** `301 → https://…`, or the status and what it means. */
export function answerLine({ status, location, outcome }: Explanation): string {
  return location === null ? `${status} ${SAYS[outcome]}` : `${status} → ${escapeControls(location)}`;
}

/** `rule poco-gb#12`. */
export function deciderText({ kind, id }: { readonly kind: string; readonly id: string | null }): string {
  return escapeControls(id === null ? kind : `${kind} ${id}`);
}

function factsOf(explanation: Explanation, { palette }: View): readonly ExplainedFact[] {
  const { site, state, local, nextChangeAt } = explanation;
  const zone = local?.zone ?? null;
  const at = epochOf(explanation.at);
  return [
    [
      'Site',
      site === null || state === null
        ? ['none: the URL is on no site known here']
        : [`${palette.id(escapeControls(site))}, ${colouredState(state, palette)}`],
    ],
    ['At', momentParts(at, zone)],
    ['Decided by', [deciderText(explanation.decidedBy)]],
    changeFact(nextChangeAt === null ? null : epochOf(nextChangeAt), at, zone),
  ];
}

const HOP_SAYS = {
  redirect: '',
  serve: 'served',
  gone: 'gone',
  'not-found': 'not found',
  outside: 'outside what is known here',
  loop: 'a loop: visited before',
} as const;

function hopText({ url, site, outcome, status, location, decidedBy }: Hop): string {
  const where = `${escapeControls(url)}${site === null ? '' : ` (${escapeControls(site)})`}`;
  const gets = location === null ? HOP_SAYS[outcome] : `→ ${escapeControls(location)}`;
  const decider = decidedBy.kind === 'none' ? '' : `, ${deciderText(decidedBy)}`;
  return `${where}: ${status === null ? '' : `${status} `}${gets}${decider}`;
}

/** Several answers under each other, by URL and instant. */
const COLUMNS: readonly Column<Explanation>[] = [
  { key: 'url', header: 'URL', value: (row) => row.url, keep: true },
  { key: 'at', header: 'AT', value: (row) => row.at, keep: true },
  { key: 'status', header: 'STATUS', value: (row) => row.status, keep: true, align: 'right' },
  { key: 'state', header: 'STATE', value: (row) => row.state ?? '' },
  { key: 'decidedBy', header: 'DECIDED BY', value: (row) => deciderText(row.decidedBy) },
  { key: 'outcome', header: 'OUTCOME', value: (row) => row.outcome },
  { key: 'location', header: 'LOCATION', value: (row) => row.location },
  { key: 'nextChangeAt', header: 'CHANGES', value: (row) => row.nextChangeAt ?? '' },
  { key: 'local', header: 'LOCAL TIME', value: (row) => row.local?.at ?? '' },
];

/**
 * Several explanations: a block for each URL with its instants under each other on a terminal, plain rows in a pipe.
 * They come by URL, each with all of its instants in order.
 */
export async function explanationsText(explanations: readonly Explanation[], view: View): Promise<string> {
  if (view.width === null) {
    return tabLines(explanations, COLUMNS).join('\n');
  }
  const blocks: string[] = [];
  for (const url of new Set(explanations.map((explanation) => explanation.url))) {
    const rows = explanations.filter((explanation) => explanation.url === url);
    blocks.push([view.palette.id(escapeControls(url)), ...rows.flatMap((row) => rowLines(row, view))].join('\n'));
  }
  return blocks.join('\n\n');
}

function rowLines(explanation: Explanation, { palette, width }: View): readonly string[] {
  const { at, local, site, state, decidedBy } = explanation;
  const stands = state === null ? 'no site' : `${escapeControls(site ?? '')} ${colouredState(state, palette)}`;
  return [
    `  ${flow(momentParts(epochOf(at), local?.zone ?? null), { width, used: 2, indent: '  ' })}`,
    `    ${palette.strong(answerLine(explanation))}`,
    `    ${stands}${palette.faint(`, ${deciderText(decidedBy)}`)}`,
  ];
}
