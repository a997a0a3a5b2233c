import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Client, type ClientOptions, openClient, uploadRules } from '../../src/client/index.ts';
import { api } from '../../src/contract/operations/index.ts';
import { failureOf } from '../platform/fixture.ts';

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Reply =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

const problem = (status: number, code: string, headers: Record<string, string> = {}, more: object = {}): Reply =>
  json(
    status,
    { code, detail: `it is ${code}`, requestId: 'theirs', ...more },
    { 'content-type': 'application/problem+json', ...headers },
  );

const html =
  (status: number): Reply =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Sign in,\n please</html>');

const hangUp: Reply = (request) => void request.socket.destroy();

const PAGE = { items: [] };
const PLAN = {
  id: 'plan',
  platform: 'p',
  digest: 'd',
  expiresAt: 1,
  operations: [],
  guards: [],
  confirmations: [],
  warnings: [],
};
const SITE = { kind: 'sites', id: 'a', version: 1, spec: {}, times: {} };

/** A client of a server that gives these replies, one after the other, the last one again and again. */
async function against(replies: readonly Reply[], options: Partial<ClientOptions> = {}) {
  const requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    const reply = replies[Math.min(requests.length, replies.length - 1)];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    reply?.(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const pauses: number[] = [];
  const warnings: string[] = [];
  const waiting: string[] = [];
  const debug: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = await openClient(
    { kind: 'remote', url: `${url}/`, token: 'sct_secret' },
    {
      actor: 'nobody',
      version: '1.2.3',
      pause: async (milliseconds) => void pauses.push(milliseconds),
      onWarning: (message) => warnings.push(message),
      onWaiting: (message) => waiting.push(message),
      onDebug: (line) => debug.push(line),
      ...options,
    },
  );
  onTestFinished(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { client, requests, pauses, warnings, waiting, debug, url };
}

describe('a request', () => {
  it('says who asks, what it expects and which write it is', async () => {
    const { client, requests } = await against([json(200, { plan: PLAN, change: null }, { etag: '"2"' })]);
    const answer = await client.call(api.markets.put, {
      params: { id: 'gb' },
      query: { dryRun: true },
      ifMatch: null,
      body: { spec: { name: 'x', countries: [], currency: 'GBP', locales: ['en'], timeZone: 'UTC' } },
    });
    expect(answer.etag).toBe('"2"');
    expect(requests).toMatchObject([
      {
        method: 'PUT',
        url: '/v1/markets/gb?dryRun=true',
        headers: {
          authorization: 'Bearer sct_secret',
          'if-none-match': '*',
          'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
          'x-request-id': expect.stringMatching(/^[0-9a-f]{16}$/),
          'user-agent': 'storectl/1.2.3',
        },
      },
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ spec: { currency: 'GBP' } });
  });

  it('keeps the path in the place of its parameters', async () => {
    const { client, requests } = await against([json(200, PLAN)]);
    await client.call(api.plans.get, { params: { id: '../../x?y#z' } });
    expect(requests[0]?.url).toBe('/v1/plans/..%2F..%2Fx%3Fy%23z');
  });
});

describe('sending again', () => {
  it.each([
    ['a lost connection', hangUp],
    ['502', html(502)],
    ['503', problem(503, 'store-busy')],
    ['504', html(504)],
    ['429', problem(429, 'rate-limited')],
  ])('after %s, with the same key', async (_what, reply) => {
    const { client, requests, pauses } = await against([reply, reply, json(201, PLAN)]);
    const { value } = await client.call(api.plans.create, { body: { document: { version: 1 } } });
    expect(value).toEqual(PLAN);
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(requests).toHaveLength(3);
    expect(pauses).toHaveLength(2);
  });

  it.each([
    ['4xx', problem(404, 'not-found')],
    ['a bug there', problem(500, 'internal-error')],
    ['a damaged store', problem(500, 'store-damaged')],
    ['a page that is no platform', html(200)],
    ['a redirect', json(302, {}, { location: 'https://evil.example/' })],
  ])('never after %s', async (_what, reply) => {
    const { client, requests } = await against([reply]);
    await failureOf(client.call(api.sites.list));
    expect(requests).toHaveLength(1);
  });

  it('waits as long as it is told to, and not for ever', async () => {
    const patient = await against([problem(429, 'rate-limited', { 'retry-after': '7' }), json(200, PAGE)]);
    await patient.client.call(api.sites.list);
    expect(patient.pauses).toEqual([7000]);
    const impatient = await against([problem(429, 'rate-limited', { 'retry-after': '3600' })]);
    expect(await failureOf(impatient.client.call(api.sites.list))).toMatchObject({
      code: 'rate-limited',
      exit: 9,
      details: { retryAfter: 3600 },
    });
    expect(impatient.requests).toHaveLength(1);
  });

  it('parts what something else answered from its own words', async () => {
    const hello = { 'content-type': 'application/json' };
    const { client } = await against([(_, response) => void response.writeHead(200, hello).end('hello\nthere ')]);
    const { message } = await failureOf(client.call(api.sites.list));
    expect(message).toMatch(/no answer of a platform \(application\/json\): "hello there"\.$/);
    const long = await against([(_, response) => void response.writeHead(404).end('x'.repeat(500))]);
    expect((await failureOf(long.client.call(api.sites.list))).message).toMatch(/: "x{120}…"\.$/);
  });

  it('gives up in the end', async () => {
    const { client, requests } = await against([hangUp]);
    expect(await failureOf(client.call(api.sites.list))).toMatchObject({ code: 'unavailable', exit: 9 });
    expect(requests).toHaveLength(5);
  });

  it('goes on with an upload where the platform stands', async () => {
    const rules = Array.from({ length: 21_000 }, (_, i) => ({ from: `/${i}`, to: 'https://www.mi.com/' }));
    const at = (received: number) =>
      json(200, { id: 'u', state: 'running', progress: { received }, problems: [], result: null });
    const { client, requests } = await against([
      problem(404, 'not-found'),
      at(0),
      // The first batch arrives, and its answer is lost.
      hangUp,
      at(20_000),
      at(21_000),
      json(200, {
        id: 'u',
        state: 'succeeded',
        progress: { received: 21_000 },
        problems: [],
        result: { content: 'not what was sent', count: 1 },
      }),
    ]);
    expect(await failureOf(uploadRules(client, rules))).toMatchObject({ code: 'unavailable' });
    const offsets = requests.flatMap(({ url }) => /offset=(\d+)/.exec(url)?.[1] ?? []);
    expect(offsets).toEqual(['0', '20000']);
    expect(requests[4]?.body.split('\n').filter(Boolean)).toHaveLength(1_000);
  });
});

describe('an answer that is none', () => {
  it.each([
    ['HTML', html(200), 'Sign in, please'],
    [
      'broken JSON',
      (_: IncomingMessage, r: ServerResponse) =>
        void r.writeHead(200, { 'content-type': 'application/json' }).end('{"items":'),
      '{"items":',
    ],
    ['a redirect', json(307, {}, { location: 'https://evil.example/' }), 'https://evil.example/'],
    ['an error page', html(500), '500'],
  ])('%s says what came instead', async (_what, reply, said) => {
    const { client, url } = await against([reply]);
    const failure = await failureOf(client.call(api.sites.list));
    expect(failure).toMatchObject({ code: 'unavailable', exit: 9 });
    expect(failure.message).toContain(said);
    expect(failure.message).toContain(url);
  });

  it.each([
    [418, 'brewing', 2],
    [409, 'of-the-future', 7],
    [403, 'of-the-future', 4],
    [501, 'of-the-future', 9],
    [422, 'guard-blocked', 7],
  ])('%i %s has an exit', async (status, code, exit) => {
    const { client } = await against([problem(status, code, {}, { remedy: 'do this', details: { a: 1 } })]);
    expect(await failureOf(client.call(api.sites.list))).toMatchObject({
      code,
      exit,
      remedy: 'do this',
      details: { a: 1, requestId: 'theirs' },
    });
  });

  it('a page that fails ends a list with an error', async () => {
    const { client } = await against([json(200, { items: [SITE], next: 'x' }), problem(500, 'internal-error')]);
    const seen: string[] = [];
    const listing = async () => {
      for await (const site of client.listAll(api.sites.list)) seen.push(site.id);
    };
    expect(await failureOf(listing())).toMatchObject({ code: 'internal-error', exit: 9 });
    expect(seen).toEqual(['a']);
  });

  it('a stream that breaks off is an error, and never an end', async () => {
    const { client } = await against([
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-length': '1000' });
        response.write('{"from":"/a","to":"/b"}\n');
        setImmediate(() => response.destroy());
      },
    ]);
    const { value } = await client.call(api.rules.read, { params: { id: 'x' } });
    const reading = async () => {
      for await (const rule of value) expect(rule).toEqual({ from: '/a', to: '/b' });
    };
    expect(await failureOf(reading())).toMatchObject({ code: 'unavailable', exit: 9 });
  });
});

describe('an answer of another shape', () => {
  const ANSWERS: readonly (readonly [string, (client: Client) => Promise<unknown>])[] = [
    ['a list', (client) => client.call(api.sites.list)],
    ['a site', (client) => client.call(api.sites.get, { params: { id: 'a' } })],
    ['a plan', (client) => client.call(api.plans.get, { params: { id: 'a' } })],
    ['a status', (client) => client.call(api.answers.status)],
  ];
  const SHAPES = [null, [], {}, 'ok', 7, { items: null }, { items: [null] }, { items: [{}] }, { items: [], next: 7 }];

  it.each(ANSWERS.flatMap(([what, ask]) => SHAPES.map((shape) => [what, JSON.stringify(shape), ask, shape] as const)))(
    'for %s is none: %s',
    async (_what, _text, ask, shape) => {
      const { client, requests, url } = await against([json(200, shape)]);
      const failure = await failureOf(ask(client));
      expect(failure).toMatchObject({ code: 'unavailable', exit: 9 });
      expect(failure.message).toBe(`${url} answered something that is not of this API; is the URL right?`);
      expect(requests).toHaveLength(1);
    },
  );

  it.each(['1\nnull\n', '{"from":"/a","to":"/b"}\n\n', '<html>\n', 'x'.repeat(2_000_000)])(
    'in a stream ends it: %.20s',
    async (text) => {
      const { client } = await against([
        (_, response) => void response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(text),
      ]);
      const { value } = await client.call(api.rules.read, { params: { id: 'x' } });
      const reading = async () => {
        for await (const rule of value) expect(rule).toEqual({ from: '/a', to: '/b' });
      };
      const failure = await failureOf(reading());
      expect(failure).toMatchObject({ code: 'unavailable', exit: 9 });
      expect(failure.message).toContain('is not of this API');
    },
  );

  it('in pages that lead in a circle ends the list', async () => {
    const page = (next: string) => json(200, { items: [SITE], next });
    const { client, requests } = await against([page('a'), page('b'), page('a'), page('b')]);
    const listing = async () => {
      for await (const site of client.listAll(api.sites.list)) expect(site.id).toBe('a');
    };
    expect(await failureOf(listing())).toMatchObject({ code: 'unavailable', exit: 9 });
    expect(requests).toHaveLength(3);
  });
});

describe('a platform that does not come to an end', () => {
  const silence: Reply = () => undefined;
  const drip: Reply = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(timer));
  };

  it('and says nothing is asked again, and a person is told', { timeout: 20_000 }, async () => {
    // undici looks at its clocks every half second or so.
    const { client, requests, waiting, debug, url } = await against([silence, silence, json(200, PAGE)], {
      timeout: 1_000,
    });
    await client.call(api.sites.list);
    expect(requests).toHaveLength(3);
    const { host } = new URL(url);
    expect(waiting).toEqual([2, 3].map((next) => `no answer from ${host} after 1 s, trying again (${next} of 3)`));
    expect(debug.filter((line) => line.includes('failed'))).toHaveLength(2);
  });

  it.each([
    ['says nothing', silence],
    ['never stops talking', drip],
  ])('and %s is given up', async (_what, reply) => {
    const { client, requests } = await against([reply], { timeout: 60 });
    expect(await failureOf(client.call(api.sites.list))).toMatchObject({
      code: 'unavailable',
      exit: 9,
      details: { timedOut: true },
    });
    expect(requests.length).toBeLessThanOrEqual(3);
  });

  it('is not asked for ever whether it has finished the first request', async () => {
    const { client, pauses } = await against([problem(409, 'idempotency-in-flight')], { timeout: 1_000 });
    const failure = await failureOf(client.call(api.plans.create, { body: { document: { version: 1 } } }));
    expect(failure).toMatchObject({ code: 'idempotency-in-flight', exit: 9 });
    expect(pauses.length).toBeGreaterThan(0);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(4_000);
  });
});

describe('what stands in front of a platform', () => {
  it.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
  ])('and answers %i keeps the caller out', async (status, code) => {
    const { client } = await against([html(status)]);
    expect(await failureOf(client.call(api.sites.list))).toMatchObject({ code, exit: 4 });
  });

  it('a Retry-After that is none is as if it were not there', async () => {
    const { client, pauses } = await against([problem(503, 'store-busy', { 'retry-after': '-5' }), json(200, PAGE)]);
    await client.call(api.sites.list);
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeLessThanOrEqual(400);
    expect(pauses[0]).toBeGreaterThanOrEqual(0);
  });

  it('a problem whose detail is no text is told by its title, or by its code', async () => {
    const { client } = await against([problem(404, 'not-found', {}, { detail: { a: 1 }, title: 'Nothing there' })]);
    expect((await failureOf(client.call(api.sites.list))).message).toBe('Nothing there');
    const { client: other } = await against([problem(404, 'not-found', {}, { detail: [] })]);
    expect((await failureOf(other.call(api.sites.list))).message).toBe('The platform answered 404 (not-found).');
  });

  it('what speaks no TLS is told in one line, and not asked again', async () => {
    const { url } = await against([json(200, PAGE)]);
    const debug: string[] = [];
    const client = await openClient(
      { kind: 'remote', url: url.replace('http:', 'https:'), token: null },
      { actor: 'a', version: '0', onDebug: (line) => debug.push(line) },
    );
    onTestFinished(() => client.close());
    const failure = await failureOf(client.call(api.sites.list));
    expect(failure).toMatchObject({ code: 'unavailable', exit: 9 });
    expect(failure.message).toContain('speaks no TLS');
    expect(failure.message).not.toContain('\n');
    expect(debug).toEqual([]);
  });

  it.each(['', ' ', 'a b', 'sct_\u0007x', 'sct_é'])('a token that is none is never sent: %j', async (token) => {
    const target = { kind: 'remote', url: 'http://127.0.0.1:9', token } as const;
    const failure = await failureOf(openClient(target, { actor: 'a', version: '0' }));
    expect(failure).toMatchObject({ code: 'invalid-token', exit: 2 });
    expect(failure.message).not.toContain('sct_');
  });
});

describe('what a person is told', () => {
  it('a clock that differs by more than a minute, once', async () => {
    const now = Date.UTC(2024, 5, 1);
    const dated = (offset: number) => json(200, PAGE, { date: new Date(now + offset).toUTCString() });
    const far = await against([dated(-3 * 60_000)], { now: () => now });
    await far.client.call(api.sites.list);
    await far.client.call(api.sites.list);
    expect(far.warnings).toEqual([expect.stringContaining('180 s ahead')]);
    const near = await against([dated(-30_000)], { now: () => now });
    await near.client.call(api.sites.list);
    expect(near.warnings).toEqual([]);
  });

  it('requests, and never the token', async () => {
    const { client, debug } = await against([hangUp, json(200, PAGE)]);
    await client.call(api.sites.list);
    expect(debug.join('\n')).toContain('GET /v1/sites 200');
    expect(debug.join('\n')).not.toContain('sct_secret');
  });

  it.each(['ftp://x', 'not a url', 'https://user:sct_secret@host', 'https://host/?token=sct_secret'])(
    'an address that is none, without repeating it: %s',
    async (url) => {
      const failure = await failureOf(openClient({ kind: 'remote', url, token: null }, { actor: 'a', version: '0' }));
      expect(failure).toMatchObject({ code: 'invalid-url', exit: 2 });
      expect(failure.message).not.toContain('sct_secret');
    },
  );
});
