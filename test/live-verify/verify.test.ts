import type { TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Answering } from '../../src/domain/state/answer.ts';
import { explainUrl } from '../../src/domain/state/explain.ts';
import { startEdge } from '../../src/edge/edge-server.ts';
import { type Expectation, expectationOf } from '../../src/live-verify/expect.ts';
import { expectationFrom } from '../../src/live-verify/explained.ts';
import { type CheckedUrl, type VerifyInput, verify } from '../../src/live-verify/verify.ts';
import { DARK, pocoWorld } from '../edge/poco-world.ts';
import { compileRules } from '../redirects/compile-rules.ts';
import { AUTHORITY, loopback, site } from './loopback.ts';

/** Before anything closes. */
const ACTIVE = Date.UTC(2024, 0, 1);

const RULES = compileRules([
  { from: 'http://po.co/a', to: 'http://www.mi.com/a', status: 301 },
  { from: 'http://po.co/two', to: 'http://po.co/a', status: 302 },
  { from: 'http://po.co/gone', status: 410 },
  { from: 'http://po.co/loop', to: 'http://po.co/loop', status: 301 },
]);

/** Everything goes to one loopback port, whatever its name: nothing else is ever asked. */
const everywhere = (addressPort: number): VerifyInput['resolve'] =>
  [80, 443].map((port) => ({ host: '*', port, address: '127.0.0.1', addressPort }));

function input(port: number, urls: readonly string[], more: Partial<VerifyInput> = {}): VerifyInput {
  return {
    expectations: urls.map((url) => expectationOf(RULES, url, 0)),
    resolve: everywhere(port),
    concurrency: 4,
    retries: 0,
    timeout: 5000,
    userAgent: 'storectl/test',
    signal: new AbortController().signal,
    now: () => 0,
    ...more,
  };
}

async function check(port: number, url: string, more: Partial<VerifyInput> = {}): Promise<CheckedUrl> {
  const { checked, complete } = await verify(input(port, [url], more));
  const [one] = checked;
  if (one === undefined) throw new Error('nothing was checked');
  expect([checked.length, complete]).toEqual([1, true]);
  return one;
}

const explainedAt = (world: Answering, url: string, at: number): Expectation =>
  expectationFrom(explainUrl(world, url, at, { reasoning: false }));

const kinds = ({ differences }: CheckedUrl): readonly string[] => differences.map(({ kind }) => kind);

describe('hosts that do as the rules say', () => {
  const GOOD = site({
    'po.co/a': [301, 'http://WWW.mi.com:80/%61'],
    'po.co/two': [302, '/a'],
    'po.co/gone': [410],
    'po.co/free': [200],
    'www.mi.com/%61': [200, '', '<link rel=canonical href="/a">'],
  });

  test.for([
    ['http://po.co/a', 1],
    ['http://po.co/two', 2],
    ['http://po.co/gone', 0],
    ['http://po.co/free', 0],
  ] as const)('%s agrees, however its Location is spelt', async ([url, hops]) => {
    expect(await check(await loopback(GOOD), url)).toMatchObject({ url, hops, differences: [], unreachable: null });
  });

  test('the edge over HTTP, and TLS by a private authority with SNI', async () => {
    const world = pocoWorld();
    const edge = await startEdge({
      host: '127.0.0.1',
      port: 0,
      world: () => world,
      now: () => DARK,
      onFault: () => {},
    });
    onTestFinished(() => edge.close());
    const names: unknown[] = [];
    const shop = await loopback(({ socket }, response) => {
      names.push((socket as TLSSocket).servername);
      response.end('welcome');
    }, 'https');
    const resolve = [
      { host: 'po.co', port: 80, address: '127.0.0.1', addressPort: edge.port },
      { host: 'www.mi.com', port: 443, address: '127.0.0.1', addressPort: shop },
    ];
    const url = 'http://po.co/uk/phones/f6';
    const expectations = [explainedAt(world, url, DARK)];
    const found = await check(0, url, { expectations, resolve, ca: AUTHORITY });
    expect(found).toMatchObject({ hops: 1, differences: [], unreachable: null });
    expect(names).toEqual(['www.mi.com']);
    const untrusted = await check(0, url, { expectations, resolve });
    expect(untrusted.unreachable).toMatchObject({ at: expect.stringContaining('https://www.mi.com/') });
  });
});

describe('hosts that do not', () => {
  test.for([
    ['http://po.co/a', { 'po.co/a': [302, 'http://www.mi.com/a'] }, ['status']],
    ['http://po.co/a', { 'po.co/a': [200] }, ['status']],
    ['http://po.co/a', { 'po.co/a': [301, 'http://www.mi.com/b'] }, ['location']],
    ['http://po.co/a', { 'po.co/a': [301, 'http://169.254.169.254/'] }, ['location']],
    ['http://po.co/a', { 'po.co/a': [301, 'javascript:alert(1)'] }, ['location']],
    ['http://po.co/a', { 'po.co/a': [301, 'http://www.mi.com/a'] }, ['page-status']],
    ['http://po.co/gone', { 'po.co/gone': [404] }, ['status']],
    ['http://po.co/gone', { 'po.co/gone': [301, 'http://po.co/'] }, ['status']],
    ['http://po.co/free', { 'po.co/free': [301, 'http://elsewhere.test/'] }, ['hops']],
    ['http://po.co/loop', { 'po.co/loop': [301, 'http://po.co/loop'] }, ['hops']],
  ] as const)('%s with %j', async ([url, answers, expected]) => {
    const found = await check(await loopback(site(answers)), url);
    expect([kinds(found), found.unreachable]).toEqual([expected, null]);
  });

  test.for([
    ['a further hop', [301, 'http://www.mi.com/a/'], 'hops', '2 hops, the last to http://www.mi.com/a/'],
    ['a loop', [301, 'http://www.mi.com/a'], 'hops', 'a loop through http://www.mi.com/a'],
    [
      'a strange host',
      [301, 'http://evil.test/'],
      'hops',
      '2 hops, and on to http://evil.test/, a host that was not asked',
    ],
    ['another canonical', [200, '', '<link rel=canonical href=/b>'], 'canonical', 'http://www.mi.com/b'],
    ['noindex', [200, '', '', { 'x-robots-tag': 'noindex' }], 'noindex', 'noindex'],
  ] as const)('%s at the end', async ([, answer, kind, got]) => {
    const answers = {
      'po.co/a': [301, 'http://www.mi.com/a'],
      'www.mi.com/a': answer,
      'www.mi.com/a/': [200],
    } as const;
    const { differences } = await check(await loopback(site(answers)), 'http://po.co/a');
    expect(differences).toEqual([expect.objectContaining({ kind, got })]);
  });

  test('more hops than anybody follows are given up', async () => {
    let asked = 0;
    const port = await loopback((_, response) => response.writeHead(301, { location: `/${++asked}` }).end());
    const { differences } = await check(port, 'http://po.co/free');
    expect([asked, differences[0]?.got]).toEqual([11, 'more than 10 hops']);
  });

  test('a page without end is read as far as it may be', async () => {
    const port = await loopback((_, response) => {
      const more = (): void => {
        while (response.write('<p>'.repeat(10_000))) {}
        response.once('drain', more);
      };
      response.writeHead(200, { 'content-type': 'text/html' });
      more();
    });
    expect(await check(port, 'http://po.co/free')).toMatchObject({ differences: [], unreachable: null });
  });
});

test('where TLS has ended already, the server is told of it', async () => {
  const seen: unknown[] = [];
  const port = await loopback(({ headers }, response) => {
    seen.push([headers.host, headers['x-forwarded-proto']]);
    response.writeHead(200).end();
  });
  const resolve = [{ host: '*', port: 443, address: '127.0.0.1', addressPort: port, plain: true }];
  expect((await check(0, 'https://po.co/free', { resolve })).unreachable).toBeNull();
  expect(seen).toEqual([['po.co', 'https']]);
});

describe('the first hop alone', () => {
  const firstHop = true;

  test.for([
    ['is right wherever it leads', 'http://po.co/two', { 'po.co/two': [302, '/a'] }, []],
    ['is right though the rules go in a circle', 'http://po.co/loop', { 'po.co/loop': [301, '/loop'] }, []],
    ['is wrong with another target', 'http://po.co/two', { 'po.co/two': [302, '/b'] }, ['location']],
    ['is wrong where there is to be none', 'http://po.co/free', { 'po.co/free': [302, '/b'] }, ['hops']],
  ] as const)('%s', async ([, url, answers, expected]) => {
    const asked: unknown[] = [];
    const answer = site(answers);
    const port = await loopback((request, response) => {
      asked.push(request.url);
      answer(request, response);
    });
    expect(kinds(await check(port, url, { firstHop }))).toEqual(expected);
    expect(asked).toHaveLength(1);
  });
});

describe('what a site is at the instant', () => {
  const F6 = 'http://po.co/uk/phones/f6';
  const AWAY = { 'po.co/uk/phones/f6': [301, 'https://www.mi.com/global/product/poco-f6/'] } as const;

  test.for([
    ['serves, and it does', F6, ACTIVE, { 'po.co/uk/phones/f6': [200] }, []],
    ['serves, and has lost the page', F6, ACTIVE, { 'po.co/uk/phones/f6': [404] }, []],
    ['serves, under another of its names', F6, ACTIVE, { 'po.co/uk/phones/f6': [301, 'http://www.po.co/uk/'] }, []],
    ['serves, and sends visitors away already', F6, ACTIVE, AWAY, ['status']],
    ['serves, and says 410 already', F6, ACTIVE, { 'po.co/uk/phones/f6': [410] }, ['status']],
    ['serves, and has fallen over', F6, ACTIVE, { 'po.co/uk/phones/f6': [502] }, ['status']],
    [
      'is exempt, and sends visitors away',
      'http://poco.in/a',
      DARK,
      { 'poco.in/a': [302, 'http://www.mi.com/'] },
      ['status'],
    ],
    ['is dark, and still serves', F6, DARK, { 'po.co/uk/phones/f6': [200] }, ['status']],
  ] as const)('it %s', async ([, url, at, answers, expected]) => {
    const expectations = [explainedAt(pocoWorld(), url, at)];
    const found = await check(await loopback(site(answers)), url, { expectations });
    expect([kinds(found), found.unreachable]).toEqual([expected, null]);
  });

  test('a difference names what decides', async () => {
    const expectations = [explainedAt(pocoWorld(), F6, ACTIVE)];
    const { differences } = await check(await loopback(site(AWAY)), F6, { expectations });
    expect(differences[0]?.expected).toBe('the site’s own answer (state poco-gb)');
  });
});

describe('hosts that give no answer', () => {
  test('are asked again, and told of', async () => {
    let asked = 0;
    const port = await loopback(({ socket }) => {
      asked++;
      socket.destroy();
    });
    const { unreachable, differences } = await check(port, 'http://po.co/a', { retries: 1 });
    expect([asked, differences]).toEqual([2, []]);
    expect(unreachable).toMatchObject({ at: 'http://po.co/a', why: expect.stringContaining('(asked 2 times)') });
  });

  test('in time are told of', async () => {
    const port = await loopback(() => {});
    const { unreachable } = await check(port, 'http://po.co/a', { timeout: 50 });
    expect(unreachable?.why).toBe('no answer within 0.05 s (asked once)');
  });

  const saying = (answer: string) =>
    loopback(({ socket }) => {
      socket.end(answer);
    });

  test.each([
    [
      'http://po.co/a',
      'SSH-2.0-OpenSSH_9\r\n',
      'what it answers is no HTTP/1.1: see whether the port is the right one',
    ],
    ['http://po.co/a', 'HTTP/1.1 200 OK\r\nno header\r\n\r\n', 'what it answers is no HTTP/1.1: see whether the port'],
    [
      'http://po.co/a',
      `HTTP/1.1 200 OK\r\na: ${'a'.repeat(100_000)}`,
      'the headers of its answer are too large: more than 64',
    ],
    ['http://po.co/a', '', 'it closed the connection before its answer was whole'],
    ['https://po.co/a', 'never', 'it does not speak TLS; where TLS ends before it, write http:// before its address'],
  ])('%s, which says %j, are told of in words', async (url, answer, why) => {
    const lines: string[] = [];
    const { unreachable } = await check(await saying(answer), url, { onDebug: (line) => lines.push(line) });
    expect(unreachable?.why).toMatch(/ \(asked once\)$/);
    expect(unreachable?.why.slice(0, why.length)).toBe(why);
    // The libraries' own words are kept for whoever asks for them, on a line each.
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${url}: (HTTPParserError|UND_ERR_|ERR_SSL_)\\w*: .+$`))]);
  });

  test('that is trusted are told of with the way to trust them', async () => {
    const { unreachable } = await check(await loopback(site({}), 'https'), 'https://po.co/a');
    expect(unreachable?.why).toMatch(/^its certificate is of no authority that is trusted here; --ca FILE trusts/);
  });

  test('since nothing listens are told of', async () => {
    const { unreachable } = await check(1, 'http://po.co/a');
    expect(unreachable?.why).toMatch(/^nothing listens on port 1 of 127.0.0.1 /);
  });

  test('at all are given up, and others are not', async () => {
    let asked = 0;
    const port = await loopback(({ headers, socket }, response) => {
      if (headers.host === 'www.mi.com') return void response.writeHead(404).end();
      asked++;
      socket.destroy();
    });
    const urls = [...Array(100).keys()].flatMap((page) => [`http://po.co/${page}`, `http://www.mi.com/${page}`]);
    const { checked, complete } = await verify(input(port, urls, { concurrency: 1 }));
    expect([asked, complete]).toEqual([20, true]);
    const silent = checked.filter(({ unreachable }) => unreachable !== null);
    expect(silent.map(({ url }) => new URL(url).host)).toEqual(Array(100).fill('po.co'));
    expect(silent.at(-1)?.unreachable?.why).toBe('not asked: http://po.co gave no answer to 20 URLs in a row');
  });

  test.for([429, 503])('but %i are asked again after their Retry-After', async (status) => {
    let asked = 0;
    const port = await loopback((_, response) => {
      if (++asked < 3) response.writeHead(status, { 'retry-after': '0' }).end();
      else response.writeHead(410).end();
    });
    expect((await check(port, 'http://po.co/gone', { retries: 2 })).unreachable).toBeNull();
    expect(asked).toBe(3);
  });

  test('and want more patience than there is are told of at once', async () => {
    const port = await loopback((_, response) => response.writeHead(503, { 'retry-after': '3600' }).end());
    const { unreachable } = await check(port, 'http://po.co/gone', { retries: 2 });
    expect(unreachable?.why).toBe('it answers 503; it asks to wait 3600 s');
  });

  test('other errors are answers, and asked once', async () => {
    let asked = 0;
    const port = await loopback((_, response) => {
      asked++;
      response.writeHead(500).end();
    });
    expect(kinds(await check(port, 'http://po.co/a', { retries: 3 }))).toEqual(['status']);
    expect(asked).toBe(1);
  });
});

test('stopped early, it gives what was checked so far', async () => {
  const controller = new AbortController();
  const port = await loopback(({ url }, response) => {
    // The second is never answered: whoever waits for it is stopped.
    if (url === '/hangs') controller.abort();
    else response.writeHead(410).end();
  });
  const urls = ['http://po.co/gone', 'http://po.co/hangs', 'http://po.co/never'];
  const { checked, complete } = await verify(input(port, urls, { concurrency: 1, signal: controller.signal }));
  expect([checked.map(({ url }) => url), complete]).toEqual([['http://po.co/gone'], false]);
});
