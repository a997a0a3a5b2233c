import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engineAnswer } from '../../../src/edge-proof/answers.ts';
import { canonicalPath, canonicalQuery } from '../../../src/redirects/canonical.ts';
import { hasControlCharacter } from '../../../src/redirects/characters.ts';
import { EDGES } from '../../../src/redirects/edges/edge.ts';
import { exportRules } from '../../../src/redirects/edges/export.ts';
import { RULE_FORMATS } from '../../../src/redirects/formats/format.ts';
import { MAX_LINE_LENGTH } from '../../../src/redirects/formats/line.ts';
import { ruleLines } from '../../../src/redirects/formats/read.ts';
import { sniffFormat } from '../../../src/redirects/formats/sniff.ts';
import { witnessesOf } from '../../../src/redirects/lint/witness.ts';
import { explainMatch } from '../../../src/redirects/match.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { parseRequestUrl, UrlError } from '../../../src/redirects/url.ts';
import { compileRules } from '../compile-rules.ts';

/** Text in which everything has a meaning somewhere: to a reader, a template, a URL, a header or a server. */
const unit = fc.constantFrom(
  ...['a', 'b', 'B', '0', '/', '//', '\\', '.', '..', ':', '*', '?', '#', '&', '=', '+', ';', ',', '"', "'", '@', '-'],
  ...['%', '%2F', '%2f', '%2e', '%00', '%0d%0a', '%25', '%E0%A4%A', '%zz', '[', ']', '{', '}', '(', ')', '|', '^', '$'],
  ...[
    '$&',
    '$1',
    ':id',
    ':splat',
    '/*',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u2028',
  ],
  ...[
    '\uFEFF',
    'é',
    'ß',
    'ı',
    '。',
    '😀',
    '\ud800',
    '\udfff',
    'from',
    'to,status',
    '301',
    'https:',
    'po.co',
    'xn--',
    '<',
    '`',
  ],
);
const anyText = fc.string({ unit, maxLength: 24 });

/** Rules with a target on one host, on the visitor's own, or nowhere that is a URL. */
const rule: fc.Arbitrary<RedirectRule> = fc.record(
  {
    from: fc.oneof(
      anyText,
      anyText.map((text) => `/${text}`),
      fc.constantFrom('/:id', '/a/*', '/a/:id/*', '/:id/:tab', '/a', 'http://po.co/b/*', '*.po.co/c/:id', '/a?b=0'),
    ),
    to: fc.oneof(
      anyText,
      anyText.map((text) => `https://mi.com/${text}`),
      anyText.map((text) => `/${text}`),
      fc.constantFrom('https://mi.com/:splat', '/:splat', '/:id/:splat?q=:id#:id', 'https://mi.com', '//:splat'),
    ),
    status: fc.constantFrom(301, 302, 307, 308, 410, 200, 999),
    match: fc.constantFrom('exact', 'prefix', 'pattern', 'regex'),
    query: fc.constantFrom<NonNullable<RedirectRule['query']>>('preserve', 'drop', { significant: ['b', 'a b'] }),
    priority: fc.constantFrom(0, 1),
  },
  { requiredKeys: ['from'] },
);
const rules = fc.array(rule, { maxLength: 6 });
const request = fc.tuple(
  fc.constantFrom('https://po.co', 'http://po.co', 'https://www.po.co', 'https://PO.CO.:443', 'https://po.co:8443'),
  fc.oneof(anyText, fc.constantFrom('a', 'a/', 'a//evil.example', 'a/\\evil.example', 'a/%0d%0aX:1', 'b/..//x')),
);

describe('readers', () => {
  test.each(RULE_FORMATS)(
    '%s takes any text: each line is a rule or is told, and none is beyond the text',
    (format) => {
      fc.assert(
        fc.property(fc.array(anyText, { maxLength: 8 }), (parts) => {
          const text = parts.join('\n');
          const ends = text.split(/\r\n|\n|\r/).length;
          for (const one of ruleLines(text, format)) {
            expect(one.line).toBeGreaterThan(0);
            expect(one.line).toBeLessThanOrEqual(ends);
            if (one.kind === 'bad') expect(one.reason).not.toBe('');
            else expect(typeof one.rule.from).toBe('string');
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  test('the format of any text is known, or why it is none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sniffed = sniffFormat(text);
        if (sniffed.kind === 'none') expect(sniffed.reason).not.toBe('');
        else expect(RULE_FORMATS).toContain(sniffed.format);
      }),
    );
  });
});

describe('a Location', () => {
  test('is one URL of plain text, on the host of the rule’s target or on the visitor’s own', () => {
    fc.assert(
      fc.property(rules, request, (written, [origin, path]) => {
        const ruleset = compileRules(written, {}, ['https://po.co/', 'https://*.po.co/']);
        let url: ReturnType<typeof parseRequestUrl>;
        try {
          url = parseRequestUrl(`${origin}/${path}`);
        } catch (error) {
          expect(error).toBeInstanceOf(UrlError);
          return;
        }
        const { result, considered } = explainMatch(ruleset, url, 0);
        expect(considered.length).toBeLessThanOrEqual(written.length);
        if (result.kind === 'none' || result.location === null) return;
        const { location } = result;
        expect(hasControlCharacter(location)).toBe(false);
        expect(location).toMatch(/^[\x21-\x7e]+$/);
        expect(location).toMatch(/^https?:\/\/[^/\\]/);
        const own = /^https?:\/\/[^/?#]*/.exec(written[result.index]?.to?.trim() ?? '')?.[0];
        const { host } = new URL(location);
        expect(host).toBe(own === undefined ? new URL(`${origin}/`).host.replace(/\.(?=:|$)/, '') : new URL(own).host);
      }),
      { numRuns: 1500 },
    );
  });
});

test('what lint and the exporters make of any rules ends, and the witnesses of rules are URLs', () => {
  fc.assert(
    fc.property(rules, (written) => {
      const ruleset = compileRules(written, { fallback: { to: 'https://mi.com/', status: 302 } }, ['https://po.co/']);
      for (const edge of EDGES) {
        const { files, losses } = exportRules(edge, { ruleset, at: 0 });
        for (const { text } of files) expect(text).toMatch(/^(?:[\t\n\x20-\x7e]|\r\n)*$/);
        for (const { rule: index, lost } of losses) {
          expect(index).toBeLessThan(written.length);
          expect(lost).not.toBe('');
        }
      }
      for (const index of written.keys())
        for (const url of witnessesOf(ruleset, index)) expect(() => parseRequestUrl(url)).not.toThrow();
    }),
    { numRuns: 200 },
  );
});

/** What costs a backtracking expression, a stack or a copy for each character dearly; a hang is the failure. */
const LONG: readonly (readonly [string, string])[] = [
  ['blanks', ' '.repeat(MAX_LINE_LENGTH - 10)],
  ['blanks and comments', ' #'.repeat(MAX_LINE_LENGTH / 2 - 10)],
  ['quotes', '"'.repeat(MAX_LINE_LENGTH - 10)],
  ['commas', ','.repeat(MAX_LINE_LENGTH - 10)],
  ['open brackets', '{"from":['.repeat(MAX_LINE_LENGTH / 9 - 10)],
  ['slashes', '/'.repeat(MAX_LINE_LENGTH - 10)],
  ['dots', '/..'.repeat(MAX_LINE_LENGTH / 3 - 10)],
  ['percent signs', '%'.repeat(MAX_LINE_LENGTH - 10)],
  ['escapes', '%2e'.repeat(MAX_LINE_LENGTH / 3 - 10)],
  ['placeholders', '/:id'.repeat(MAX_LINE_LENGTH / 4 - 10)],
  ['asterisks', '/*'.repeat(MAX_LINE_LENGTH / 2 - 10)],
  ['parameters', `/?${'a&'.repeat(MAX_LINE_LENGTH / 2 - 10)}`],
  ['groups', '('.repeat(MAX_LINE_LENGTH - 10)],
  ['labels', 'a.'.repeat(MAX_LINE_LENGTH / 2 - 10)],
];

describe('nothing hangs on a long line', () => {
  test.each(LONG)('of %s', (_, text) => {
    for (const format of RULE_FORMATS)
      for (const line of [text, `/a ${text} 301`, `/a,${text},301`, `${text},/a`]) {
        const found = [...ruleLines(`from,to,status\n${line}\n/x,/y\n`, format)];
        expect(found.length).toBeLessThan(10);
      }
    expect(canonicalPath(canonicalPath(text))).toBe(canonicalPath(text));
    expect(canonicalQuery(text).length).toBeLessThanOrEqual(3 * text.length);
    sniffFormat(text);
    const places = ['/a', '/*', '/:id/*', '/a/:id'].map((from) => ({ from, to: 'https://mi.com/:splat' }));
    const ruleset = compileRules([
      ...places,
      { from: `/${text}`, to: `https://mi.com/${text}` },
      { from: `^/(a+)+$`, to: 'https://mi.com/', match: 'regex' },
      { from: text, to: text, match: 'regex' },
    ]);
    const answer = engineAnswer(
      ruleset,
      { scheme: 'https', host: 'po.co', target: `/${text.replaceAll(' ', '+')}`, hostile: true },
      0,
    );
    expect(answer === undefined || !hasControlCharacter(answer.location ?? '')).toBe(true);
  });
});

describe('work grows with the input, and no faster', () => {
  /** How many pieces a reader asks for of a text that comes in so many. */
  function piecesRead(count: number): number {
    let read = 0;
    function* pieces(): Generator<string> {
      for (let index = 0; index < count; index++) {
        read++;
        yield `/a${index},/b\n`;
      }
    }
    const lines = [...ruleLines(pieces(), 'csv')];
    expect(lines.length).toBeGreaterThan(0);
    return read;
  }

  test('readers take each piece once', () => {
    expect(piecesRead(4000)).toBe(4 * piecesRead(1000));
  });

  test('a request looks at as many rules as could take its path, not at all there are', () => {
    const considered = (count: number): number => {
      const many = Array.from({ length: count }, (_, index) => ({ from: `/p${index}/*`, to: 'https://mi.com/' }));
      const ruleset = compileRules([...many, { from: '/*', to: 'https://mi.com/' }]);
      return explainMatch(ruleset, parseRequestUrl('https://po.co/p7/x/y'), 0).considered.length;
    };
    expect(considered(4000)).toBe(considered(1000));
    expect(considered(1000)).toBe(2);
  });
});
