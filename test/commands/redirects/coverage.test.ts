import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { run, temporaryFolder } from '../../cli/support/in-process.ts';

const RULES = `from,to,status
/uk/phones/f6,https://www.mi.com/uk/poco-f6,
/uk/old,,410
`;
const FRONT = '1.2.3.4 - - [10/Oct/2024:13:55:36 +0000]';
const LOG = `${FRONT} "GET /uk/phones/f6?utm=1 HTTP/1.1" 200 1
${FRONT} "GET /uk/phones/f6 HTTP/1.1" 200 1
${FRONT} "GET /uk/shop/f6 HTTP/1.1" 200 1
${FRONT} "POST /uk/cart HTTP/1.1" 200 1
${FRONT} "GET /uk/old HTTP/1.1" 200 1
${FRONT} "GET /fr/ HTTP/1.1" 200 1
what is this\u001b[31m
`;
const sitemap = (...urls: readonly string[]) =>
  `<urlset>${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`;

async function coverage(files: Readonly<Record<string, string | Uint8Array>>, ...argv: readonly string[]) {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries({ 'r.csv': RULES, ...files })) writeFileSync(join(cwd, name), content);
  return run(['redirects', 'coverage', ...argv], { cwd });
}
const RULES_AND_SITE = ['--rules', 'r.csv', '--url', 'https://po.co/uk/'];

describe('redirects coverage', () => {
  test.each([
    ['plain', LOG],
    ['gzip', gzipSync(LOG)],
  ])('measures an access log: %s', async (_, log) => {
    const { stdout, stderr, exit } = await coverage({ log }, 'log', ...RULES_AND_SITE, '--json');
    expect([exit, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      data: {
        hits: 4,
        urls: 3,
        covered: { hits: 3, urls: 2, share: 0.75 },
        uncovered: [
          {
            url: 'https://po.co/uk/shop/f6',
            hits: 1,
            outcome: 'not-found',
            suggestion: { from: '/uk/shop/f6', to: 'https://www.mi.com/uk/poco-f6', why: expect.any(String) },
          },
        ],
        outsideHits: 1,
        passedOver: 1,
        badLines: { count: 1, first: [{ file: 'log', line: 7, reason: 'it is no line of an access log' }] },
      },
      warnings: [],
    });
  });

  test('says for people what is to be done, and shows no control character', async () => {
    const { stdout } = await coverage({ log: LOG }, 'log', ...RULES_AND_SITE);
    expect(stdout).toContain('Coverage: 75 % of 4 hits land well.\n');
    expect(stdout).toContain('log:7: it is no line of an access log: what is this\\x1b[31m\n');
    expect(stdout).toContain('1\tnot-found\thttps://po.co/uk/shop/f6\thttps://www.mi.com/uk/poco-f6\t');
  });

  test.each([
    ['75', 0],
    ['75.01', 3],
    ['100%', 3],
  ])('a minimum of %s ends with %i', async (min, expected) => {
    const { exit } = await coverage({ log: LOG }, 'log', ...RULES_AND_SITE, '--min', min);
    expect(exit).toBe(expected);
  });

  test('reads the sitemaps of an index from its folder, and says which are not there', async () => {
    const index = ['a.xml', 'b.xml.gz', 'c.xml'].map((name) => `<sitemap><loc>https://po.co/s/${name}</loc></sitemap>`);
    const { stdout } = await coverage(
      {
        'index.xml': `<sitemapindex>${index.join('')}</sitemapindex>`,
        'a.xml': sitemap('https://po.co/uk/old'),
        'b.xml.gz': gzipSync(sitemap('https://po.co/uk/x', 'https://po.co/uk/y')),
      },
      'index.xml',
      ...RULES_AND_SITE,
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      data: { urls: 3, covered: { urls: 1 } },
      warnings: [{ code: 'sitemap-not-read', message: expect.stringContaining('https://po.co/s/c.xml') }],
    });
  });

  test('a line without end is bad, and the next is read', async () => {
    const { stdout } = await coverage(
      { log: `/uk/old\n/${'a'.repeat(700_000)}\n/uk/x` },
      'log',
      ...RULES_AND_SITE,
      '--json',
    );
    expect(JSON.parse(stdout).data).toMatchObject({ urls: 2, badLines: { count: 1, first: [{ line: 2 }] } });
  });

  test.each([
    ['no rules', ['log'], 'Neither --rules nor --ruleset was named.'],
    ['rules twice', ['log', '--rules', 'r.csv', '--ruleset', 'x'], '--rules and --ruleset were both named.'],
    ['no percentage', ['log', ...RULES_AND_SITE, '--min', 'most'], '--min "most" is no percentage.'],
    ['another site', ['log', '--rules', 'r.csv', '--url', 'https://po.co/de/'], 'Every URL is of another site'],
    ['an empty file', ['empty', ...RULES_AND_SITE], 'There is no URL in what was read'],
    ['other XML', ['xml', ...RULES_AND_SITE], 'it is XML, and no sitemap'],
    ['a zip', ['zip', ...RULES_AND_SITE], 'zip is a zip archive.'],
    ['damaged gzip', ['gz', ...RULES_AND_SITE], 'gz is damaged gzip.'],
    ['no file', ['nothing', ...RULES_AND_SITE], 'There is no file nothing'],
    ['a folder', ['.', ...RULES_AND_SITE], 'is a folder, and no log.'],
  ])('%s is refused', async (_, argv, message) => {
    const files = {
      log: LOG,
      empty: '',
      xml: '<html></html>',
      zip: 'PK\u0003\u0004x',
      gz: gzipSync(LOG).subarray(0, 40),
    };
    const { stdout, stderr, exit } = await coverage(files, ...argv);
    expect([exit, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });
});
