import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RULE_FORMATS, type RuleFormat } from '../../../src/redirects/formats/format.ts';
import { readRules } from '../../../src/redirects/formats/read.ts';
import { readTable } from '../../../src/redirects/formats/read-table.ts';
import { writeRules } from '../../../src/redirects/formats/write.ts';
import { anyRule } from './rules.ts';

const rules = fc.array(anyRule, { maxLength: 8 });
const line = fc.oneof(
  fc.constantFrom(
    '/a /b 302',
    '/a/* /b/:splat',
    '/a/x /c',
    'po.co/x,https://www.mi.com/x',
    '{"from":"/a"}',
    '{',
    '"',
    '',
  ),
  fc.string(),
);
const text: Readonly<Record<RuleFormat, fc.Arbitrary<string>>> = {
  csv: rules.map((all) => [...writeRules(all, 'csv')].join('')),
  ndjson: fc.oneof(
    rules.map((all) => [...writeRules(all, 'ndjson')].join('')),
    fc.array(line).map((lines) => lines.join('\n')),
  ),
  netlify: fc.array(line).map((lines) => lines.join('\n')),
  cloudflare: fc.array(line).map((lines) => lines.join('\n')),
  'cloudflare-bulk': fc.array(line).map((lines) => lines.join('\r\n')),
};

it.each(RULE_FORMATS)('reads from bytes of %s what is read from its text', (format) => {
  fc.assert(
    fc.property(text[format], fc.nat(), (whole, cut) => {
      const expected = readRules(whole, { format, file: 'rules' });
      const at = whole.length === 0 ? 0 : cut % whole.length;
      const pieces = () => [whole.slice(0, at), whole.slice(at)];
      const read = readTable({ bytes: Buffer.from(whole), pieces }, { format, file: 'rules' });
      expect([...read.rules]).toEqual(expected.rules);
      expect(read.lines).toEqual(expected.lines);
      expect(read.problems).toEqual(expected.problems);
    }),
  );
});
