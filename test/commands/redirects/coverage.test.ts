import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { run, temporaryFolder } from '../../cli/support/in-process.ts';
import { installation } from '../../cli/support/platform.ts';

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
    expect(stdout).toContain('\nOUTCOME\tHITS\tURLS\n');
    expect(stdout).toContain('\nHITS\tOUTCOME\tURL\tSUGGESTION\tWHY\n');
    expect(stdout).toContain('1\tnot-found\thttps://po.co/uk/shop/f6\thttps://www.mi.com/uk/poco-f6\t');
  });

  test('tells lines that are wrong in the same way once', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'r.csv'), 'from,to,status\nhttps://po.co/uk/a,https://www.mi.com/a,301\n');
    writeFileSync(
      join(cwd, 'u.txt'),
      'https://po.co/uk/a\nhttps://po.co/\u0001\nhttps://po.co/\u0002\nhttps://po.co/\u0003\n',
    );
    const { stdout } = await run(['redirects', 'coverage', 'u.txt', '--rules', 'r.csv'], { cwd });
    expect(stdout).toContain('u.txt:2: it holds a control character: https://po.co/\\x01\n      and so 3, 4\n');
  });

  test.each([
    ['/uk/a', '/uk/b', ''],
    ['https://po.co/uk/a', 'https://po.co/uk/b', 'the rules name one host: they were taken as those of https://po.co.'],
    [
      'https://po.co/uk/a\nhttps://uk.po.co/uk/a',
      'https://po.co/uk/b',
      'the rules have 2 hosts: they were taken as those',
    ],
  ])('takes paths alone as those of the host of the rules, and invents none: %j', async (from, url, said) => {
    const rules = `from,to\n${from.replaceAll(/$/gm, ',https://www.mi.com/')}\n`;
    const files = { rules, log: '/uk/a\n/uk/b\n' };
    const { stdout, stderr } = await coverage(files, 'log', '--rules', 'rules');
    expect(stdout).toContain('Coverage: 50 % of 2 hits land well.\n');
    expect(stdout).toContain(`\n1\tnot-found\t${url}\t`);
    expect(said === '' ? stderr : stderr.includes(said)).toBe(said === '' ? '' : true);
    const { data } = JSON.parse((await coverage(files, 'log', '--rules', 'rules', '--json')).stdout);
    expect(data.uncovered[0].url).toBe(url);
  });

  test('asks whose the paths of rules are where the log names hosts', async () => {
    const { stderr, exit } = await coverage({ log: 'https://po.co/uk/old\n' }, 'log', '--rules', 'r.csv');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('The rules name paths alone, and no host')]);
    expect(stderr).not.toContain('invalid');
  });

  test.each([
    ['urlset', sitemap('https://po.co/uk/old')],
    ['sitemapindex', '<sitemapindex><sitemap><loc>https://po.co/a.xml</loc></sitemap></sitemapindex>'],
  ])('judges no part of a site by a sitemap that ends before </%s>', async (root, whole) => {
    const files = { 'a.xml': sitemap('https://po.co/uk/old'), 'm.xml': whole.slice(0, -4) };
    const { stdout, stderr, exit } = await coverage(files, 'm.xml', ...RULES_AND_SITE, '--min', '1');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`Error: m.xml is cut off: it ends before </${root}>.\n`);
  });

  test('breaks its words where a narrow screen ends', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'r.csv'), `${RULES}/uk/a,https://po.co/uk/nowhere,\n`);
    writeFileSync(join(cwd, 'log'), '/uk/a\n/uk/old\n');
    const { stdout } = await run(['redirects', 'coverage', 'log', ...RULES_AND_SITE], { cwd, columns: 40 });
    const lines = stripVTControlCharacters(stdout).split('\n');
    const broken = lines.filter((line) => line.length > 40 && !line.includes('https://'));
    expect(broken).toEqual([]);
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain('led to a page that is not there');
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
    ['no rules', ['log'], 'Neither --rules, --ruleset nor -f was named.'],
    ['a document twice', ['log', '--rules', 'r.csv', '-f', 'd.yaml'], '--rules and -f were both named.'],
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

const DOCUMENT = `version: 1
markets:
  gb: { name: UK, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  poco: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
  old: { brand: old, market: gb, role: legacy, urls: ["https://old.example/"] }
  later: { brand: late, market: gb, role: legacy, urls: ["https://later.example/"] }
  mi: { brand: xiaomi, market: gb, role: unified, urls: ["https://www.mi.com/global/"] }
shutdowns:
  first: { title: First, sites: [poco, old], into: mi, freeze: 2020-01-01T00:00Z, voucherCutoff: 2020-01-01T00:00Z, dark: 2020-01-02T00:00Z, redirectsUntil: 2090-01-01T00:00Z }
  second: { title: Second, sites: [later], into: mi, freeze: 2080-01-01T00:00Z, voucherCutoff: 2080-01-01T00:00Z, dark: 2080-01-02T00:00Z, redirectsUntil: 2090-01-01T00:00Z }
exceptions:
  kept: { urls: ["https://po.co/uk/kept/"], from: [redirect], reason: kept, owner: a@example.com, reviewBy: 2085-01-01T00:00Z }
rulesets:
  poco:
    site: poco
    rules:
      - { from: /uk/phones/f6, to: "https://www.mi.com/uk/poco-f6" }
      - { from: /uk/shop/gone, to: "https://old.example/dropped" }
      - { from: /uk/moved, to: "https://old.example/moved" }
      - { from: /uk/later, to: "https://later.example/" }
      - { from: /uk/general, to: "https://old.example/nobody" }
      - { from: /uk/round, to: "https://old.example/round" }
  old:
    site: old
    rules:
      - { from: /dropped, status: 410 }
      - { from: /moved, to: "https://www.mi.com/moved" }
      - { from: /round, to: "https://po.co/uk/round" }
  later:
    site: later
    rules: []
`;
const VISITS = ['phones/f6', 'shop/gone', 'moved', 'later', 'general', 'round', 'kept/a', 'nobody', 'other/gone']
  .map((path, place) => `${2 ** place} https://po.co/uk/${path}`)
  .join('\n');

describe('redirects coverage across sites', () => {
  const LANDED = {
    redirect: { urls: 3, hits: 1 + 4 + 8 },
    'dead-end': { urls: 1, hits: 2 },
    fallback: { urls: 3, hits: 16 + 128 + 256 },
    loop: { urls: 1, hits: 32 },
    served: { urls: 1, hits: 64 },
  };

  test('a document is followed as explain says, hops and exceptions included', async () => {
    const { stdout, exit } = await coverage(
      { 'd.yaml': DOCUMENT, visits: VISITS },
      ...['visits', '-f', 'd.yaml', '--ruleset', 'poco', '--json'],
    );
    const { data } = JSON.parse(stdout);
    expect(exit).toBe(0);
    expect(data).toMatchObject({ urls: 8, hits: 511 - 64, covered: { urls: 3, hits: 13 }, outcomes: LANDED });
    // Its only model leads to a page that is gone.
    const [heaviest] = data.uncovered;
    expect(heaviest).toMatchObject({ url: 'https://po.co/uk/other/gone', outcome: 'fallback', suggestion: null });
  });

  test('so is a ruleset of the platform', async () => {
    const own = installation();
    writeFileSync(join(own.folder, 'd.yaml'), DOCUMENT);
    writeFileSync(join(own.folder, 'visits'), VISITS);
    const planned = await own.run(['plan', '-f', 'd.yaml', '--out', 'plan.json', '--json']);
    expect(planned.exit, planned.stderr + planned.stdout).toBe(0);
    const consent = ['--yes', '--confirm', 'first', '--override', 'rules', '--reason', 'the loop is meant'];
    const applied = await own.run(['apply', 'plan.json', ...consent, '--json']);
    expect(applied.exit, applied.stderr + applied.stdout).toBe(0);
    const { stdout } = await own.run(['redirects', 'coverage', 'visits', '--ruleset', 'poco', '--json']);
    expect(JSON.parse(stdout).data.outcomes).toMatchObject(LANDED);
  });

  test('a site that still answers is not measured, and when it can be is said', async () => {
    const { exit, stderr } = await coverage(
      { 'd.yaml': DOCUMENT, visits: 'https://later.example/a' },
      ...['visits', '-f', 'd.yaml', '--ruleset', 'later'],
    );
    expect(exit).toBe(2);
    expect(stderr).toContain('--at 2080-01-02T00:00:00Z');
  });

  test('the host of a log that names paths alone can be said', async () => {
    const document = DOCUMENT.replace(
      'urls: ["https://po.co/uk/"] }',
      'urls: ["https://po.co/uk/", "https://www.po.co/uk/"] }',
    );
    const files = { 'd.yaml': document, visits: '/uk/kept/a\n/uk/moved' };
    const served = async (...flags: readonly string[]): Promise<unknown> => {
      const { stdout } = await coverage(files, 'visits', '-f', 'd.yaml', '--ruleset', 'poco', '--json', ...flags);
      const { data, warnings } = JSON.parse(stdout);
      return [data.outcomes.served.urls, warnings.map(({ code }: { readonly code: string }) => code)];
    };
    expect(await served()).toEqual([1, ['host-assumed']]);
    expect(await served('--url', 'https://www.po.co/uk/')).toEqual([0, []]);
    expect(await served('--url', 'www.po.co/uk/')).toEqual([0, []]);
  });

  test('of several rulesets one is to be named', async () => {
    const files = { 'd.yaml': DOCUMENT, visits: VISITS };
    const unnamed = await coverage(files, 'visits', '-f', 'd.yaml');
    expect([unnamed.exit, unnamed.stderr]).toEqual([2, expect.stringContaining('poco, old, later')]);
    const unknown = await coverage(files, 'visits', '-f', 'd.yaml', '--ruleset', 'x');
    expect([unknown.exit, unknown.stderr]).toEqual([5, expect.stringContaining('no ruleset x')]);
  });
});
