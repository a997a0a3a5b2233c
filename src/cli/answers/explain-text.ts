import stringWidth from 'string-width';
import { escapeControls } from '../../domain/escape.ts';
import type { Explanation, Hop, Reason } from '../../domain/state/explain.ts';
import { humanDuration } from '../../domain/time/duration.ts';
import type { Column } from '../output/columns.ts';
import { tabLines } from '../output/delimited.ts';
import { flow } from '../output/flow.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { epochOf, momentParts } from './moments.ts';
import { colouredState } from './state-marks.ts';

/** One explanation in full: the answer first, then what leads to it. */
export function explanationText(explanation: Explanation, view: View): string {
  const { palette } = view;
  const blocks = [
    [palette.strong(answerLine(explanation)), palette.faint(escapeControls(explanation.url))],
    factLines(explanation, view),
    explanation.hops.length > 1 || explanation.hops.some(({ outcome }) => outcome !== 'outside')
      ? ['Then', ...explanation.hops.flatMap((hop, i) => hang(`${'  '.repeat(i + 1)}└ `, hopText(hop), view.width))]
      : [],
    explanation.reasoning.length === 0
      ? []
      : ['Why', ...explanation.reasoning.flatMap((reason) => reasonLines(reason, view))],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

const SAYS = { serve: 'served by the site', gone: 'gone', 'not-found': 'not found', redirect: '' } as const;

/** `301 → https://…`, or the status and what it means. */
export function answerLine({ status, location, outcome }: Explanation): string {
  return location === null ? `${status} ${SAYS[outcome]}` : `${status} → ${escapeControls(location)}`;
}

/** `rule poco-gb#12`. */
export function deciderText({ kind, id }: Explanation['decidedBy']): string {
  return escapeControls(id === null ? kind : `${kind} ${id}`);
}

const NAME_WIDTH = 12;

function factLines(explanation: Explanation, { width, palette }: View): readonly string[] {
  const { site, state, local, nextChangeAt } = explanation;
  const zone = local?.zone ?? null;
  const at = epochOf(explanation.at);
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [
      'Site',
      site === null || state === null
        ? ['none: the URL is on no site known here']
        : [`${palette.id(escapeControls(site))}, ${colouredState(state, palette)}`],
    ],
    ['At', momentParts(at, zone)],
    ['Decided by', [deciderText(explanation.decidedBy)]],
    ['Changes', nextChangeAt === null ? ['never, as things stand'] : laterParts(epochOf(nextChangeAt), at, zone)],
  ];
  const layout = { width, used: NAME_WIDTH, indent: ' '.repeat(NAME_WIDTH) };
  return facts.map(([name, parts]) => `${palette.strong(name.padEnd(NAME_WIDTH))}${flow(parts, layout)}`);
}

/** An instant with its distance from the one that was asked about. */
function laterParts(at: number, before: number, zone: string | null): readonly string[] {
  return [...momentParts(at, zone), `(${humanDuration(at - before)} later)`];
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

const MARK: Readonly<Record<Reason['outcome'], string>> = { decides: '●', applies: '○', 'passed-over': '–' };
const WORD: Readonly<Record<Reason['outcome'], string>> = {
  decides: 'decides',
  applies: 'applies',
  'passed-over': 'passed over',
};

function reasonLines({ subject, outcome, why }: Reason, { width, palette }: View): readonly string[] {
  const head = `  ${MARK[outcome]} ${escapeControls(subject)}`;
  const body = `${WORD[outcome]}: ${escapeControls(why)}`;
  const shown = outcome === 'decides' ? palette.strong(head) : head;
  if (width !== null && stringWidth(head) + stringWidth(body) + 2 > width) {
    return [...hang('', shown, width, 4), ...hang('    ', body, width).map(palette.faint)];
  }
  return [`${shown}  ${palette.faint(body)}`];
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
