import {
  block,
  casesRows,
  expressionRow,
  expressionWord,
  FIRST_GROUP,
  indented,
  keyedRows,
  type LetterCase,
  lookupSteps,
  step,
} from './caddy-steps.ts';
import type { EdgeExport, ExportInput } from './edge.ts';
import { hostForms } from './hosts.ts';
import { oneByOneLimit, oneByOneNotes } from './one-by-one.ts';
import { filterCases, shapeCases } from './query-expression.ts';
import { shapeList } from './query-shapes.ts';
import type { ExactRow } from './row.ts';
import { rowText } from './row-text.ts';
import { DECODED_IS_CANONICAL, RAW_IS_CANONICAL, SPELLING_NOTE } from './spelling.ts';
import { type LookupTable, lookupTable } from './table.ts';

const FILE = 'storectl-redirects.caddy';

/**
 * Caddy finds nothing by hash: exact paths are found by their beginnings. Path matchers disregard case and are not used;
 * everything stands in a `route` block, since the order of directives changed between versions.
 */
export function exportCaddy({ ruleset, at }: ExportInput): EdgeExport {
  const table = lookupTable(ruleset, at, {
    lookahead: false,
    groups: Number.POSITIVE_INFINITY,
    filters: false,
    backtracks: false,
  });
  const { trailingSlash, case: letterCase } = ruleset.options;
  const cut = trailingSlash === 'ignore' ? [`${expressionWord('^(/.*)/$')} ${FIRST_GROUP}`] : [];
  const lines = ['# Redirect rules: import this file in the site blocks.', 'route {'];
  for (const part of [
    requestSteps(table),
    step('{vars.sc_path}', 'sc_cut', [...cut, 'default {vars.sc_path}']),
    ['vars sc_subject "{vars.sc_group}:{vars.sc_scheme}:{http.request.uri.query}#{vars.sc_path}"'],
    // A variable that was never set is no empty one.
    ['vars sc_row ""', '@sc_open vars sc_row ""'],
    expressionSteps('sc_narrow', table.narrow.map(expressionRow)),
    askedSteps(table, letterCase),
    exactSteps('sc_schemed', SCHEMED_KEY, table.schemed, letterCase),
    exactSteps('sc_exact', KEY, table.exact, letterCase),
    expressionSteps('sc_broad', table.broad.map(expressionRow)),
    answerSteps(table),
  ])
    for (const line of indented(part)) lines.push(line);
  const tried = oneByOneLimit(table.narrow.length + table.broad.length);
  return {
    files: [{ name: FILE, text: [...lines, '}', ''].join('\n') }],
    losses: table.losses,
    limits: [tried],
    notes: [
      ...oneByOneNotes('caddy', tried),
      `Import ${FILE} in the site blocks, before what serves the site.`,
      'Caddy takes some 10 KB of memory for a rule, and a second to start for each 4,000 of them, in each site block that imports it.',
      'X-Forwarded-Proto says the scheme where a proxy in front of Caddy ends TLS.',
      SPELLING_NOTE,
      'A path with dot segments is answered as if no rule were there for it: Caddy does not remove them.',
    ],
    validUntil: table.validUntil,
  };
}

const KEY = '{vars.sc_group}:{vars.sc_cut}';
const SCHEMED_KEY = '{vars.sc_group}:{vars.sc_scheme}:{vars.sc_cut}';

function expressionSteps(name: string, rows: readonly string[]): string[] {
  if (rows.length === 0) return [];
  return block('route @sc_open', [...step('{vars.sc_subject}', name, rows), `vars sc_row {vars.${name}}`]);
}

function exactSteps(name: string, key: string, rows: readonly ExactRow[], letterCase: LetterCase): string[] {
  if (rows.length === 0) return [];
  return block('route @sc_open', rowSteps(name, key, rows, letterCase));
}

function rowSteps(name: string, key: string, rows: readonly ExactRow[], letterCase: LetterCase): string[] {
  const keyed = rows.flatMap((row) => keyedRows(row.key, letterCase, (writer) => rowText(row.answer, writer)));
  return lookupSteps({ into: 'sc_row', name, key, rows: keyed, letterCase });
}

/** What of the query is asked for at a path is a part of the key under which its row is found. */
function askedSteps({ shapes, asking }: LookupTable, letterCase: LetterCase): string[] {
  if (shapes.length === 0) return [];
  const rows = [...asking].flatMap(([place, numbers]) => keyedRows(place, letterCase, () => shapeList(numbers)));
  const isSchemed = ({ key }: { readonly key: string }): boolean => /^\d+:https?:/.test(key);
  const lookup = (name: string, key: string, ours: typeof rows): string[] =>
    ours.length === 0 ? [] : lookupSteps({ into: 'sc_asking', name, key, rows: ours, letterCase });
  const plain = rows.filter((row) => !isSchemed(row));
  const schemed = lookup('sc_asking_scheme', SCHEMED_KEY, rows.filter(isSchemed));
  return [
    'vars sc_asking ""',
    ...block('@sc_asked', ['vars sc_row ""', 'not vars {http.request.uri.query} ""']),
    ...block('route @sc_asked', [
      ...lookup('sc_asking_any', KEY, plain),
      '@sc_nowhere vars sc_asking ""',
      ...(schemed.length === 0 ? [] : block('route @sc_nowhere', schemed)),
      'vars sc_place {vars.sc_key}',
      ...shapes.flatMap(({ names, rows: own }, number) => [
        ...block(`@sc_asks_${number}`, ['vars sc_row ""', `vars_regexp sc_asking ,${number},`]),
        ...block(`route @sc_asks_${number}`, [
          ...step('{http.request.uri.query}', `sc_asked_${number}`, casesRows(shapeCases(names, false))),
          ...rowSteps(`sc_row_${number}`, `{vars.sc_place}?{vars.sc_asked_${number}}`, own, letterCase),
        ]),
      ]),
    ]),
  ];
}

function requestSteps({ groups }: LookupTable): string[] {
  const { exact, wild } = hostForms(groups);
  const site = '{vars.sc_scheme}://{http.request.hostport}';
  const named = exact.flatMap(({ group, text, origin }) => keyedRows(text, 'ignore', () => `${group} ${origin}`));
  const others = wild.map(({ group, expression }) => `${expressionWord(`(?i)${expression}`)} "${group} $\{1}$\{2}"`);
  return [
    ...step('{http.request.header.X-Forwarded-Proto}', 'sc_scheme', [
      'http http',
      'https https',
      'default {http.request.scheme}',
    ]),
    ...lookupSteps({ into: 'sc_host', name: 'sc_named_host', key: site, rows: named, letterCase: 'ignore' }),
    ...(others.length === 0
      ? []
      : ['@sc_unnamed vars sc_host ""', ...block('route @sc_unnamed', step(site, 'sc_host', others))]),
    ...step('{vars.sc_host}', 'sc_group', [`${expressionWord('^([0-9]+) ')} ${FIRST_GROUP}`]),
    ...step('{http.request.orig_uri}', 'sc_raw', [`${expressionWord('^(/[^?#]*)')} ${FIRST_GROUP}`]),
    // The output of an expression is no placeholder: which of the two it is to be is told first.
    ...step('{vars.sc_raw}', 'sc_spelling', [
      `${expressionWord(RAW_IS_CANONICAL)} raw`,
      `${expressionWord('/(?:[.]|%2[Ee]){1,2}(?:/|$)')} other`,
      `${expressionWord(DECODED_IS_CANONICAL)} decoded`,
    ]),
    ...step('{vars.sc_spelling}', 'sc_path', ['raw {vars.sc_raw}', 'decoded {http.request.orig_uri.path}']),
  ];
}

/** What is found is taken apart again: status and way of the query, Location, fragment. */
function answerSteps({ filters, statuses }: LookupTable): string[] {
  return [
    ...step('{vars.sc_row}', 'sc_own', [`${expressionWord('^[0-9]+o')} own`]),
    ...step('{vars.sc_own} {vars.sc_host}', 'sc_origin', [`${expressionWord('^own [0-9]+ (.*)$')} ${FIRST_GROUP}`]),
    ...step('{vars.sc_row}', 'sc_base', [`${expressionWord('^[^ ]+ ([^ ]+)')} ${FIRST_GROUP}`]),
    ...step('{vars.sc_row}', 'sc_fragment', [`${expressionWord('^[^ ]+ [^ ]+ ([^ ]+)')} "#$\{1}"`]),
    ...step('{vars.sc_row}', 'sc_filter', [`${expressionWord('^[0-9]+[ho][?&]([a-z0-9]+) ')} ${FIRST_GROUP}`]),
    ...filters.flatMap((filter, index) =>
      step('{http.request.uri.query}', `sc_query_${index}`, casesRows(filterCases(filter, false))),
    ),
    ...step('{vars.sc_filter}', 'sc_passed', [
      'a {http.request.uri.query}',
      ...filters.map((_, index) => `"${index}" {vars.sc_query_${index}}`),
    ]),
    ...step('{vars.sc_row}', 'sc_join', [`${expressionWord('^[0-9]+[ho]&')} "&"`, 'default "?"']),
    ...step('{vars.sc_passed}', 'sc_query', ['"" ""', 'default "{vars.sc_join}{vars.sc_passed}"']),
    ...step('{vars.sc_row}', 'sc_status', [`${expressionWord('^([0-9]{3})')} ${FIRST_GROUP}`]),
    ...statuses.flatMap((status) => [
      `@sc_${status} vars {vars.sc_status} ${status}`,
      status === 410
        ? 'respond @sc_410 410'
        : `redir @sc_${status} "{vars.sc_origin}{vars.sc_base}{vars.sc_query}{vars.sc_fragment}" ${status}`,
    ]),
  ];
}
