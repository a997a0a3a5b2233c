import {
  answerRule,
  expressionRule,
  type KeyedRule,
  keyedRules,
  onlyIf,
  passedName,
  set,
  setByCases,
  setWhen,
} from './apache-rules.ts';
import type { EdgeExport, ExportInput } from './edge.ts';
import { hostForms } from './hosts.ts';
import { oneByOneLimit, oneByOneNotes } from './one-by-one.ts';
import { filterCases, shapeCases } from './query-expression.ts';
import type { ExactRow } from './row.ts';
import { keyForms } from './row-text.ts';
import { DECODED_IS_CANONICAL, RAW_IS_CANONICAL, SPELLING_NOTE } from './spelling.ts';
import { type LookupTable, lookupTable } from './table.ts';

const FILE = 'storectl-redirects.conf';

/**
 * Apache's mod_rewrite: exact paths by their beginnings, the rest as rules in order. `Redirect` is not used: all of them
 * come before any `Alias`, and they take a visitor's query on their own terms.
 */
export function exportApache({ ruleset, at }: ExportInput): EdgeExport {
  const table = lookupTable(ruleset, at, { lookahead: true, groups: 9, filters: false, backtracks: true });
  const { case: letterCase, trailingSlash } = ruleset.options;
  const forms = letterCase === 'ignore' ? foldedForms : keyForms;
  const lines: string[] = [];
  for (const part of [
    ['# Redirect rules: include this file in the virtual hosts of the sites.', 'RewriteEngine On'],
    ['AllowEncodedSlashes NoDecode', 'MergeSlashes Off', 'RewriteMap sc_lower "int:tolower"', ''],
    requestRules(table),
    passedRules(table),
    set('SC_SUBJECT', '%{ENV:SC_GROUP}:%{ENV:SC_SCHEME}:%{QUERY_STRING}#%{ENV:SC_PATH}'),
    set('SC_CUT', '%{ENV:SC_PATH}'),
    trailingSlash === 'ignore' ? setWhen('SC_CUT', '%1', '%{ENV:SC_PATH}', '^(/.*)/$') : [],
    letterCase === 'ignore' ? set('SC_CUT', `$\{sc_lower:%{ENV:SC_CUT}}`) : [],
    [''],
    table.narrow.flatMap(expressionRule),
    askedRules(table, forms),
    exactRules(SCHEMED_KEY, table.schemed, forms),
    exactRules(KEY, table.exact, forms),
    table.broad.flatMap(expressionRule),
    [''],
  ])
    for (const line of part) lines.push(line);
  const tried = oneByOneLimit(table.narrow.length + table.broad.length);
  return {
    files: [{ name: FILE, text: lines.join('\n') }],
    losses: table.losses,
    limits: [tried],
    notes: [
      ...oneByOneNotes('apache', tried),
      `Include ${FILE} in the virtual hosts. It needs mod_rewrite.`,
      'Apache takes some 1.5 KB of memory for a rule, in each virtual host that includes it.',
      'X-Forwarded-Proto says the scheme where a proxy in front of Apache ends TLS.',
      SPELLING_NOTE,
    ],
    validUntil: table.validUntil,
  };
}

const KEY = '%{ENV:SC_GROUP}:%{ENV:SC_CUT}';
const SCHEMED_KEY = '%{ENV:SC_GROUP}:%{ENV:SC_SCHEME}:%{ENV:SC_CUT}';

/** The spellings in which a key is found. */
type KeyForms = (key: string) => readonly string[];

/** In lower case with the rest of the path, its escapes have one form. */
const foldedForms: KeyForms = (key) => {
  const end = key.indexOf('?');
  return end < 0 ? [key] : keyForms(key.slice(end)).map((form) => key.slice(0, end) + form);
};

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
    ...set('SC_KEY', `$\{sc_lower:${site}}`),
    ...keyedRules(
      exact.map(({ group, text, origin }) => ({
        key: text,
        rule: `RewriteRule ^ - [E=SC_GROUP:${group},E=SC_ORIGIN:${origin}]`,
      })),
    ),
    ...setWhen('SC_RAW', '%1', '%{THE_REQUEST}', '^[^ ]+ +(/[^?# ]*)'),
    // Decoded, Apache's path has one leading slash whatever was asked for.
    ...setWhen('SC_PATH', '%{REQUEST_URI}', '%{ENV:SC_RAW}', DECODED_IS_CANONICAL.replace('^/', '^/(?!/)')),
    ...setWhen('SC_PATH', '%{ENV:SC_RAW}', '%{ENV:SC_RAW}', RAW_IS_CANONICAL),
  ];
}

/** What is passed on of a query, in each of the ways in which a rule does so. */
function passedRules({ narrow, broad, shapes, schemed, exact, filters }: LookupTable): string[] {
  const used = new Set<string | undefined>();
  for (const rows of [narrow, broad, schemed, exact, ...shapes.map((shape) => shape.rows)])
    for (const { answer } of rows) if (answer.kind === 'redirect') used.add(passedName(answer));
  const whole = [{ expression: '^(.+)$', groups: [1] }];
  const ways = [['a', whole] as const, ...filters.map((one, index) => [index, filterCases(one, true)] as const)];
  const rules = ways.flatMap(([way, cases]) => [
    ...(used.has(`SC_QUERY_${way}`) ? setByCases(`SC_QUERY_${way}`, '?', cases) : []),
    ...(used.has(`SC_MORE_${way}`) ? setByCases(`SC_MORE_${way}`, '&', cases) : []),
  ]);
  return onlyIf('%{QUERY_STRING}', '.', rules);
}

/** What of the query is asked for at a path is a part of the key under which its rule is found. */
function askedRules({ shapes, asking }: LookupTable, forms: KeyForms): string[] {
  const places = [...asking].map(([key, numbers]) => ({ key, list: [...numbers].map((one) => `;${one};`).join('') }));
  const lookup = (key: string, ours: typeof places): string[] => {
    const rules = ours.flatMap(({ key: place, list }) =>
      forms(place).map(
        (form): KeyedRule => ({
          key: form,
          rule: `RewriteRule ^ - [E=SC_ASKING:${list},E=SC_PLACE:%{ENV:SC_KEY}]`,
        }),
      ),
    );
    return rules.length === 0 ? [] : [...set('SC_KEY', key), ...keyedRules(rules)];
  };
  const isSchemed = ({ key }: { readonly key: string }): boolean => /^\d+:https?:/.test(key);
  const rules = [
    ...lookup(
      KEY,
      places.filter((place) => !isSchemed(place)),
    ),
    ...lookup(SCHEMED_KEY, places.filter(isSchemed)),
  ];
  for (const [number, { names, rows }] of shapes.entries()) {
    const asked = `SC_ASKED_${number}`;
    const own = [
      ...setByCases(asked, '', shapeCases(names, true)),
      ...exactRules(`%{ENV:SC_PLACE}?%{ENV:${asked}}`, rows, forms),
    ];
    for (const line of onlyIf('%{ENV:SC_ASKING}', `;${number};`, own)) rules.push(line);
  }
  return onlyIf('%{QUERY_STRING}', '.', rules);
}

function exactRules(key: string, rows: readonly ExactRow[], forms: KeyForms): string[] {
  const rules = rows.flatMap((row): readonly KeyedRule[] => {
    const rule = answerRule(row.answer);
    return forms(row.key).map((form) => ({ key: form, rule }));
  });
  return rules.length === 0 ? [] : [...set('SC_KEY', key), ...keyedRules(rules)];
}
