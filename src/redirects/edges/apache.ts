import type { EdgeExport, ExportInput } from './edge.ts';
import { literal } from './expression.ts';
import { hostForms } from './hosts.ts';
import { type FilterCase, filterCases, type QueryFilter, shapeCases } from './query-expression.ts';
import { shapeList } from './query-shapes.ts';
import type { ExactRow, ExpressionRow, RowAnswer } from './row.ts';
import { keyForms, type PartWriter, partsText, rowText } from './row-text.ts';
import { DECODED_IS_CANONICAL, RAW_IS_CANONICAL, SPELLING_NOTE } from './spelling.ts';
import { type LookupTable, lookupTable } from './table.ts';

const FILE = 'storectl-redirects.conf';
const MAP_FILE = 'storectl-exact.txt';
const DBM_FILE = 'storectl-exact.dbm';

/**
 * Apache's mod_rewrite: exact paths from a text map, the rest as rules in order. `Redirect` is not used: all of them
 * come before any `Alias`, and they take a visitor's query on their own terms.
 */
export function exportApache({ ruleset, at }: ExportInput): EdgeExport {
  const table = lookupTable(ruleset, at, { lookahead: true, groups: 9, filters: false, backtracks: true });
  const { options } = ruleset;
  const place = (path: string): string => (options.case === 'ignore' ? `\${sc_lower:${path}}` : path);
  const lookup = (path: string, more = ''): string => `\${sc_exact:${place(path)}${more}}`;
  const text = [
    '# Redirect rules: include this file in the virtual hosts of the sites.',
    'RewriteEngine On',
    'AllowEncodedSlashes NoDecode',
    'MergeSlashes Off',
    `RewriteMap sc_exact "txt:${MAP_FILE}"`,
    'RewriteMap sc_lower "int:tolower"',
    '',
    ...requestRules(table),
    ...table.filters.flatMap(filterRules),
    ...(options.trailingSlash === 'ignore'
      ? [...set('SC_CUT', '%{ENV:SC_PATH}'), ...setWhen('SC_CUT', '%1', '%{ENV:SC_PATH}', '^(/.*)/$')]
      : set('SC_CUT', '%{ENV:SC_PATH}')),
    ...set('SC_SUBJECT', '%{ENV:SC_GROUP}:%{ENV:SC_SCHEME}:%{QUERY_STRING}#%{ENV:SC_PATH}'),
    '',
    ...table.narrow.flatMap(expressionRule),
    ...askedRules(table, lookup),
    ...setWhen('SC_ROW', lookup('%{ENV:SC_GROUP}:%{ENV:SC_SCHEME}:%{ENV:SC_CUT}'), '%{ENV:SC_ROW}', '^$'),
    ...setWhen('SC_ROW', lookup('%{ENV:SC_GROUP}:%{ENV:SC_CUT}'), '%{ENV:SC_ROW}', '^$'),
    ...exactRules(rowsOf(table)),
    ...table.broad.flatMap(expressionRule),
    '',
  ].join('\n');
  const forms = (key: string): readonly string[] => {
    const end = options.case === 'ignore' ? key.indexOf('?') : 0;
    // In lower case with the rest of the path, its escapes have one form.
    return end < 0 ? [key] : keyForms(key.slice(end)).map((form) => key.slice(0, end) + form);
  };
  const mapLines = [
    ...[...table.asking].flatMap(([key, shapes]) => forms(key).map((form) => `${form}?? ${shapeList(shapes)}\n`)),
    ...rowsOf(table).flatMap(({ key, answer }) => forms(key).map((form) => `${form} ${rowText(answer, MAP_WRITER)}\n`)),
  ];
  return {
    files: [
      { name: FILE, text },
      { name: MAP_FILE, text: mapLines.join('') },
    ],
    losses: table.losses,
    limits: [{ name: 'rules tried one by one', allowed: null, used: table.narrow.length + table.broad.length }],
    notes: [
      `Include ${FILE} in the virtual hosts, and put ${MAP_FILE} into the ServerRoot. It needs mod_rewrite.`,
      `Apache reads a text map line by line for each path it has not seen. Above some 10,000 rules make it a DBM (httxt2dbm -i ${MAP_FILE} -o ${DBM_FILE}), and write "dbm:${DBM_FILE}" for "txt:${MAP_FILE}" in ${FILE}.`,
      'X-Forwarded-Proto says the scheme where a proxy in front of Apache ends TLS.',
      SPELLING_NOTE,
    ],
    validUntil: table.validUntil,
  };
}

/** mod_rewrite reads its own arguments, and leaves a backslash between quotes where it is. */
const quoted = (text: string): string => `"${text.replaceAll('"', '\\x22')}"`;

/** A value of the map ends at the first blank. */
const MAP_WRITER: PartWriter = { text: (text) => text, group: () => '', separator: '<' };

/** In a substitution `$` and `%` begin what is filled in. */
const RULE_WRITER: PartWriter = {
  text: (text) => text.replace(/[\\$%]/g, '\\$&'),
  group: (number) => `%${number}`,
  separator: ' ',
};

function set(name: string, value: string): string[] {
  return [`RewriteRule ^ - ${quoted(`[E=${name}:${value}]`)}`];
}

function setWhen(name: string, value: string, subject: string, expression: string, flags = ''): string[] {
  return [`RewriteCond ${quoted(subject)} ${quoted(expression)}${flags}`, ...set(name, value)];
}

function requestRules({ groups }: LookupTable): string[] {
  const { exact, wild } = hostForms(groups);
  const site = '%{ENV:SC_SCHEME}://%{HTTP_HOST}';
  return [
    ...set('SC_SCHEME', '%{REQUEST_SCHEME}'),
    ...setWhen('SC_SCHEME', '%1', '%{HTTP:X-Forwarded-Proto}', '^(https?)$'),
    ...wild
      .toReversed()
      .flatMap(({ group, expression }) => [
        ...setWhen('SC_GROUP', String(group), site, expression, ' [NC]'),
        ...setWhen('SC_ORIGIN', '%1%2', site, expression, ' [NC]'),
      ]),
    ...exact.flatMap(({ group, text, origin }) => [
      ...setWhen('SC_GROUP', String(group), site, `^${literal(text)}$`, ' [NC]'),
      ...setWhen('SC_ORIGIN', origin, site, `^${literal(text)}$`, ' [NC]'),
    ]),
    ...setWhen('SC_RAW', '%1', '%{THE_REQUEST}', '^[^ ]+ +(/[^?# ]*)'),
    // Decoded, Apache's path has one leading slash whatever was asked for.
    ...setWhen('SC_PATH', '%{REQUEST_URI}', '%{ENV:SC_RAW}', DECODED_IS_CANONICAL.replace('^/', '^/(?!/)')),
    ...setWhen('SC_PATH', '%{ENV:SC_RAW}', '%{ENV:SC_RAW}', RAW_IS_CANONICAL),
    ...setWhen('SC_QUERY_a', '%1', '%{QUERY_STRING}', '^(.+)$'),
    '',
  ];
}

/** No path holds a `?`, so that keys with parameters can be among the others. */
const rowsOf = ({ shapes, schemed, exact }: LookupTable): readonly ExactRow[] => [
  ...shapes.flatMap(({ rows }) => rows),
  ...schemed,
  ...exact,
];

function filterRules(filter: QueryFilter, index: number): string[] {
  return casesRules(`SC_QUERY_${index}`, filterCases(filter, true), []);
}

function casesRules(name: string, cases: readonly FilterCase[], conditions: readonly string[]): string[] {
  return cases
    .toReversed()
    .flatMap(({ expression, groups }) => [
      ...conditions,
      ...setWhen(name, groups.map((group) => `%${group}`).join('&'), '%{QUERY_STRING}', expression),
    ]);
}

/** What of the query is asked for at a path is a part of the key under which its row is found. */
function askedRules({ shapes }: LookupTable, lookup: (path: string, more: string) => string): string[] {
  if (shapes.length === 0) return [];
  const place = '%{ENV:SC_PLACE}';
  return [
    ...set('SC_PLACE', '%{ENV:SC_GROUP}:%{ENV:SC_SCHEME}:%{ENV:SC_CUT}'),
    ...setWhen('SC_ASKING', lookup(place, '??'), '%{QUERY_STRING}', '.'),
    ...setWhen('SC_PLACE', '%{ENV:SC_GROUP}:%{ENV:SC_CUT}', '%{ENV:SC_ASKING}', '^$'),
    ...setWhen('SC_ASKING', lookup(place, '??'), '%{ENV:SC_ASKING}', '^$'),
    ...shapes.flatMap(({ names }, number) => {
      const asked = `RewriteCond "%{ENV:SC_ASKING}" ",${number},"`;
      return [
        ...casesRules(`SC_ASKED_${number}`, shapeCases(names, true), [asked]),
        asked,
        ...setWhen('SC_ROW', lookup(place, `?%{ENV:SC_ASKED_${number}}`), '%{ENV:SC_ROW}', '^$'),
      ];
    }),
  ];
}

type Redirect = Extract<RowAnswer, { readonly kind: 'redirect' }>;

function passedName({ query }: Redirect): string {
  if (query === 'all') return 'a';
  return query === 'none' ? 'n' : String(query.filter);
}

/** One rule where nothing of the query is passed on; two where something may be. */
function redirectRules(answer: Redirect, conditions: readonly string[], base: string, fragment: string): string[] {
  const origin = answer.ownHost ? '%{ENV:SC_ORIGIN}' : '';
  const rule = (query: string): string =>
    `RewriteRule ^ ${quoted(`${origin}${base}${query}${fragment}`)} [R=${answer.status},NE,QSD,L,UnsafeAllow3F]`;
  const name = passedName(answer);
  if (name === 'n') return [...conditions, rule('')];
  const variable = `%{ENV:SC_QUERY_${name}}`;
  // The condition on the query comes first: what is filled in by number is of the last one that matched.
  return [
    `RewriteCond ${quoted(variable)} "."`,
    ...conditions,
    rule(`${answer.join}${variable}`),
    ...conditions,
    rule(''),
  ];
}

function expressionRule({ expression, answer }: ExpressionRow): string[] {
  const condition = `RewriteCond "%{ENV:SC_SUBJECT}" ${quoted(expression)}`;
  if (answer.kind === 'gone') return [condition, 'RewriteRule ^ - [G,L]'];
  const fragment = answer.fragment.length === 0 ? '' : `#${partsText(answer.fragment, RULE_WRITER)}`;
  return redirectRules(answer, [condition], partsText(answer.base, RULE_WRITER), fragment);
}

/** What the map gave is taken apart by one rule for each form that it has. */
function exactRules(rows: readonly ExactRow[]): string[] {
  const forms = new Map<string, Redirect>();
  let gone = false;
  for (const { answer } of rows) {
    if (answer.kind === 'gone') gone = true;
    else forms.set(headOf(answer), answer);
  }
  return [
    ...(gone ? ['RewriteCond "%{ENV:SC_ROW}" "^410$"', 'RewriteRule ^ - [G,L]'] : []),
    ...[...forms].flatMap(([head, answer]) => [
      ...redirectRules(answer, [`RewriteCond "%{ENV:SC_ROW}" ${quoted(`^${literal(head)}<([^<]+)$`)}`], '%1', ''),
      ...redirectRules(
        answer,
        [`RewriteCond "%{ENV:SC_ROW}" ${quoted(`^${literal(head)}<([^<]+)<(.+)$`)}`],
        '%1',
        '#%2',
      ),
    ]),
  ];
}

const headOf = (answer: Redirect): string => rowText({ ...answer, base: [], fragment: [] }, MAP_WRITER).slice(0, -1);
