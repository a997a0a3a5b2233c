import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalHost } from '../../src/redirects/host.ts';
import { lintRules } from '../../src/redirects/lint/index.ts';
import { decodePunycode } from '../../src/redirects/punycode.ts';
import { compileRules } from './compile-rules.ts';

describe('punycode', () => {
  test.each([
    ['mnchen-3ya', 'münchen'],
    ['p1ai', 'рф'],
    ['ls8h', '💩'],
    ['mgba3a4f16a', 'ایران'],
  ])('%s', (encoded, decoded) => {
    expect(decodePunycode(encoded)).toBe(decoded);
  });

  test.each(['', '-', 'abc-', '0', 'zz9999999', 'ä', 'a'.repeat(70), '9'.repeat(60)])('not "%s"', (encoded) => {
    const decoded = decodePunycode(encoded);
    expect(decoded === undefined || canonicalHost(`xn--${encoded}.de`) === undefined).toBe(true);
  });

  test('every name that the platform encodes is one here', () => {
    const letters = fc.constantFrom(...'aäößéñłжя中文あア한글ا٣-3z');
    const label = fc.array(letters, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(label, (name) => {
        const ascii = domainToASCII(`${name}.example`);
        fc.pre(ascii !== '' && ascii.startsWith('xn--'));
        expect(canonicalHost(ascii)).toBe(ascii);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['xn--a', 'xn--', 'foo.xn--a', 'xn--abc-', 'xn--zz9999999', 'xn--a-ecp.ru'])('%s is no host', (host) => {
    const compiled = compileRules([
      { from: `https://${host}/a`, to: 'https://www.mi.com/a' },
      { from: '/b', to: `https://${host}/` },
    ]);
    const findings = lintRules({ rulesets: [{ id: 'poco', compiled }], exceptions: [] });
    expect(findings.map(({ code, rules }) => [code, rules[0]?.index])).toEqual([
      ['invalid-url', 0],
      ['invalid-url', 1],
    ]);
  });
});
