import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DocumentIndex, indexDocuments } from '../../../src/domain/state/document-index.ts';
import { exemptAreas } from '../../../src/domain/state/exempt-areas.ts';
import { parseRequestUrl, parseSiteUrl, siteUrlCovers } from '../../../src/redirects/url.ts';
import { documentsFrom, MARKETS, POCO, type Sections } from './world.ts';

const index = indexDocuments(documentsFrom(POCO));

function siteOf(url: string, documents = index): string | null {
  return documents.siteOf(parseRequestUrl(url))?.id ?? null;
}

describe('the site of a URL', () => {
  test.each([
    ['https://po.co/uk', 'poco-gb'],
    ['http://po.co/uk/', 'poco-gb'],
    ['HTTPS://PO.CO:443/uk/phones', 'poco-gb'],
    ['https://www.po.co/uk/phones', 'poco-gb'],
    ['https://po.co/ukraine', 'poco-global'],
    ['https://po.co/UK/', 'poco-global'],
    ['https://po.co/%75k/x', 'poco-gb'],
    ['https://po.co/fr/../uk/x', 'poco-gb'],
    ['https://po.co/', 'poco-global'],
    ['https://po.co', 'poco-global'],
    ['https://shop.po.co/fr/', 'poco-global'],
    ['https://a.b.po.co/', 'poco-global'],
    ['https://www.po.co/fr/', 'poco-global'],
    ['https://notpo.co/', null],
    ['https://po.co:8080/', null],
    ['https://poco.in/x', 'poco-in'],
    ['https://poco.in:8443/x', 'poco-in'],
    ['https://poco.in:8444/x', null],
    ['https://www.poco.in/x', null],
    ['https://notpoco.in/x', null],
    ['https://poco.in.evil.example/x', null],
  ])('%s lies on %s', (url, site) => {
    expect(siteOf(url)).toBe(site);
  });

  test('an exact host outranks a wildcard, whatever the base paths', () => {
    const sites = {
      wide: { brand: 'b', market: 'gb', role: 'legacy', urls: ['https://*.po.co/deep/path/'] },
      exact: { brand: 'b', market: 'gb', role: 'legacy', urls: ['https://www.po.co/'] },
    } satisfies Sections['sites'];
    const wildcards = indexDocuments(documentsFrom({ markets: MARKETS, sites }));
    expect(siteOf('https://www.po.co/deep/path/x', wildcards)).toBe('exact');
    expect(siteOf('https://other.po.co/deep/path/x', wildcards)).toBe('wide');
    expect(siteOf('https://other.po.co/deep/pathology', wildcards)).toBeNull();
  });

  test('is the one whose base URL covers it most specifically', () => {
    const hosts = fc.constantFrom('po.co', 'www.po.co', '*.po.co', '*.www.po.co', 'po.co:81');
    const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 4 }).map((list) => `/${list.join('/')}`);
    const bases = fc.uniqueArray(
      fc.tuple(hosts, path).map(([host, base]) => `https://${host}${base}`),
      { minLength: 1, maxLength: 8, selector: (url) => url.replace(/\/$/, '') },
    );
    const requests = fc
      .tuple(fc.constantFrom('po.co', 'www.po.co', 'a.www.po.co', 'x.po.co', 'po.co:81'), path, fc.boolean())
      .map(([host, rest, slash]) => parseRequestUrl(`https://${host}${rest}${slash ? '/' : ''}`));
    fc.assert(
      fc.property(bases, requests, (urls, request) => {
        const sites = Object.fromEntries(
          urls.map((url, i) => [`s-${i}`, { brand: 'b', market: 'gb', role: 'legacy' as const, urls: [url] }]),
        );
        const ranks = urls.map((url) => siteUrlCovers(parseSiteUrl(url), request));
        const best = Math.max(...ranks);
        const expected = best < 0 ? null : `s-${ranks.indexOf(best)}`;
        const found = indexDocuments(documentsFrom({ markets: MARKETS, sites })).siteOf(request)?.id ?? null;
        expect(found).toBe(expected);
      }),
    );
  });
});

describe('exceptions that name URLs', () => {
  const documents = documentsFrom({
    ...POCO,
    exceptions: {
      careers: {
        ...POCO.exceptions['poco-india'],
        sites: undefined,
        reviewBy: '2025-06-30T00:00Z',
        urls: ['https://po.co/uk/careers/', 'https://po.co/uk/careers/jobs', 'https://jobs.example/'],
      },
    },
  });
  const named = indexDocuments(documents);

  test.each([
    ['https://po.co/uk/careers', 1],
    ['https://po.co/uk/careers/jobs/7', 1],
    ['https://po.co/uk/career', 0],
    ['https://www.po.co/uk/careers', 0],
    ['https://jobs.example/x', 1],
    ['https://po.co:8443/uk/careers', 0],
  ])('%s is named %d times', (url, count) => {
    expect(named.exemptionsOf(parseRequestUrl(url))).toHaveLength(count);
  });

  test('are areas for lint, besides the sites of others', () => {
    const areas = (of: DocumentIndex) => exemptAreas(of).map(({ id, urls }) => [id, urls.length]);
    expect(areas(named)).toEqual([['careers', 3]]);
    expect(areas(index)).toEqual([['poco-india', 2]]);
  });
});

test('a very long path costs no more than its host’s longest base path', () => {
  expect(siteOf(`https://po.co/uk${'/x'.repeat(50_000)}`)).toBe('poco-gb');
});
