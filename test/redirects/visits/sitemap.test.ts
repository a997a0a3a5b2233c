import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SitemapScanner } from '../../../src/redirects/visits/sitemap.ts';

const scan = (...pieces: readonly string[]) => {
  const scanner = new SitemapScanner();
  return pieces.flatMap((piece) => [...scanner.feed(piece)]);
};
const page = (url: string) => ({ kind: 'page', url });

const SITEMAP = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<!-- <loc>https://po.co/not</loc> -->
<url><loc> https://po.co/a?b=1&amp;c=&#233;&#xe9; </loc><image:image><image:loc>https://po.co/i.png</image:loc></image:image></url>
<url><loc><![CDATA[https://po.co/d?e&f]]></loc></url></urlset>`;
const PAGES = [page('https://po.co/a?b=1&c=éé'), page('https://po.co/d?e&f')];

test('the addresses of pages, and of nothing else', () => {
  expect(scan(SITEMAP)).toEqual(PAGES);
});

test('an index lists further sitemaps', () => {
  expect(scan('<sitemapindex xmlns="x"><sitemap><loc>https://po.co/1.xml</loc></sitemap></sitemapindex>')).toEqual([
    { kind: 'sitemap', url: 'https://po.co/1.xml' },
  ]);
});

const cutOff = (...pieces: readonly string[]) => {
  const scanner = new SitemapScanner();
  for (const piece of pieces) for (const _ of scanner.feed(piece));
  return scanner.cutOff;
};

test.each([
  [SITEMAP, null],
  [SITEMAP.slice(0, -1), 'urlset'],
  [SITEMAP.slice(0, SITEMAP.indexOf('</url>')), 'urlset'],
  ['<urlset><url><loc>/a</loc></url><!-- </urlset>', 'urlset'],
  ['<urlset a="/>"><url>', 'urlset'],
  ['<urlset/>', null],
  ["<urlset xmlns='x' />", null],
  ['<urlset><url></urlset\n>\n', null],
  ['<urlset><url></urlset><urlset>', 'urlset'],
  ['<sitemapindex><sitemap><loc>https://po.co/1.xml</loc></sitemap>', 'sitemapindex'],
  ['<sitemapindex></sitemapindex>', null],
  ['<urlsets><html>', null],
])('whether the text has its end: %j', (text, expected) => {
  expect(cutOff(text)).toBe(expected);
  expect(cutOff(...text)).toBe(expected);
});

test('where the text is cut into pieces makes no difference', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(SITEMAP.length)), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), SITEMAP.length];
      expect(scan(...places.slice(1).map((end, i) => SITEMAP.slice(places[i], end)))).toEqual(PAGES);
    }),
  );
});
