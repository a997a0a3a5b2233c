import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EDGES, type Edge, type EdgeExport, exceeded } from '../../../src/redirects/edges/edge.ts';
import { edgeEntries } from '../../../src/redirects/edges/entries.ts';
import { exportRules } from '../../../src/redirects/edges/export.ts';
import { optionsOf, type RuleFormat } from '../../../src/redirects/formats/format.ts';
import { readRules } from '../../../src/redirects/formats/read.ts';
import type { RedirectRule, RulesetOptions } from '../../../src/redirects/rule.ts';
import { compileRules, locate } from '../compile-rules.ts';
import { CASE_TWIN, EVERY_FEATURE, EVERY_SITE } from './every-feature.ts';

const TO = 'https://www.mi.com';

const exported = (
  edge: Edge,
  rules: readonly RedirectRule[],
  options: Partial<RulesetOptions> = {},
  sites: readonly string[] = ['https://po.co/'],
  at = 0,
): EdgeExport => exportRules(edge, { ruleset: compileRules(rules, options, sites), at });

const lossesOf = ({ losses }: EdgeExport, rules: readonly RedirectRule[]): Record<string, string[]> => {
  const found: Record<string, string[]> = {};
  for (const { rule, feature } of losses) {
    const from = rules[rule]?.from ?? '(fallback)';
    found[from] = [...(found[from] ?? []), feature];
  }
  return found;
};

describe('what edges lose of a rule for every feature', () => {
  const SITE = ['https://po.co/uk/'];
  const RULES = EVERY_FEATURE.filter(
    ({ from }) => from.startsWith('/') || from.startsWith('^') || from.startsWith('http'),
  );
  const EXPECTED: Readonly<Record<Edge, Record<string, string[]>>> = {
    nginx: {
      '/uk/own': ['query-policy'],
      '/uk/sig': ['query-policy'],
      '/uk/p/:id/:tab': ['query-placeholder', 'query-policy'],
    },
    caddy: {
      '/uk/own': ['query-policy'],
      '/uk/sig': ['query-policy'],
      '/uk/p/:id/:tab': ['query-placeholder', 'query-policy'],
    },
    haproxy: { '/uk/p/:id/:tab': ['query-placeholder'] },
    apache: {
      '/uk/own': ['query-policy'],
      '/uk/sig': ['query-policy'],
      '/uk/p/:id/:tab': ['query-placeholder', 'query-policy'],
    },
    netlify: {
      '/uk/scheme?x=1': ['query-condition'],
      '/uk/caf%C3%A9': ['escapes'],
      '/uk/x%2Fy': ['escapes'],
      '/uk/q?id=3': ['query-condition'],
      '/uk/q?id=4&lang=de': ['query-condition'],
      '/uk/q?name=a+b': ['query-condition', 'query-policy'],
      '/uk/own': ['query-policy'],
      '/uk/sig': ['query-policy'],
      '/uk/drop': ['query-policy'],
      '/uk/gone': ['status'],
      '/uk/p/:id/:tab': ['query-policy'],
      '/uk/news/*': ['pattern'],
      '/uk/pre': ['prefix'],
      '^/uk/r/(\\d+)-(?P<slug>[a-z-]+)$': ['regex'],
      '/uk/.*\\.php': ['regex'],
    },
    cloudflare: {
      'http://po.co/uk/scheme': ['scheme'],
      '/uk/scheme?x=1': ['query-condition'],
      '/uk/scheme': ['scheme'],
      'https://po.co/uk/secure': ['scheme'],
      '/uk/q?id=3': ['query-condition'],
      '/uk/q?id=4&lang=de': ['query-condition'],
      '/uk/q?name=a+b': ['query-condition'],
      '/uk/own': ['query-policy'],
      '/uk/sig': ['query-policy'],
      '/uk/drop': ['query-policy'],
      '/uk/gone': ['status'],
      '/uk/p/:id/:tab': ['query-policy'],
      '^/uk/r/(\\d+)-(?P<slug>[a-z-]+)$': ['regex'],
      '/uk/.*\\.php': ['regex'],
    },
    'cloudflare-bulk': {
      '/uk/scheme?x=1': ['query-condition'],
      '/uk/q?id=3': ['query-condition'],
      '/uk/q?id=4&lang=de': ['query-condition'],
      '/uk/q?name=a+b': ['query-condition'],
      '/uk/own': ['status'],
      '/uk/sig': ['query-policy'],
      '/uk/gone': ['status'],
      '/uk/own-host': ['target'],
      '/uk/p/:id': ['pattern'],
      '/uk/p/:id/:tab': ['pattern'],
      '/uk/news/*': ['pattern'],
      '/uk/splat': ['prefix'],
      '^/uk/r/(\\d+)-(?P<slug>[a-z-]+)$': ['regex'],
      '/uk/.*\\.php': ['regex'],
    },
  };

  test.each(EDGES)('%s', (edge) => {
    const result = exported(edge, RULES, { fallback: { to: TO, status: 302 } }, SITE);
    expect(lossesOf(result, RULES)).toEqual(EXPECTED[edge]);
    expect(result.validUntil).toBe(5);
    expect(exceeded(result.limits)).toEqual([]);
  });

  test('several hosts, wildcards and ports are lost where a list has no room for them', () => {
    const rules: RedirectRule[] = [
      { from: '/uk/a', to: TO },
      { from: 'www.po.co/uk/www', to: TO },
    ];
    const features = (edge: Edge): string[] => [
      ...new Set(exported(edge, rules, {}, EVERY_SITE).losses.map(({ feature }) => feature)),
    ];
    expect(features('netlify')).toEqual(['host']);
    expect(features('cloudflare')).toEqual(['host']);
    // po.co and *.po.co are one source with its subdomains.
    expect(features('cloudflare-bulk')).toEqual(['port']);
    expect(features('nginx')).toEqual([]);
  });

  test('case, slashes and a fallback of 410 are lost by name', () => {
    const rules: RedirectRule[] = [{ from: '/a', to: TO }];
    const options: Partial<RulesetOptions> = { case: 'ignore', trailingSlash: 'strict', fallback: { status: 410 } };
    expect(lossesOf(exported('netlify', rules, options), rules)).toEqual({
      '(fallback)': ['fallback'],
      '/a': ['case', 'trailing-slash'],
    });
    expect(lossesOf(exported('haproxy', rules, options), rules)).toEqual({});
  });

  test('what has no expression that every engine reads is left out, by name', () => {
    const rules: RedirectRule[] = [
      { from: '^/a|/b$', to: TO, match: 'regex' },
      { from: '/:a/:b/:c/:d/:e/:f/:g/:h/:i/:j', to: `${TO}/:j` },
      { from: '/c?a=1&b=2&c=3&d=4', to: TO },
      { from: '/d', to: 'nonsense' },
      { from: '/[^ü]+', to: TO, match: 'regex' },
    ];
    const losses = (edge: Edge): string[] =>
      exported(edge, rules).losses.map(({ rule, feature }) => `${rule} ${feature}`);
    expect(losses('nginx')).toEqual(['3 invalid', '2 query-condition', '1 captures', '4 regex', '0 regex']);
    expect(losses('caddy')).toEqual(['3 invalid', '2 query-condition', '4 regex', '0 regex']);
  });

  test('a regular expression may not reach beyond its site', () => {
    const rules: RedirectRule[] = [{ from: '/.*', to: TO, match: 'regex' }];
    expect(exported('caddy', rules, {}, ['https://po.co/uk/']).losses).toMatchObject([{ rule: 0, feature: 'regex' }]);
    expect(exported('nginx', rules, {}, ['https://po.co/uk/']).files[0]?.text).toContain('(?=(?:/uk)(?:/|$))');
  });
});

describe('hosts of static sites', () => {
  const text = (edge: 'netlify' | 'cloudflare', rules: readonly RedirectRule[], sites?: readonly string[]): string =>
    exported(edge, rules, {}, sites).files[0]?.text ?? '';

  test('names that are replaced in one another, or are none there, become letters', () => {
    const rules: RedirectRule[] = [
      { from: '/two/:id/:idx/*', to: `${TO}/:idx/:id?all=:splat` },
      { from: '/low/:_x', to: `${TO}/:_x#:_x` },
      { from: '/plain/:id/:tab', to: `${TO}/:id/:tab` },
    ];
    for (const edge of ['netlify', 'cloudflare'] as const) {
      expect(text(edge, rules)).toContain(`/two/:a/:b/* ${TO}/:b/:a?all=:splat 301\n`);
      expect(text(edge, rules)).toContain(`/low/:a ${TO}/:a#:a 301\n`);
      expect(text(edge, rules)).toContain(`/plain/:id/:tab ${TO}/:id/:tab 301\n`);
    }
  });

  test('Cloudflare refuses targets without encryption, and lines that it takes for loops', () => {
    const rules: RedirectRule[] = [
      { from: '/plain', to: 'http://www.mi.com/' },
      { from: '/loop/*', to: '/index.html' },
      { from: '/fine', to: '/index.html' },
    ];
    expect(lossesOf(exported('cloudflare', rules), rules)).toEqual({ '/plain': ['target'], '/loop/*': ['target'] });
    expect(text('cloudflare', rules)).toBe('/fine /index.html 301\n/fine/ /index.html 301\n');
  });

  test('a colon or an asterisk that would be read as a pattern leaves its rule out', () => {
    const rules: RedirectRule[] = [
      { from: '/a:b', to: TO, match: 'exact' },
      { from: '/:c', to: TO, match: 'exact' },
      { from: '/d:8', to: TO, match: 'exact' },
      { from: '/e*f', to: TO, match: 'prefix' },
      { from: '/g:h/:id', to: `${TO}/:id` },
    ];
    const left = (edge: Edge): string[] => Object.keys(lossesOf(exported(edge, rules), rules));
    expect(left('cloudflare')).toEqual(['/a:b', '/:c', '/e*f', '/g:h/:id']);
    expect(left('netlify')).toContain('/:c');
    expect(left('netlify')).not.toContain('/a:b');
  });

  test('Netlify tells hosts and their schemes apart, Cloudflare neither', () => {
    const rules: RedirectRule[] = [
      { from: '/a', to: TO },
      { from: 'http://www.po.co/b', to: TO },
    ];
    const sites = ['https://po.co/', 'https://www.po.co/'];
    const places = text('netlify', rules, sites).replaceAll(` ${TO}/ 301`, '').trimEnd().split('\n');
    expect(places).toEqual(
      expect.arrayContaining(['https://po.co/a', 'http://po.co/a', 'https://www.po.co/a', 'http://www.po.co/a']),
    );
    expect(places.filter((place) => place.endsWith('/b'))).toEqual(['http://www.po.co/b']);
    expect(exported('netlify', rules, {}, sites).everyHostAs).toBeUndefined();
    expect(exported('cloudflare', rules, {}, sites).everyHostAs).toBe('www.po.co');
  });
});

describe('limits', () => {
  const many = (count: number, from: (index: number) => string): RedirectRule[] =>
    Array.from({ length: count }, (_, index) => ({ from: from(index), to: TO }));

  test('Cloudflare counts static and dynamic rules apart', () => {
    const rules = [...many(2001, (index) => `/s${index}`), ...many(101, (index) => `/d${index}/*`)];
    expect(exported('cloudflare', rules, { trailingSlash: 'strict' }).limits).toMatchObject([
      { name: 'static rules', allowed: 2000, used: 2001 },
      { name: 'dynamic rules', allowed: 100, used: 101 },
      { name: 'characters of a line', allowed: 2000 },
    ]);
  });

  test('nginx gets hash tables that fit, and no longer word than it reads', () => {
    const result = exported('nginx', [
      ...many(3000, (index) => `/s${index}`),
      { from: `/${'l'.repeat(3990)}`, to: `${TO}/${'x'.repeat(300)}` },
    ]);
    const [maps] = result.files;
    expect(maps?.text).toContain('map_hash_max_size 8192;');
    expect(maps?.text).toContain('map_hash_bucket_size 8192;');
    expect(exceeded(result.limits).map(({ name }) => name)).toEqual(['bytes of one word of the configuration']);
  });

  test('a line of a map has to fit HAProxy’s buffer', () => {
    const long = 'l'.repeat(8000);
    const result = exported('haproxy', [{ from: `/${long}?a=${'x'.repeat(100)}`, to: `${TO}/${long}` }]);
    expect(exceeded(result.limits)).toHaveLength(0);
    expect(result.limits[0]?.used).toBeGreaterThan(16_000);
  });
});

test('paths that differ by case alone stay apart in nginx, whose keys disregard case', () => {
  const maps = exported('nginx', [EVERY_FEATURE[0] ?? CASE_TWIN, CASE_TWIN], {}, EVERY_SITE).files[0]?.text;
  expect(maps).toContain('"~^0:/uk/a$" "0:/uk/a 301h?a https://www.mi.com/a";');
  expect(maps).toContain('"~^0:/uk/A$" "0:/uk/A 302h?a https://www.mi.com/big-a";');
});

test.each(['caddy', 'nginx', 'haproxy', 'apache'] as const)(
  'of two rules for one URL, %s has the better one',
  (edge) => {
    const rules: readonly RedirectRule[] = [
      { from: '/a?file=x%20y', to: `${TO}/worse` },
      { from: '/a?file=x+y', to: `${TO}/better`, priority: 1 },
      { from: '/b', to: `${TO}/worse` },
      { from: '/b', to: `${TO}/better`, priority: 1 },
    ];
    const text = exported(edge, rules)
      .files.map((file) => file.text)
      .join('');
    expect(text).not.toContain('worse');
    expect(text.split('/better').length).toBeGreaterThan(2);
  },
);

test('no text of a rule can leave its place in a configuration', () => {
  const rules: RedirectRule[] = [
    { from: `/a"b'c\`d{e}f;g#h`, to: `${TO}/$x"y'z\`{k};l%0d%0aSet-Cookie:%20a` },
    { from: '/r/["`\'{} ]+', to: `${TO}/r`, match: 'regex' },
  ];
  for (const edge of EDGES) {
    for (const { text } of exported(edge, rules).files) {
      expect(text).not.toMatch(/Set-Cookie: /);
      expect(text).not.toMatch(/["`']y/);
    }
  }
});

describe('lists that are read back answer the same', () => {
  const segment = fc.constantFrom('a', 'b', 'c', 'caf%C3%A9', 'x-y', '1');
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((all) => `/${all.join('/')}`);
  const target = path.map((one) => TO + one);
  const status = fc.constantFrom(301, 302, 307, 308);
  const rule: fc.Arbitrary<RedirectRule> = fc.oneof(
    fc.record({ from: path, to: target, status }),
    fc.record({ from: path, to: target, status, match: fc.constant('prefix' as const) }),
    fc.record({ from: path.map((one) => `${one}/*`), to: target.map((one) => `${one}/:splat`), status }),
    fc.record({ from: path.map((one) => `${one}/:id`), to: target.map((one) => `${one}/:id.html`), status }),
  );
  const rules = fc.uniqueArray(rule, {
    maxLength: 8,
    selector: ({ from, match }) => `${match} ${from.replace(/\/:id$/, '/*')}`,
  });
  const urls = fc.array(
    fc.tuple(path, fc.constantFrom('', '/', '/z', '?q=1')).map(([one, end]) => `https://po.co${one}${end}`),
    {
      minLength: 1,
      maxLength: 20,
    },
  );

  const readBack = (format: Edge & RuleFormat, written: readonly RedirectRule[], asked: readonly string[]): void => {
    const options = { ...optionsOf(format), trailingSlash: 'ignore' as const };
    const { losses, files } = exported(format, written, options);
    const lossy = new Set(losses.map((loss) => loss.rule));
    const kept = compileRules(
      written.filter((_, index) => !lossy.has(index)),
      options,
    );
    const whole = exported(format, [...kept.rules], options);
    expect(whole.losses).toEqual([]);
    expect(files).toHaveLength(1);
    const { rules: again } = readRules(whole.files[0]?.text ?? '', { format });
    const read = compileRules(again, { ...optionsOf(format) });
    for (const url of asked) expect([url, locate(read, url)]).toEqual([url, locate(kept, url)]);
  };

  test.each(['netlify', 'cloudflare', 'cloudflare-bulk'] satisfies (Edge & RuleFormat)[])('%s', (format) => {
    fc.assert(
      fc.property(rules, urls, (written, asked) => readBack(format, written, asked)),
      { numRuns: 300 },
    );
  });

  test('a pattern that takes one URL of a longer prefix leaves it the others', () => {
    const written: RedirectRule[] = [
      { from: '/x-y/:id', to: `${TO}/a/:id.html` },
      { from: '/x-y/x-y', to: `${TO}/a`, match: 'prefix' },
    ];
    const asked = ['', '/', '/a', '/a/', '/a/b'].map((end) => `https://po.co/x-y/x-y${end}`);
    readBack('cloudflare', written, asked);
  });
});

test('more rules than a call takes arguments', () => {
  const many = Array.from({ length: 150_000 }, (_, index) => ({ from: `/p/${index}`, to: `${TO}/${index}` }));
  const { groups } = edgeEntries(compileRules(many), 0);
  expect(groups.map(({ entries }) => entries.length)).toEqual([150_000]);
});

test.each(['nginx', 'apache', 'haproxy', 'caddy'] as const)('what keeps a backtracking matcher busy: %s', (edge) => {
  const rules: readonly RedirectRule[] = [
    { from: '/(x+x+)+y', to: TO, match: 'regex' },
    { from: '/old/(?:[^/]+/)*(\\d+)', to: `${TO}/:1`, match: 'regex' },
  ];
  const lost = edge === 'caddy' ? {} : { '/(x+x+)+y': ['regex-backtracks'] };
  expect(lossesOf(exported(edge, rules), rules)).toEqual(lost);
});
