import type { EdgeExport, ExportInput } from './edge.ts';
import { hexLiteral, literal } from './expression.ts';
import { hostForms } from './hosts.ts';
import { type FilterCase, filterCases, shapeCases } from './query-expression.ts';
import type { ExactRow, ExpressionRow } from './row.ts';
import { keyForms, type PartWriter, rowText } from './row-text.ts';
import { DECODED_IS_CANONICAL, RAW_IS_CANONICAL, SPELLING_NOTE } from './spelling.ts';
import { type LookupTable, lookupTable } from './table.ts';

const FILE = 'storectl-redirects.caddy';

/**
 * Caddy's `map` goes through its rows one by one, and each placeholder that it gives is worked out anew wherever it is
 * used: what is found is kept in variables. Path matchers disregard case and are not used; everything stands in a
 * `route` block, since the order of directives changed between versions.
 */
export function exportCaddy({ ruleset, at }: ExportInput): EdgeExport {
  const table = lookupTable(ruleset, at, {
    lookahead: false,
    groups: Number.POSITIVE_INFINITY,
    filters: false,
    backtracks: false,
  });
  const { options } = ruleset;
  const cut = options.trailingSlash === 'ignore' ? [`${expressionWord('^(/.*)/$')} ${GROUP(1)}`] : [];
  const text = [
    `# Redirect rules: import this file in the site blocks.`,
    'route {',
    ...indented([
      ...requestSteps(table),
      ...step('{vars.sc_path}', 'sc_cut', [...cut, 'default {vars.sc_path}']),
      'vars sc_subject "{vars.sc_group}:{vars.sc_scheme}:{http.request.uri.query}#{vars.sc_path}"',
      ...step('{vars.sc_subject}', 'sc_narrow', table.narrow.map(expressionRow)),
      ...askedSteps(table, options.case),
      ...step(
        '{vars.sc_group}:{vars.sc_scheme}:{vars.sc_cut}',
        'sc_schemed',
        table.schemed.flatMap((row) => exactRows(row, options.case)),
      ),
      ...step(
        '{vars.sc_group}:{vars.sc_cut}',
        'sc_exact',
        table.exact.flatMap((row) => exactRows(row, options.case)),
      ),
      ...step('{vars.sc_subject}', 'sc_broad', table.broad.map(expressionRow)),
      ...step('{vars.sc_exact}', 'sc_wide', ['"" {vars.sc_broad}', 'default {vars.sc_exact}']),
      ...step('{vars.sc_schemed}', 'sc_named', ['"" {vars.sc_wide}', 'default {vars.sc_schemed}']),
      ...step('{vars.sc_asked}', 'sc_either', ['"" {vars.sc_named}', 'default {vars.sc_asked}']),
      ...step('{vars.sc_narrow}', 'sc_row', ['"" {vars.sc_either}', 'default {vars.sc_narrow}']),
      ...answerSteps(table),
    ]),
    '}',
    '',
  ].join('\n');
  return {
    files: [{ name: FILE, text }],
    losses: table.losses,
    limits: [
      {
        name: 'rules tried one by one',
        allowed: null,
        used:
          [table.narrow, table.schemed, table.exact, table.broad].reduce((sum, { length }) => sum + length, 0) +
          table.shapes.reduce((sum, { rows }) => sum + rows.length, 0),
      },
    ],
    notes: [
      `Import ${FILE} in the site blocks, before what serves the site.`,
      'Caddy looks through all rules for each request; above some 10,000 another edge is the better place.',
      'X-Forwarded-Proto says the scheme where a proxy in front of Caddy ends TLS.',
      SPELLING_NOTE,
      'A path with dot segments is answered as if no rule were there for it: Caddy does not remove them.',
    ],
    validUntil: table.validUntil,
  };
}

const GROUP = (number: number): string => `"$\{${number}}"`;

/** In the output of an expression "$" begins a group; in that of a plain row it is text. */
const EXPRESSION_WRITER: PartWriter = {
  text: (text) => text.replaceAll('$', '$$$$'),
  group: (number) => `$\{${number}}`,
  separator: ' ',
};
const PLAIN_WRITER: PartWriter = { ...EXPRESSION_WRITER, text: (text) => text };

const indented = (rows: readonly string[]): string[] => rows.map((row) => `\t${row}`);

/** Within backquotes nothing is special; an expression can say a backquote otherwise. */
const expressionWord = (expression: string): string => `\`~${expression.replaceAll('`', '\\x60')}\``;

/** A map whose result is kept. */
function step(source: string, name: string, rows: readonly string[]): string[] {
  return [`map "${source}" {${name}} {`, ...indented(rows), '}', `vars ${name} {${name}}`];
}

const expressionRow = ({ expression, answer }: ExpressionRow): string =>
  `${expressionWord(expression)} "${rowText(answer, EXPRESSION_WRITER)}"`;

function exactRows({ key, answer }: ExactRow, letterCase: 'sensitive' | 'ignore'): readonly string[] {
  if (letterCase === 'ignore')
    return [`${expressionWord(`(?i)^${literal(key)}$`)} "${rowText(answer, EXPRESSION_WRITER)}"`];
  return keyForms(key).map((form) => `"${form}" "${rowText(answer, PLAIN_WRITER)}"`);
}

/** The row for a path and what is asked for of the query there; the later shape fills in what the earlier left empty. */
function askedSteps({ shapes }: LookupTable, letterCase: 'sensitive' | 'ignore'): string[] {
  const known = (number: number): string => (number === 0 ? '' : `{vars.sc_asked_${number - 1}}`);
  return [
    ...shapes.flatMap(({ names, rows }, number) => [
      ...step('{http.request.uri.query}', `sc_asked_for_${number}`, casesRows(shapeCases(names, false))),
      // A rule is filed under its scheme or under none, so that only one of the two keys can be there.
      ...(['{vars.sc_group}:{vars.sc_scheme}', '{vars.sc_group}'] as const).flatMap((place, at) =>
        step(
          `${place}:{vars.sc_cut}?{vars.sc_asked_for_${number}}`,
          at === 0 ? `sc_schemed_${number}` : `sc_plain_${number}`,
          rows
            .filter(({ key }) => /^\d+:https?:/.test(key) === (at === 0))
            .flatMap((row) => askedRows(row, letterCase)),
        ),
      ),
      ...step(`{vars.sc_schemed_${number}}`, `sc_row_${number}`, [
        `"" {vars.sc_plain_${number}}`,
        `default {vars.sc_schemed_${number}}`,
      ]),
      ...step(known(number), `sc_asked_${number}`, [
        `"" {vars.sc_row_${number}}`,
        ...(number === 0 ? [] : [`default ${known(number)}`]),
      ]),
    ]),
    `vars sc_asked "${known(shapes.length)}"`,
  ];
}

/** Where paths disregard case, what is asked for of a query does not. */
function askedRows(row: ExactRow, letterCase: 'sensitive' | 'ignore'): readonly string[] {
  if (letterCase === 'sensitive') return exactRows(row, letterCase);
  const mark = row.key.indexOf('?');
  const expression = `^(?i:${literal(row.key.slice(0, mark))})${hexLiteral(row.key.slice(mark))}$`;
  return [`${expressionWord(expression)} "${rowText(row.answer, EXPRESSION_WRITER)}"`];
}

const casesRows = (cases: readonly FilterCase[]): string[] =>
  cases.map(
    ({ expression, groups }) =>
      `${expressionWord(expression)} "${groups.map((group) => EXPRESSION_WRITER.group(group)).join('&')}"`,
  );

function requestSteps({ groups }: LookupTable): string[] {
  const { exact, wild } = hostForms(groups);
  const hosts = [
    ...exact.map(({ group, text, origin }) => `${expressionWord(`(?i)^${literal(text)}$`)} "${group} ${origin}"`),
    ...wild.map(({ group, expression }) => `${expressionWord(`(?i)${expression}`)} "${group} $\{1}$\{2}"`),
  ];
  return [
    ...step('{http.request.header.X-Forwarded-Proto}', 'sc_scheme', [
      'http http',
      'https https',
      'default {http.request.scheme}',
    ]),
    ...step('{vars.sc_scheme}://{http.request.hostport}', 'sc_host', hosts),
    ...step('{vars.sc_host}', 'sc_group', [`${expressionWord('^([0-9]+) ')} ${GROUP(1)}`]),
    ...step('{http.request.orig_uri}', 'sc_raw', [`${expressionWord('^(/[^?#]*)')} ${GROUP(1)}`]),
    // The output of an expression is no placeholder: which of the two it is to be is told first.
    ...step('{vars.sc_raw}', 'sc_spelling', [
      `${expressionWord(RAW_IS_CANONICAL)} raw`,
      `${expressionWord('/(?:[.]|%2[Ee]){1,2}(?:/|$)')} other`,
      `${expressionWord(DECODED_IS_CANONICAL)} decoded`,
    ]),
    ...step('{vars.sc_spelling}', 'sc_path', ['raw {vars.sc_raw}', 'decoded {http.request.orig_uri.path}']),
  ];
}

function answerSteps({ filters, statuses }: LookupTable): string[] {
  return [
    ...step('{vars.sc_row}', 'sc_own', [`${expressionWord('^[0-9]+o')} own`]),
    ...step('{vars.sc_own} {vars.sc_host}', 'sc_origin', [`${expressionWord('^own [0-9]+ (.*)$')} ${GROUP(1)}`]),
    ...step('{vars.sc_row}', 'sc_base', [`${expressionWord('^[^ ]+ ([^ ]+)')} ${GROUP(1)}`]),
    ...step('{vars.sc_row}', 'sc_fragment', [`${expressionWord('^[^ ]+ [^ ]+ ([^ ]+)')} "#$\{1}"`]),
    ...step('{vars.sc_row}', 'sc_filter', [`${expressionWord('^[0-9]+[ho][?&]([a-z0-9]+) ')} ${GROUP(1)}`]),
    ...filters.flatMap((filter, index) =>
      step('{http.request.uri.query}', `sc_query_${index}`, casesRows(filterCases(filter, false))),
    ),
    ...step('{vars.sc_filter}', 'sc_passed', [
      'a {http.request.uri.query}',
      ...filters.map((_, index) => `"${index}" {vars.sc_query_${index}}`),
    ]),
    ...step('{vars.sc_row}', 'sc_join', [`${expressionWord('^[0-9]+[ho]&')} "&"`, 'default "?"']),
    ...step('{vars.sc_passed}', 'sc_query', ['"" ""', 'default "{vars.sc_join}{vars.sc_passed}"']),
    ...step('{vars.sc_row}', 'sc_status', [`${expressionWord('^([0-9]{3})')} ${GROUP(1)}`]),
    ...statuses.flatMap((status) => [
      `@sc_${status} vars {vars.sc_status} ${status}`,
      status === 410
        ? 'respond @sc_410 410'
        : `redir @sc_${status} "{vars.sc_origin}{vars.sc_base}{vars.sc_query}{vars.sc_fragment}" ${status}`,
    ]),
  ];
}
