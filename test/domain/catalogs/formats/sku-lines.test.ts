import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readListings } from '../../../../src/domain/catalogs/formats/listings.ts';
import { readProducts } from '../../../../src/domain/catalogs/formats/products.ts';
import { writeListings, writeProducts } from '../../../../src/domain/catalogs/formats/write.ts';
import { ListingLine, ProductLine } from '../../../../src/domain/document/catalog-schema.ts';
import { bySku, skuLineText } from '../../../../src/domain/document/content-lines.ts';

const sku = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}$/);
const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
const counts = fc.dictionary(sku, fc.integer({ min: 1, max: 999 }), { minKeys: 1, maxKeys: 3 });

const product = fc
  .record(
    {
      sku,
      title,
      category: fc.constantFrom('phones/cases', 'tablets', 'bundles'),
      components: counts,
      locales: fc.array(fc.constantFrom('en-US', 'fr-FR', 'de-DE'), { minLength: 1, maxLength: 3 }),
      stock: counts,
    },
    { requiredKeys: ['sku', 'title', 'category'] },
  )
  .map((line) => ProductLine.parse(line));

const listing = fc
  .record(
    {
      sku,
      price: fc.integer({ min: 0, max: 9_999_999 }).map((minor) => `${(minor / 100).toFixed(2)} EUR`),
      window: fc.record(
        { from: fc.constant('2015-05-19T13:00'), until: fc.constant('end of 2015-05-20') },
        { requiredKeys: ['from'] },
      ),
    },
    { requiredKeys: ['sku', 'price'] },
  )
  .map((line) => ListingLine.parse(line));

const distinct = <T extends { readonly sku: string }>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { selector: (line) => line.sku, maxLength: 12, minLength: 1 });

describe('what is written is read again the same', () => {
  test('products, as CSV or as NDJSON', () => {
    fc.assert(
      fc.property(distinct(product), (lines) => {
        const { text } = writeProducts(lines);
        const read = readProducts(text, 'p');
        expect(read.problems).toEqual([]);
        expect(read.lines.map(skuLineText)).toEqual(lines.map(skuLineText));
      }),
    );
  });

  test('listings', () => {
    fc.assert(
      fc.property(distinct(listing), (lines) => {
        const read = readListings(writeListings(lines).text, 'l');
        expect(read.problems).toEqual([]);
        expect(read.lines.map(skuLineText)).toEqual(lines.map(skuLineText));
      }),
    );
  });

  test('with a byte order mark and CRLF too', () => {
    fc.assert(
      fc.property(distinct(listing), (lines) => {
        const text = `\uFEFF${writeListings(lines).text.replaceAll('\n', '\r\n')}`;
        expect(readListings(text, 'l').lines.map(skuLineText)).toEqual(lines.map(skuLineText));
      }),
    );
  });

  test('in the order of contents, SKUs are found by halving', () => {
    fc.assert(
      fc.property(distinct(product), (lines) => {
        const sorted = lines.toSorted(bySku).map(({ sku: own }) => own);
        expect(sorted).toEqual([...sorted].sort());
      }),
    );
  });
});

describe('no text is too odd to be read', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.constantFrom('sku', 'title', 'category', ',', ';', '\t', '"', '\n', '\r\n', '{', '}', ':', '-1', 'a'), {
        maxLength: 60,
      })
      .map((parts) => parts.join('')),
    fc
      .array(fc.constantFrom('a,b,tablets', '"a,b', 'a,,', 'b,B,tablets,x:0', '=1,2,3', 'c,C,tablets,__proto__:1'))
      .map((lines) => ['sku,title,category,components', ...lines].join('\n')),
  );

  test('each fault has a line of the file, and none throws', () => {
    fc.assert(
      fc.property(odd, (text) => {
        for (const read of [readProducts, readListings]) {
          const { lines, places, problems, bad } = read(text, 'f');
          expect(places).toHaveLength(lines.length);
          expect(bad).toBeGreaterThanOrEqual(problems.length);
          const last = text.split(/\r\n|\n|\r/).length;
          for (const { place } of problems) expect(place?.line).toBeLessThanOrEqual(last);
          for (const line of lines) expect(line.sku).toMatch(/^[a-z0-9-]+$/);
        }
      }),
    );
  });
});

describe('faults', () => {
  const faultsOf = (
    text: string,
    read = readProducts as (text: string, file: string) => ReturnType<typeof readProducts>,
  ) => read(text, 'f.csv').problems.map(({ place, message }) => `${place?.line}: ${message}`);
  const HEADER = 'sku,title,category,components,stock\n';

  test.each<[string, string, RegExp]>([
    ['an empty file', '', /^1: the file is empty$/],
    ['a header alone that is another', 'name,color\n', /no column of a product/],
    ['a column that is missing', 'sku,title\n', /the header lacks `category`/],
    ['a SKU that is none', `${HEADER}Mi Band,Mi Band,tablets\n`, /^2: `sku`:/],
    ['a SKU twice', `${HEADER}a,A,tablets\nb,B,tablets\na,A,tablets\n`, /^4: `a` stands on line 2 already/],
    ['too many fields', `${HEADER}a,A,tablets,,,x\n`, /^2: it has 6 fields, and the header has 5/],
    ['no units at all', `${HEADER}a,A,bundles,b:0\n`, /^2: `components.b`/],
    ['fewer than none', `${HEADER}a,A,tablets,,us:-5\n`, /^2: `stock.us`: must be at least 0/],
    [
      'more than can be counted',
      `${HEADER}a,A,tablets,,us:99999999999999999999\n`,
      /^2: `stock.us`: must be at most \d+/,
    ],
    ['a component twice', `${HEADER}a,A,bundles,b:1 b:2\n`, /names `b` twice/],
    ['a component that every object has', `${HEADER}a,A,bundles,__proto__:2\n`, /which is no id/],
    ['a quote that is never closed', `${HEADER}a,"A,tablets\n`, /never closed/],
    ['a category that is no path', `${HEADER}a,A,Phones/Cases\n`, /^2: `category`/],
  ])('%s', (_, text, message) => {
    expect(faultsOf(text)[0]).toMatch(message);
  });

  test.each<[string, string, RegExp]>([
    ['too many decimals', 'sku,price\na,14.999 USD\n', /^2: .*too many decimals/],
    ['decimals of yen', 'sku,price\na,14.9 JPY\n', /^2: .*no decimals/],
    ['a currency that there is not', 'sku,price\na,14.9 USB\n', /^2: .*no ISO 4217 currency/],
    ['less than nothing', 'sku,price\na,-1 USD\n', /^2: .*below zero/],
    ['no price', 'sku,price\na,\n', /^2: `price`/],
  ])('%s', (_, text, message) => {
    expect(faultsOf(text, readListings as never)[0]).toMatch(message);
  });

  test('all lines are told, and of very many the first thousand are', () => {
    const lines = Array.from({ length: 5_000 }, () => 'X,X,tablets').join('\n');
    const { problems, bad } = readProducts(`${HEADER}${lines}`, 'f');
    expect(problems).toHaveLength(1_000);
    expect(bad).toBe(5_000);
    expect(faultsOf(`${HEADER}X,X,tablets\nb,B,tablets\nY,Y,tablets\n`)).toHaveLength(2);
  });
});
