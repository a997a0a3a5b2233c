import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../src/domain/document/read-document.ts';
import type { Problem } from '../../../src/domain/failure.ts';

/** `line:column code: message → remedy`, as a person meets it. */
function faults(text: string): string[] {
  return readDocument(text, 'storectl.yaml').problems.map(spelled);
}

function spelled({ code, message, remedy, place }: Problem): string {
  return `${place?.line}:${place?.column} ${code}: ${message}${remedy === undefined ? '' : ` → ${remedy}`}`;
}

const SITE = '{brand: b, market: gb, role: legacy, urls: ["https://po.co/"]}';

describe('what is read', () => {
  test.each([
    ['YAML', 'version: 1\nsites:\n  a: {brand: b, market: gb, role: legacy, urls: ["https://po.co/"]}\n'],
    ['CRLF and a byte order mark', `\ufeffversion: 1\r\nsites:\r\n  a: ${SITE}\r\n`],
    [
      'JSON',
      '{\n\t"version": 1,\n\t"sites": {"a": {"brand": "b", "market": "gb", "role": "legacy", "urls": ["https://po.co/"]}}\n}',
    ],
    ['a document start and comments', `# ours\n---\nversion: 1 # of the format\nsites: {a: ${SITE}}\n`],
    [
      'an alias',
      'version: 1\nsites: {a: {brand: &b b, market: gb, role: legacy, urls: ["https://po.co/"]}}\nmarkets: {}\n',
    ],
  ])('%s', (_name, text) => {
    const { document, problems } = readDocument(text, 'f');
    expect(problems).toEqual([]);
    expect(document?.sites).toEqual({ a: { brand: 'b', market: 'gb', role: 'legacy', urls: ['https://po.co/'] } });
  });

  test('what YAML 1.1 made flags, dates and octal numbers is text', () => {
    const text =
      'version: 1\nfreezeWindows: {a: {from: 2024-12-31, until: 2024-12-31T10:00:00Z, reason: no}}\n' +
      'markets: {no: {name: off, countries: [NO], currency: NOK, locales: [nb-NO], timeZone: Europe/Oslo}}\n';
    expect(readDocument(text, 'f').document).toMatchObject({
      freezeWindows: { a: { from: '2024-12-31', until: '2024-12-31T10:00:00Z', reason: 'no' } },
      markets: { no: { name: 'off', countries: ['NO'] } },
    });
  });

  test('an id may be a name that objects have', () => {
    expect(readDocument(`version: 1\nsites: {constructor: ${SITE}}`, 'f').document?.sites).toHaveProperty(
      'constructor',
    );
  });
});

describe('faults of form', () => {
  test('are told although there are more of them than a call may have arguments', () => {
    expect(readDocument(`version: 1\n${'version: 1\n'.repeat(150_000)}`, 'f').problems).toHaveLength(150_000);
  });

  test.each<[string, string, string[]]>([
    [
      'nothing',
      '  \n',
      [
        '1:1 empty-document: the document is empty → start it with `version: 1`, or write a first one with `storectl init`',
      ],
    ],
    [
      'a comment alone',
      '# x\n',
      [
        '1:1 empty-document: the document is empty → start it with `version: 1`, or write a first one with `storectl init`',
      ],
    ],
    [
      'a tab',
      'version: 1\nsites:\n\ta: b\n',
      ['3:1 invalid-yaml: the line is indented with a tab → indent with spaces'],
    ],
    [
      'two documents',
      'version: 1\n---\nversion: 1\n',
      ['2:1 invalid-yaml: a second document begins here → write one document in a file, with one `---` at most'],
    ],
    [
      'YAML 1.1',
      '%YAML 1.1\n---\nversion: 1\n',
      ['1:1 invalid-yaml: the document asks to be read as YAML 1.1 → take the %YAML line out: documents are YAML 1.2'],
    ],
    [
      'tags',
      'version: 1\nfreezeWindows: {a: {from: !!timestamp 2024-12-31, until: !x y, reason: r}}\n',
      [
        '2:27 invalid-yaml: a tag (`!…`) has no meaning here → leave it out: every value is a text, a number, a flag, a list or a map',
        '2:58 invalid-yaml: a tag (`!…`) has no meaning here → leave it out: every value is a text, a number, a flag, a list or a map',
      ],
    ],
    [
      'an alias of nothing',
      'version: 1\nsites: *nope\n',
      [
        '2:8 invalid-yaml: the alias `*nope` has no anchor `&nope` before it → name an anchor that stands above it, or put the text in quotes',
      ],
    ],
    [
      'a list as a key',
      'version: 1\n? [a, b]\n: c\n',
      ['2:3 invalid-yaml: a key is a list, a map or an alias → a key is a text'],
    ],
    [
      'keys that do not stay as written',
      'version: 1\nsites: {~: 1, 1e3: 1, 010: 1}\n__proto__: 1\n',
      [
        '2:9 invalid-yaml: YAML reads the key `~` as nothing → put it in quotes: "~"',
        '2:15 invalid-yaml: YAML reads the key `1e3` as 1000 → put it in quotes: "1e3"',
        '2:23 invalid-yaml: YAML reads the key `010` as 10 → put it in quotes: "010"',
        '3:1 invalid-yaml: `__proto__` cannot be a key → take it out',
      ],
    ],
  ])('%s', (_name, text, expected) => {
    const read = readDocument(text, 'storectl.yaml');
    expect(read.problems.map(spelled)).toEqual(expected);
    expect(read.document).toBeNull();
  });

  test('duplicate keys do not hide what else is wrong', () => {
    const text = `version: 1\nsites:\n  a: ${SITE}\n  a: ${SITE}\nbogus: 1\n`;
    expect(faults(text)).toEqual([
      '4:3 duplicate-key: the key `a` stands twice in the same map → keep one of them, or give one another name',
      '5:1 unknown-key: unknown key `bogus` → known keys are version, settings, markets, freezeWindows, sites, shutdowns, rulesets, exceptions, assertions, taxonomies, products, catalogs, certifications, serviceLevels, checklists, launches',
    ]);
  });

  test('a document with a duplicate key and nothing else wrong is no document', () => {
    const read = readDocument(`version: 1\nsites: {a: ${SITE}, a: ${SITE}}\n`, 'f');
    expect(read.problems).toHaveLength(1);
    expect(read.document).toBeNull();
  });

  test('aliases that multiply are refused', () => {
    const lines = ['version: 1', 'a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe'])
      lines.push(`${name}: &${name} [${`*${before},`.repeat(9)}]`);
    expect(faults(lines.join('\n'))[0]).toContain('stand for more than 100 times what is written');
  });

  test.each([
    ['open lists', '['.repeat(20_000)],
    ['lists', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['maps', '{a: '.repeat(20_000) + '}'.repeat(20_000)],
  ])('deep nesting of %s is one fault', (_name, deep) => {
    const found = faults(`version: 1\nsites: ${deep}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^2:\d+ invalid-yaml: the document is nested too deeply/);
  });

  test('an anchor that contains itself ends', () => {
    expect(faults('version: 1\nsites: &a {x: *a}\n').length).toBeGreaterThan(0);
  });
});

describe('faults of shape', () => {
  test.each<[string, string, string[]]>([
    ['no version', 'sites: {}\n', ['1:1 invalid-document: `version` is missing; it must be `1`']],
    ['another version', 'version: 2\n', ['1:1 invalid-document: `version` is `2`; it must be `1`']],
    [
      'version as text',
      'version: "1"\n',
      ['1:1 invalid-document: `version` is a text; it must be `1` → write it without quotes'],
    ],
    ['a list', '- a\n', ['1:1 invalid-document: the document is a list; it must be a map']],
    ['a text', 'hello\n', ['1:1 invalid-document: the document is `hello`; it must be a map']],
    [
      'a section without entries',
      'version: 1\nsites:\n',
      ['2:1 invalid-document: `sites` is empty; it must be a map → write {} for none, or take the key out'],
    ],
    [
      'sections to come',
      'version: 1\nmigrations: {}\nsite: {}\n',
      [
        '2:1 unsupported-section: this version does not manage `migrations` yet → take the section out; the ones it manages are markets, freezeWindows, sites, shutdowns, rulesets, exceptions, assertions, taxonomies, products, catalogs, certifications, serviceLevels, checklists, launches',
        '3:1 unknown-key: unknown key `site` → did you mean `sites`?',
      ],
    ],
    [
      'a misspelt key, which is also a missing one',
      'version: 1\nsites:\n  a:\n    brand: b\n    marke: gb\n    role: legacy\n    urls: ["https://po.co/"]\n',
      [
        '3:3 invalid-document: `sites.a` lacks `market`: a text',
        '5:5 unknown-key: unknown key `marke` in `sites.a` → did you mean `market`?',
      ],
    ],
    [
      'a misspelt value',
      'version: 1\nsites:\n  a: {brand: b, market: gb, role: legcy, urls: ["https://po.co/"]}\n',
      [
        '3:29 invalid-document: `sites.a.role` is `legcy`; it must be `legacy`, `unified` or `standalone` → did you mean `legacy`?',
      ],
    ],
    [
      'numbers and flags where a text is meant',
      'version: 1\nsites:\n  a: {brand: 1e3, market: true, role: legacy, urls: ["https://po.co/"]}\n',
      [
        '3:7 invalid-document: `sites.a.brand` is `1000`; it must be a text → put it in quotes',
        '3:19 invalid-document: `sites.a.market` is `true`; it must be a text → put it in quotes',
      ],
    ],
    [
      'a flag of YAML 1.1',
      `version: 1\nsites:\n  a: {brand: b, market: gb, role: legacy, urls: ["https://po.co/"], protected: yes}\n`,
      ['3:69 invalid-document: `sites.a.protected` is `yes`; it must be true or false → write true'],
    ],
    [
      'a merge key',
      `version: 1\nsites:\n  a: &a ${SITE}\n  b: {<<: *a, brand: b, market: gb, role: legacy, urls: ["https://po.co/"]}\n`,
      ['4:7 unknown-key: unknown key `<<` in `sites.b` → YAML 1.2 has no merge keys: write the keys out'],
    ],
    [
      'an id that is none',
      `version: 1\nsites: {POCO_gb: ${SITE}, a--b: ${SITE}, "": ${SITE}}\n`,
      ['POCO_gb', 'a--b', ''].map(
        (id, i) =>
          `2:${[9, 82, 152][i]} invalid-document: \`${id}\` is no id: an id is lower-case letters and digits in groups joined by single hyphens, such as poco-gb`,
      ),
    ],
    [
      'empty lists and texts',
      'version: 1\nsites: {a: {brand: " ", market: gb, role: legacy, urls: []}}\n',
      [
        '2:13 invalid-document: `sites.a.brand` is empty → write at least one',
        '2:51 invalid-document: `sites.a.urls` is empty → write at least one',
      ],
    ],
  ])('%s', (_name, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    ['no target', '{status: 302}', ['`rulesets.r.fallback` lacks `to`: a text']],
    ['nothing', '{}', ['`rulesets.r.fallback` lacks `to`: a text']],
    ['a gone target', '{to: "https://a.b/", status: 410}', ['`to` does not go with the rest of `rulesets.r.fallback`']],
    ['a number', '410', ['`rulesets.r.fallback` is `410`; it must be a map']],
    ['a misspelt key', '{to: "https://a.b/", staus: 302}', ['unknown key `staus` in `rulesets.r.fallback`']],
  ])('a fallback with %s', (_name, fallback, expected) => {
    const { problems } = readDocument(
      `version: 1\nrulesets: {r: {site: s, rules: r.csv, fallback: ${fallback}}}\n`,
      'f',
    );
    expect(problems.map((problem) => problem.message)).toEqual(expected);
  });

  test('rules are judged one by one, as what they were meant to be', () => {
    const text = [
      'version: 1',
      'rulesets:',
      '  r:',
      '    site: s',
      '    query: keep',
      '    rules:',
      '      - {from: /a, too: /b}',
      '      - {from: 5, window: {frm: x}}',
      '      - {from: /c, query: {signifcant: [q]}}',
      '      - /d',
      '',
    ].join('\n');
    expect(faults(text)).toEqual([
      '5:5 invalid-document: `rulesets.r.query` is `keep`; it must be `preserve`, `drop` or a map',
      '7:20 unknown-key: unknown key `too` in `rulesets.r.rules[0]` → did you mean `to`?',
      '8:10 invalid-document: `rulesets.r.rules[1].from` is `5`; it must be a text → put it in quotes',
      '8:28 unknown-key: unknown key `frm` in `rulesets.r.rules[1].window` → did you mean `from`?',
      '9:20 invalid-document: `rulesets.r.rules[2].query` lacks `significant`: a list',
      '9:28 unknown-key: unknown key `signifcant` in `rulesets.r.rules[2].query` → did you mean `significant`?',
      '10:9 invalid-document: `rulesets.r.rules[3]` is `/d`; it must be a map',
    ]);
  });

  test('every one of thousands of faults is reported, in the order of the text', () => {
    const lines = Array.from(
      { length: 3000 },
      (_, i) => `  s-${i}: {brand: b, market: gb, role: legcy, urls: ["https://po.co/${i}"]}`,
    );
    const { problems } = readDocument(`version: 1\nsites:\n${lines.join('\n')}\n`, 'f');
    expect(problems.map((problem) => problem.place?.line)).toEqual(lines.map((_, i) => i + 3));
  });
});

test('a pointer’s place is its key, its list item, or the nearest thing around it', () => {
  const text = 'version: 1\nsites:\n  a:\n    urls:\n      - x\n      - y\n';
  const { placeOf } = readDocument(text, 'f');
  const at = (pointer: string): string => `${placeOf(pointer).line}:${placeOf(pointer).column}`;
  expect(['', '/sites/a', '/sites/a/urls/1', '/sites/a/urls/9', '/sites/a/market', '/nothing/at/all'].map(at)).toEqual([
    '1:1',
    '3:3',
    '6:9',
    '4:5',
    '3:3',
    '1:1',
  ]);
});
