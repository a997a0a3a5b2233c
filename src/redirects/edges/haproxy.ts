import type { EdgeExport, ExportInput, Limit } from './edge.ts';
import { hostForms } from './hosts.ts';
import { oneByOneLimit, oneByOneNotes } from './one-by-one.ts';
import { namedParameter, type QueryFilter } from './query-expression.ts';
import { shapeList } from './query-shapes.ts';
import type { ExactRow, ExpressionRow } from './row.ts';
import { rowBlocks } from './row-blocks.ts';
import { type PartWriter, rowText } from './row-text.ts';
import { type LookupTable, lookupTable } from './table.ts';

/** A map file is read line by line into a buffer of this size by default (tune.bufsize). */
const MAX_LINE = 16_384;

const FILES = {
  rules: 'storectl-redirects.cfg',
  hosts: 'storectl-hosts.map',
  wild: 'storectl-wild-hosts.map',
  narrow: 'storectl-narrow.map',
  asking: 'storectl-asking.map',
  exact: 'storectl-exact.map',
  broad: 'storectl-broad.map',
} as const;

/**
 * HAProxy brings paths into canonical form itself, finds strings in a tree (`map_str`) and tries expressions in order
 * (`map_regm`). Never `map_beg`: it compares bytes, and `/a` would catch `/ab`.
 */
export function exportHaproxy({ ruleset, at }: ExportInput): EdgeExport {
  const table = lookupTable(ruleset, at, { lookahead: true, groups: 9, filters: true, backtracks: true });
  const { exact, wild } = hostForms(table.groups);
  const files = [
    { name: FILES.rules, text: rulesText(table, ruleset.options) },
    { name: FILES.hosts, text: lines(exact.map(({ text, group }) => `${text} ${group}`)) },
    { name: FILES.wild, text: lines(wild.map(({ expression, group }) => `${expression} ${group}`)) },
    { name: FILES.narrow, text: lines(table.narrow.map(expressionLine)) },
    {
      name: FILES.asking,
      text: lines([...table.asking].map(([place, shapes]) => `${place} ${shapeList(shapes)}`)),
    },
    { name: FILES.exact, text: lines(exactRowsOf(table).values().map(exactLine)) },
    { name: FILES.broad, text: lines(table.broad.map(expressionLine)) },
  ];
  return {
    files,
    losses: table.losses,
    limits: limitsOf(table, files.slice(1)),
    notes: [
      ...oneByOneNotes('haproxy', oneByOneLimit(table.narrow.length + table.broad.length)),
      `Put the lines of ${FILES.rules} into the frontend of the sites, which is one of "mode http", and the maps beside the configuration.`,
      'The global section needs "default-path config", so that the maps are found there, and "expose-experimental-directives": normalize-uri is one.',
      'X-Forwarded-Proto says the scheme where a proxy in front of HAProxy ends TLS.',
    ],
    validUntil: table.validUntil,
  };
}

const WRITER: PartWriter = {
  text: (text) => text,
  group: (number) => `\\${number}`,
  separator: ' ',
};

const lines = (rows: Iterable<string>): string =>
  rowBlocks(rows)
    .map((block) => `${block}\n`)
    .toArray()
    .join('');

/** No path holds a `?`, so that keys with parameters can be among the others. */
const exactRowsOf = ({ shapes, schemed, exact }: LookupTable): readonly ExactRow[] => [
  ...shapes.flatMap(({ rows }) => rows),
  ...schemed,
  ...exact,
];

const exactLine = ({ key, answer }: ExactRow): string => `${key} ${rowText(answer, WRITER)}`;

/** A blank parts the key of a line from its value. */
const expressionLine = ({ expression, answer }: ExpressionRow): string =>
  `${expression.replaceAll(' ', '\\x20')} ${rowText(answer, WRITER)}`;

function rulesText(table: LookupTable, options: { readonly case: string; readonly trailingSlash: string }): string {
  const cut = options.trailingSlash === 'ignore' ? ',regsub("(.)/$","\\\\1")' : '';
  const lower = options.case === 'ignore' ? ',lower' : '';
  const subject = '"%[var(txn.sc_group)]:%[var(txn.sc_scheme)]:%[query]#%[path]"';
  return lines([
    '# Redirect rules: the lines of this file belong into the frontend of the sites.',
    'http-request set-var(txn.sc_asked) pathq',
    'http-request normalize-uri percent-decode-unreserved',
    'http-request normalize-uri percent-to-uppercase',
    'http-request normalize-uri path-strip-dot',
    'http-request normalize-uri path-strip-dotdot full',
    'http-request set-var(txn.sc_scheme) str(http)',
    'http-request set-var(txn.sc_scheme) str(https) if { ssl_fc }',
    'http-request set-var(txn.sc_scheme) req.hdr(x-forwarded-proto) if { req.hdr(x-forwarded-proto) -m str http https }',
    'http-request set-var-fmt(txn.sc_site) "%[var(txn.sc_scheme)]://%[req.hdr(host),lower]"',
    `http-request set-var(txn.sc_group) var(txn.sc_site),map_str(${FILES.hosts})`,
    `http-request set-var(txn.sc_group) var(txn.sc_site),map_reg(${FILES.wild}) if !{ var(txn.sc_group) -m found }`,
    `http-request set-var-fmt(txn.sc_subject) ${subject}`,
    `http-request set-var(txn.sc_row) var(txn.sc_subject),map_regm(${FILES.narrow})`,
    `http-request set-var(txn.sc_path) 'path${cut}${lower}'`,
    ...(table.shapes.length === 0 ? [] : askedLines(table)),
    'http-request set-var-fmt(txn.sc_key) "%[var(txn.sc_group)]:%[var(txn.sc_scheme)]:%[var(txn.sc_path)]"',
    `http-request set-var(txn.sc_row) var(txn.sc_key),map_str(${FILES.exact}) if !{ var(txn.sc_row) -m found }`,
    'http-request set-var-fmt(txn.sc_key) "%[var(txn.sc_group)]:%[var(txn.sc_path)]"',
    `http-request set-var(txn.sc_row) var(txn.sc_key),map_str(${FILES.exact}) if !{ var(txn.sc_row) -m found }`,
    `http-request set-var(txn.sc_row) var(txn.sc_subject),map_regm(${FILES.broad}) if !{ var(txn.sc_row) -m found }`,
    `http-request set-var(txn.sc_head) 'var(txn.sc_row),word(1," ")'`,
    `http-request set-var(txn.sc_base) 'var(txn.sc_row),word(2," ")'`,
    `http-request set-var-fmt(txn.sc_fragment) "#%[var(txn.sc_row),word(3,' ')]" if { var(txn.sc_row),word(3,' ') -m len gt 0 }`,
    `http-request set-var(txn.sc_origin) 'var(txn.sc_site),regsub("^(http://.*):80$","\\\\1"),regsub("^(https://.*):443$","\\\\1"),regsub("[.](:[0-9]+)?$","\\\\1")'`,
    'http-request set-var-fmt(txn.sc_base) "%[var(txn.sc_origin)]%[var(txn.sc_base)]" if { var(txn.sc_head) -m sub o }',
    'http-request set-var(txn.sc_passed) query if { var(txn.sc_head) -m end a }',
    ...table.filters.map(
      (filter, index) =>
        `http-request set-var(txn.sc_passed) '${filterExpression(filter)}' if { var(txn.sc_head) -m reg [?&]${index}$ }`,
    ),
    'http-request set-var-fmt(txn.sc_query) "?%[var(txn.sc_passed)]" if { var(txn.sc_passed) -m len gt 0 }',
    'http-request set-var-fmt(txn.sc_query) "&%[var(txn.sc_passed)]" if { var(txn.sc_passed) -m len gt 0 } { var(txn.sc_head) -m sub & }',
    ...table.statuses.map((status) =>
      status === 410
        ? 'http-request return status 410 if { var(txn.sc_head) -m beg 410 }'
        : `http-request redirect code ${status} location "%[var(txn.sc_base)]%[var(txn.sc_query)]%[var(txn.sc_fragment)]" if { var(txn.sc_head) -m beg ${status} }`,
    ),
    '# What no rule takes goes on as it was asked for.',
    'http-request set-pathq %[var(txn.sc_asked)]',
  ]);
}

/** What of the query is asked for at a path is a part of the key under which its rule is found. */
function askedLines({ shapes }: LookupTable): readonly string[] {
  return [
    'http-request set-var-fmt(txn.sc_place) "%[var(txn.sc_group)]:%[var(txn.sc_scheme)]:%[var(txn.sc_path)]"',
    `http-request set-var(txn.sc_asking) var(txn.sc_place),map_str(${FILES.asking}) if !{ var(txn.sc_row) -m found }`,
    'http-request set-var-fmt(txn.sc_place) "%[var(txn.sc_group)]:%[var(txn.sc_path)]" if !{ var(txn.sc_asking) -m found }',
    `http-request set-var(txn.sc_asking) var(txn.sc_place),map_str(${FILES.asking}) if !{ var(txn.sc_row) -m found } !{ var(txn.sc_asking) -m found }`,
    ...shapes.flatMap(({ names }, number) => {
      const asked = `if { var(txn.sc_asking) -m sub ,${number}, } !{ var(txn.sc_row) -m found }`;
      return [
        `http-request set-var(txn.sc_asked_for) '${filterExpression({ kind: 'only', names })},regsub("[+]","%20",g)' ${asked}`,
        `http-request set-var-fmt(txn.sc_key) "%[var(txn.sc_place)]?%[var(txn.sc_asked_for)]" ${asked}`,
        `http-request set-var(txn.sc_row) var(txn.sc_key),map_str(${FILES.exact}) ${asked}`,
      ];
    }),
  ];
}

/** Takes the other parameters out, wherever they stand. */
function filterExpression({ kind, names }: QueryFilter): string {
  const named = namedParameter(names);
  const other = `(?!${named}(?:&|$))[^&]`;
  // Nowhere nothing: HAProxy goes on behind the character that follows an empty match, and leaves that where it is.
  const dropped = kind === 'except' ? `(^|&)${named}(?=&|$)` : `(?:^${other}+|&${other}*)`;
  return `query,regsub("${inArgument(dropped)}","",g),regsub("^&+","")`;
}

/** Within quotes of an argument, within strong quotes of the line. */
const inArgument = (text: string): string => text.replace(/[\\"]/g, '\\$&').replaceAll("'", '\\\\x27');

function limitsOf(table: LookupTable, maps: readonly { readonly text: string }[]): readonly Limit[] {
  const longest = maps.reduce(
    (most, { text }) => text.split('\n').reduce((n, line) => Math.max(n, line.length), most),
    0,
  );
  return [
    { name: 'bytes of one line of a map', allowed: MAX_LINE, used: longest },
    oneByOneLimit(table.narrow.length + table.broad.length),
  ];
}
