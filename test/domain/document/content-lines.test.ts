import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bySku, lineWith, skuLineText, skuOfLine } from '../../../src/domain/document/content-lines.ts';

const sku = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}$/).filter((id) => id !== '__proto__');
/** What a text could say to be taken for the key of another line. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"sku":"x"', '\\"sku\\":\\"x\\"', '{"sku":"x"}', ',"sku":"'),
);
const units = fc.dictionary(fc.oneof(sku, fc.constantFrom('sku', 'title')), fc.nat(1_000_000), {
  noNullPrototype: true,
});

const product = fc.record(
  {
    sku,
    title: text,
    category: text,
    components: units,
    stock: units,
    locales: fc.array(fc.oneof(text, fc.constant('sku'))),
  },
  { requiredKeys: ['sku', 'title', 'category'] },
);
const listing = fc.record(
  { sku, price: text, window: fc.record({ from: text, until: text }, { requiredKeys: [] }) },
  { requiredKeys: ['sku', 'price'] },
);

test('the SKU of a line is found without parsing it, whatever else the line says', () => {
  fc.assert(
    fc.property(fc.oneof(product, listing), (line) => {
      expect(skuOfLine(skuLineText(line))).toBe(line.sku);
    }),
  );
});

test('the line of a SKU is found among others, and none for a SKU that is not there', () => {
  fc.assert(
    fc.property(fc.uniqueArray(product, { selector: (own) => own.sku }), sku, (products, other) => {
      const lines = products.toSorted(bySku).map(skuLineText);
      const chunk = lines.map((line) => `${line}\n`).join('');
      for (const line of lines) expect(lineWith(skuOfLine(line), chunk)).toBe(line);
      expect(lineWith(other, chunk)).toBe(lines.find((line) => skuOfLine(line) === other) ?? null);
    }),
  );
});
