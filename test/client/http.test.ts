import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ClientOptions, openClient, uploadRules } from '../../src/client/index.ts';
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
  const debug: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = await openClient(
    { kind: 'remote', url: `${url}/`, token: 'sct_secret' },
    {
      actor: 'nobody',
      version: '1.2.3',
      pause: async (milliseconds) => void pauses.push(milliseconds),
      onWarning: (message) => warnings.push(message),
      onDebug: (line) => debug.push(line),
      ...options,
    },
  );
  onTestFinished(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { client, requests, pauses, warnings, debug, url };
}

describe('a request', () => {
  it('says who asks, what it expects and which write it is', async () => {
    const { client, requests } = await against([json(200, {}, { etag: '"2"' })]);
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
    const { client, requests } = await against([json(200, PAGE)]);
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
    const { client, requests, pauses } = await against([reply, reply, json(201, { id: 'plan' })]);
    const { value } = await client.call(api.plans.create, { body: { document: { version: 1 } } });
    expect(value).toEqual({ id: 'plan' });
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

  it('gives up in the end', async () => {
    const { client, requests } = await against([hangUp]);
    expect(await failureOf(client.call(api.sites.list))).toMatchObject({ code: 'unavailable', exit: 9 });
    expect(requests).toHaveLength(5);
  });

  it('goes on with an upload where the platform stands', async () => {
    const rules = Array.from({ length: 6_000 }, (_, i) => ({ from: `/${i}`, to: 'https://www.mi.com/' }));
    const at = (received: number) => json(200, { id: 'u', progress: { received }, problems: [], result: null });
    const { client, requests } = await against([
      problem(404, 'not-found'),
      at(0),
      // The first batch arrives, and its answer is lost.
      hangUp,
      at(5_000),
      at(6_000),
      (_, response) => json(200, { id: 'u', result: { content: 'not what was sent', count: 1 } })(_, response),
    ]);
    expect(await failureOf(uploadRules(client, rules))).toMatchObject({ code: 'unavailable' });
    const offsets = requests.flatMap(({ url }) => /offset=(\d+)/.exec(url)?.[1] ?? []);
    expect(offsets).toEqual(['0', '5000']);
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
    const { client } = await against([json(200, { items: [{ id: 'a' }], next: 'x' }), problem(500, 'internal-error')]);
    const seen: string[] = [];
    const listing = async () => {
      for await (const site of client.listAll(api.sites.list)) seen.push(site.id);
    };
    expect(await failureOf(listing())).toMatchObject({ code: 'internal-error', exit: 1 });
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
