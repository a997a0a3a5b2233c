import type { EdgeExport, ExportInput, Limit } from './edge.ts';
import { hostForms } from './hosts.ts';
import {
  casesRows,
  exactMaps,
  expressionRow,
  map,
  QUERY_OF_KEY,
  quoted,
  speltMaps,
  speltRows,
  WHOLE_KEY,
} from './nginx-maps.ts';
import { oneByOneLimit, oneByOneNotes } from './one-by-one.ts';
import { filterCases, type QueryFilter, shapeCases } from './query-expression.ts';
import { shapeList } from './query-shapes.ts';
import { DECODED_IS_CANONICAL, RAW_IS_CANONICAL, SPELLING_NOTE } from './spelling.ts';
import { type LookupTable, lookupTable } from './table.ts';

/** nginx reads its configuration in pieces of this size; a longer word is an error. */
const MAX_WORD = 4096;

const MAPS_FILE = 'storectl-maps.conf';
const SERVER_FILE = 'storectl-redirects.conf';

/**
 * nginx's `map` finds strings by hash, without regard to case, and tries expressions in order. Everything is looked up
 * by the raw request: `$uri` is decoded, so that a line break in it would become one in the answer.
 */
export function exportNginx({ ruleset, at }: ExportInput): EdgeExport {
  const table = lookupTable(ruleset, at, { lookahead: true, groups: 9, filters: false, backtracks: true });
  const sensitive = ruleset.options.case === 'sensitive';
  const maps = [
    ...requestMaps(table),
    ...(ruleset.options.trailingSlash === 'ignore'
      ? map('$storectl_path', '$storectl_cut', ['"~^(/.*)/$" $1;', 'default $storectl_path;'])
      : map('$storectl_path', '$storectl_cut', ['default $storectl_path;'])),
    ...map(
      '"$storectl_group:$storectl_scheme:$args#$storectl_path"',
      '$storectl_narrow',
      table.narrow.map(expressionRow),
    ),
    ...askedMaps(table, sensitive),
    ...exactMaps('$storectl_group:$storectl_scheme:$storectl_cut', 'schemed', table.schemed, sensitive),
    ...exactMaps('$storectl_group:$storectl_cut', 'exact', table.exact, sensitive),
    ...map(
      '"$storectl_group:$storectl_scheme:$args#$storectl_path"',
      '$storectl_broad',
      table.broad.map(expressionRow),
    ),
    ...rowMaps(table),
  ];
  const tables = [table.exact, table.schemed, ...table.shapes.map(({ rows }) => rows)];
  const longest = tables.flat().reduce((most, { key }) => Math.max(most, key.length), 0);
  const text = [
    `# Redirect rules: include this file in the http block, and ${SERVER_FILE} in the server blocks of the sites.`,
    `map_hash_max_size ${powerOfTwo(Math.max(table.asking.size, ...tables.map(({ length }) => length)) * 2, 2048)};`,
    `map_hash_bucket_size ${powerOfTwo(longest * 2 + 64, 128)};`,
    'geo $storectl_dollar { default "$"; }',
    '',
    ...maps,
  ].join('\n');
  return {
    files: [
      { name: MAPS_FILE, text },
      { name: SERVER_FILE, text: serverText(table) },
    ],
    losses: table.losses,
    limits: limitsOf(table, text),
    notes: [
      ...oneByOneNotes('nginx', oneByOneLimit(table.narrow.length + table.broad.length)),
      `Include ${MAPS_FILE} in the http block, and ${SERVER_FILE} in the server blocks of the sites and in the default one: nginx takes merge_slashes, which it turns off, from there.`,
      'X-Forwarded-Proto says the scheme where a proxy in front of nginx ends TLS.',
      SPELLING_NOTE,
    ],
    validUntil: table.validUntil,
  };
}

/**
 * `$storectl_asked`: the row for a path and what is asked for of the query there. nginx works out a variable only where
 * it is used, so that no query is taken apart for a path that asks for nothing.
 */
function askedMaps({ shapes, asking }: LookupTable, sensitive: boolean): string[] {
  if (shapes.length === 0) return map('$storectl_group', '$storectl_asked', []);
  const places = [...asking].map(([key, numbers]) => ({ key: quoted(key), numbers }));
  const alike = Map.groupBy(places, ({ key }) => key.toLowerCase());
  const rows = [...alike].map(([key, all]) => {
    const numbers = new Set(all.flatMap((one) => [...one.numbers]));
    return `${key} ${quoted(shapeList(numbers))};`;
  });
  const isSchemed = (row: string): boolean => /^"\d+:https?:/.test(row);
  return [
    ...map('"$storectl_group:$storectl_scheme:$storectl_cut"', '$storectl_asking_scheme', rows.filter(isSchemed)),
    ...map(
      '"$storectl_group:$storectl_cut"',
      '$storectl_asking_any',
      rows.filter((row) => !isSchemed(row)),
    ),
    ...map('$storectl_asking_scheme', '$storectl_asking', [
      '"" $storectl_asking_any;',
      'default $storectl_asking_scheme;',
    ]),
    ...map('$storectl_asking_scheme', '$storectl_place', [
      '"" "$storectl_group:$storectl_cut";',
      'default "$storectl_group:$storectl_scheme:$storectl_cut";',
    ]),
    ...shapes.flatMap(({ names, rows: own }, number) => {
      const asked = `$storectl_asked_for_${number}`;
      const key = `$storectl_place?${asked}`;
      return [
        ...map('$args', asked, casesRows(shapeCases(names, true))),
        ...speltMaps(
          key,
          sensitive ? key : asked,
          `row_${number}`,
          speltRows(own, sensitive ? WHOLE_KEY : QUERY_OF_KEY),
        ),
        ...map('$storectl_asking', `$storectl_try_${number}`, [`"~,${number}," $storectl_row_${number};`]),
        ...map(`$storectl_try_${number}`, number === 0 ? '$storectl_asked' : `$storectl_or_${number}`, [
          number + 1 < shapes.length ? `"" $storectl_or_${number + 1};` : '"" "";',
          `default $storectl_try_${number};`,
        ]),
      ];
    }),
  ];
}

function requestMaps({ groups }: LookupTable): string[] {
  const { exact, wild } = hostForms(groups);
  return [
    ...map('$http_x_forwarded_proto', '$storectl_scheme', ['http http;', 'https https;', 'default $scheme;']),
    ...map('"$storectl_scheme://$http_host"', '$storectl_group', [
      ...exact.map(({ group, text }) => `${quoted(text)} ${group};`),
      ...wild.map(({ group, expression }) => `${quoted(`~*${expression}`)} ${group};`),
    ]),
    '# The host in lower case without its trailing dot, and its port where that is not the default one.',
    ...map('"$storectl_scheme://$http_host"', '$storectl_port', [
      '"~^http://[^/]*:80$" "";',
      '"~^https://[^/]*:443$" "";',
      '"~(:[0-9]+)$" $1;',
    ]),
    ...map('$request_uri', '$storectl_raw', ['"~^(/[^?#]*)" $1;']),
    ...map('$storectl_raw', '$storectl_path', [
      `${quoted(`~${RAW_IS_CANONICAL}`)} $storectl_raw;`,
      `${quoted(`~${DECODED_IS_CANONICAL}`)} $uri;`,
    ]),
  ];
}

/** What is found is taken apart again: status and way of the query, Location, fragment. */
function rowMaps({ filters }: LookupTable): string[] {
  return [
    ...map('$storectl_exact', '$storectl_wide', ['"" $storectl_broad;', 'default $storectl_exact;']),
    ...map('$storectl_schemed', '$storectl_own', ['"" $storectl_wide;', 'default $storectl_schemed;']),
    ...map('$storectl_asked', '$storectl_named', ['"" $storectl_own;', 'default $storectl_asked;']),
    ...map('$storectl_narrow', '$storectl_row', ['"" $storectl_named;', 'default $storectl_narrow;']),
    ...map('$storectl_row', '$storectl_origin', ['"~^[0-9]+o" "$storectl_scheme://$host$storectl_port";']),
    ...map('$storectl_row', '$storectl_base', ['"~^[^ ]+ ([^ ]+)" $1;']),
    ...map('$storectl_row', '$storectl_fragment', ['"~^[^ ]+ [^ ]+ ([^ ]+)" "#$1";']),
    ...map('$storectl_row', '$storectl_join', ['"~^[0-9]+[ho]&" "&";', 'default "?";']),
    ...map('$storectl_row', '$storectl_filter', ['"~^[0-9]+[ho][?&]([a-z0-9]+) " $1;']),
    ...filters.flatMap(filterMap),
    ...map('$storectl_filter', '$storectl_passed', [
      'a $args;',
      ...filters.map((_, index) => `${index} $storectl_query_${index};`),
    ]),
    ...map('$storectl_passed', '$storectl_query', ['"" "";', 'default "$storectl_join$storectl_passed";']),
  ];
}

function filterMap(filter: QueryFilter, index: number): string[] {
  return map('$args', `$storectl_query_${index}`, casesRows(filterCases(filter, true)));
}

function serverText({ statuses }: LookupTable): string {
  const location = '"$storectl_origin$storectl_base$storectl_query$storectl_fragment"';
  return [
    `# Redirect rules: include this file in the server blocks of the sites, and ${MAPS_FILE} in the http block.`,
    'merge_slashes off;',
    ...statuses.map((status) =>
      status === 410
        ? 'if ($storectl_row = 410) { return 410; }'
        : `if ($storectl_row ~ "^${status}") { return ${status} ${location}; }`,
    ),
    '',
  ].join('\n');
}

function limitsOf(table: LookupTable, text: string): readonly Limit[] {
  let longest = 0;
  for (const [word] of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) longest = Math.max(longest, bytesOf(word));
  return [
    { name: 'bytes of one word of the configuration', allowed: MAX_WORD, used: longest },
    oneByOneLimit(table.narrow.length + table.broad.length),
  ];
}

/** Everything that is written is ASCII: URLs are. */
const bytesOf = (word: string): number => word.length;

function powerOfTwo(atLeast: number, least: number): number {
  let size = least;
  while (size < atLeast) size *= 2;
  return size;
}
