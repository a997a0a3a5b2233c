import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { api } from '../../src/contract/operations/index.ts';
import { type AppOptions, createApp, type RequestRecord } from '../../src/platform/http/app.ts';
import { servePlatform } from '../../src/platform/http/serve.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { ADMIN, failureOf, testPlatform } from './fixture.ts';
import { POCO } from './poco.ts';

async function open(options: Partial<AppOptions> = {}) {
  const { platform, clock, file } = await testPlatform();
  const secretOf = async (role: 'admin' | 'viewer') =>
    (
      await platform.call(
        api.tokens.create,
        { body: { name: `the ${role}`, role }, idempotencyKey: randomUUID() },
        ADMIN,
      )
    ).value.secret;
  const secrets = { admin: await secretOf('admin'), viewer: await secretOf('viewer') };
  const app = createApp(platform, { version: '0.0.0-test', newId: randomUUID, ...options });
  const ask = async (
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string | Uint8Array } = {},
  ) => {
    const response = await app.request(path, {
      method,
      body: (init.body ?? null) as never,
      headers: { authorization: `Bearer ${secrets.admin}`, 'idempotency-key': randomUUID(), ...init.headers },
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const body = type.includes('json') && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, type, text, body };
  };
  return { platform, clock, file, secrets, ask };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const NDJSON_TYPE = { 'content-type': 'application/x-ndjson' };
const manyKeys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 0]));
const INDIA = POCO.exceptions?.['poco-india'];

async function seed(platform: Platform): Promise<void> {
  const key = () => ({ idempotencyKey: randomUUID() });
  const { value: plan } = await platform.call(api.plans.create, { body: { document: POCO }, ...key() }, ADMIN);
  await platform.call(api.plans.apply, { params: { id: plan.id }, body: {}, ...key() }, ADMIN);
}

describe('an answer', () => {
  it('is a problem of RFC 9457 where something is wrong', async () => {
    const { ask } = await open();
    const answer = await ask('GET', '/v1/sites/nowhere', { headers: { 'x-request-id': 'mine-1' } });
    expect(answer.type).toBe('application/problem+json');
    expect(answer.headers.get('x-request-id')).toBe('mine-1');
    expect(answer.body).toEqual({
      type: 'urn:storectl:problem:not-found',
      title: 'There is no such thing',
      status: 404,
      detail: 'There is no site nowhere on this platform.',
      code: 'not-found',
      requestId: 'mine-1',
      remedy: expect.any(String),
      details: { noun: 'site', id: 'nowhere' },
    });
  });

  const WRONG = [
    ['GET', '/v1/unheard-of', {}, 404, 'not-found'],
    ['PATCH', '/v1/sites', {}, 405, 'method-not-allowed'],
    ['GET', '/v1/sites?limit=0', {}, 400, 'invalid-request'],
    ['GET', '/v1/sites?limt=5', {}, 400, 'invalid-request'],
    ...['', '0x10', '1e2', '%201', '5.0', '+5', '-1'].map(
      (limit) => ['GET', `/v1/sites?limit=${limit}`, {}, 400, 'invalid-request'] as const,
    ),
    ['POST', '/v1/rule-uploads/x/lines?offset=', { headers: NDJSON_TYPE, body: '{}' }, 400, 'invalid-request'],
    ['GET', '/v1/sites?limit=5&limit=6', {}, 400, 'invalid-request'],
    ...['a\u0000b', 'a\nb', 'a\u001b[2Jb', 'a\u202eb'].map(
      (name) =>
        [
          'POST',
          '/v1/tokens',
          { headers: JSON_TYPE, body: JSON.stringify({ name, role: 'viewer' }) },
          400,
          'invalid-request',
        ] as const,
    ),
    [
      'POST',
      '/v1/plans?dryRun=false&dryRun=true',
      { headers: JSON_TYPE, body: '{"document":{"version":1}}' },
      400,
      'invalid-request',
    ],
    ['DELETE', '/v1/tokens/the%20viewer?dryRun=true', {}, 400, 'invalid-request'],
    [
      'POST',
      '/v1/plans?dry-run=true',
      { headers: JSON_TYPE, body: '{"document":{"version":1}}' },
      400,
      'invalid-request',
    ],
    [
      'POST',
      '/v1/plans',
      { headers: JSON_TYPE, body: '{"document":{"version":1},"alowEmpty":true}' },
      400,
      'invalid-request',
    ],
    ['GET', '/v1/sites', { headers: { authorization: 'Bearer sct_wrong' } }, 401, 'unauthenticated'],
    ['GET', '/v1/sites', { headers: { authorization: 'Basic YTpi' } }, 401, 'unauthenticated'],
    ['POST', '/v1/plans', { headers: JSON_TYPE, body: '{"document":' }, 400, 'invalid-request'],
    ['POST', '/v1/plans', { headers: { 'content-type': 'text/csv' }, body: 'a,b' }, 415, 'unsupported-media-type'],
    [
      'POST',
      '/v1/plans',
      { headers: { ...JSON_TYPE, 'content-encoding': 'br' }, body: 'x' },
      415,
      'unsupported-media-type',
    ],
    [
      'POST',
      '/v1/plans',
      { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: 'not gzip' },
      400,
      'invalid-request',
    ],
    ['POST', '/v1/plans', { headers: JSON_TYPE, body: new Uint8Array([0xff, 0xfe]) }, 400, 'invalid-request'],
    [
      'POST',
      '/v1/plans',
      { headers: { ...JSON_TYPE, 'idempotency-key': '' }, body: '{"document":{"version":1}}' },
      400,
      'idempotency-key-needed',
    ],
    [
      'PUT',
      '/v1/exceptions/x',
      { headers: JSON_TYPE, body: JSON.stringify({ spec: INDIA }) },
      428,
      'precondition-required',
    ],
    [
      'PUT',
      '/v1/exceptions/x',
      { headers: { ...JSON_TYPE, 'if-match': 'W/"1"' }, body: JSON.stringify({ spec: INDIA }) },
      400,
      'invalid-request',
    ],
    [
      'PUT',
      '/v1/exceptions/x',
      { headers: { ...JSON_TYPE, 'if-match': '"1"' }, body: JSON.stringify({ spec: INDIA }) },
      412,
      'stale',
    ],
  ] as const;

  it.each(WRONG.map(([method, path, init, status, code]) => [status, code, method, path, init] as const))(
    '%i %s: %s %s',
    async (status, code, method, path, init) => {
      const { ask } = await open();
      const answer = await ask(method, path, init);
      expect(answer.body).toMatchObject({ status, code });
      expect(answer.status).toBe(status);
    },
  );

  it('has an ETag that a write can hold on to, and that spares a second reading', async () => {
    const { platform, ask } = await open();
    await seed(platform);
    const body = JSON.stringify({ spec: INDIA });
    const made = await ask('PUT', '/v1/exceptions/x', { headers: { ...JSON_TYPE, 'if-none-match': '*' }, body });
    expect(made.headers.get('etag')).toBe('"1"');
    expect((await ask('GET', '/v1/exceptions/x', { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
    expect((await ask('GET', '/v1/exceptions/x', { headers: { 'if-none-match': '"2"' } })).status).toBe(200);
    const head = await ask('HEAD', '/v1/exceptions/x');
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', '"1"']);
  });

  it('says 405 with what the path has, 401 with how to sign in', async () => {
    const { ask } = await open();
    expect((await ask('DELETE', '/v1/sites')).headers.get('allow')).toBe('HEAD, GET');
    const anonymous = await ask('GET', '/v1/sites', { headers: { authorization: '' } });
    expect(anonymous.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('gives health and the OpenAPI document to everybody', async () => {
    const { ask } = await open();
    const headers = { authorization: '' };
    expect((await ask('GET', '/healthz', { headers })).body).toEqual({ status: 'ok' });
    expect((await ask('GET', '/openapi.json', { headers })).body).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('a token', () => {
  it('allows what its role does, until it expires or is revoked', async () => {
    const { platform, clock, secrets, ask } = await open();
    const headers = { authorization: `Bearer ${secrets.viewer}` };
    expect((await ask('GET', '/v1/sites', { headers })).status).toBe(200);
    const body = '{"document":{"version":1}}';
    expect((await ask('POST', '/v1/plans', { headers: { ...headers, ...JSON_TYPE }, body })).body).toMatchObject({
      code: 'forbidden',
      details: { needs: 'operator', has: 'viewer' },
    });
    const { value } = await platform.call(
      api.tokens.create,
      { body: { name: 'short', role: 'viewer', expiresAt: clock.now + 1000 }, idempotencyKey: randomUUID() },
      ADMIN,
    );
    const short = { authorization: `Bearer ${value.secret}` };
    expect((await ask('GET', '/v1/sites', { headers: short })).status).toBe(200);
    clock.now += 1000;
    expect((await ask('GET', '/v1/sites', { headers: short })).status).toBe(401);
    await ask('DELETE', '/v1/tokens/the%20viewer');
    expect((await ask('GET', '/v1/sites', { headers })).status).toBe(401);
  });

  it('is let in, and reads, while another process keeps the store’s lock; its use is noted when that is free', async () => {
    const { platform, clock, file, secrets, ask } = await open();
    const other = new DatabaseSync(file);
    onTestFinished(() => other.close());
    const headers = { authorization: `Bearer ${secrets.viewer}` };
    const use = async () => {
      const { value } = await platform.call(api.tokens.list, {}, ADMIN);
      return value.items.find(({ name }) => name === 'the viewer')?.lastUsedAt;
    };
    other.exec('BEGIN IMMEDIATE');
    const waiting = ask('POST', '/v1/rule-uploads');
    expect((await ask('GET', '/v1/sites', { headers })).status).toBe(200);
    expect((await ask('GET', '/healthz')).status).toBe(200);
    expect(await use()).toBeNull();
    other.exec('COMMIT');
    expect((await waiting).status).toBe(201);
    clock.now += 60_000;
    expect((await ask('GET', '/v1/sites', { headers })).status).toBe(200);
    await vi.waitFor(async () => expect(await use()).toBe(clock.now));
  });

  it('is seen in no log', async () => {
    const records: RequestRecord[] = [];
    const { secrets, ask } = await open({ onRequest: (record) => records.push(record) });
    await ask('GET', '/v1/sites?limit=5');
    await ask('GET', `/v1/sites?token=${secrets.admin}`, { headers: { authorization: '' } });
    expect(records).toMatchObject([
      { method: 'GET', path: '/v1/sites', status: 200, actor: 'the admin' },
      { status: 401, actor: null },
    ]);
    expect(JSON.stringify(records)).not.toContain('sct_');
  });

  it('may ask so often, and is told when to come back', async () => {
    const { clock, secrets, ask } = await open({ rateLimit: { perSecond: 1, burst: 2 } });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await ask('GET', '/v1/sites')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await ask('GET', '/v1/sites')).headers.get('retry-after')).toBe('1');
    const other = { authorization: `Bearer ${secrets.viewer}` };
    expect((await ask('GET', '/v1/sites', { headers: other })).status).toBe(200);
    clock.now += 1000;
    expect((await ask('GET', '/v1/sites')).status).toBe(200);
  });
});

describe('a body', () => {
  const LIMITS = { json: 2_000, stream: 5_000, line: 500, blank: 100 };

  it('may be compressed, and is bounded by what it expands to', async () => {
    const { ask } = await open({ bodyLimits: LIMITS });
    const send = (body: string) =>
      ask('POST', '/v1/plans', { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(body) });
    expect((await send('{"document":{"version":1}}')).status).toBe(201);
    const bomb = await send(`{"document":{"version":1},"documentHash":"${'0'.repeat(10_000_000)}"}`);
    expect(bomb.body).toMatchObject({ status: 413, code: 'payload-too-large' });
  });

  it('with more faults than can be told is told the first of them, and their number', async () => {
    const { ask } = await open();
    const body = JSON.stringify({ document: { version: 1 }, consent: Array(150_000).fill(0), ...manyKeys(150_000) });
    const answer = await ask('POST', '/v1/plans', { headers: JSON_TYPE, body });
    expect(answer.body).toMatchObject({ code: 'invalid-request', details: { count: 150_001 } });
    expect(answer.body['errors']).toHaveLength(1_000);
  });

  it('streams: bad lines are told by number, endless ones are refused', async () => {
    const { ask } = await open({ bodyLimits: LIMITS });
    const begin = async () => String((await ask('POST', '/v1/rule-uploads')).body['id']);
    const append = async (id: string, body: string) =>
      ask('POST', `/v1/rule-uploads/${id}/lines?offset=0`, {
        headers: { ...NDJSON_TYPE, 'content-encoding': 'gzip' },
        body: gzipSync(body),
      });
    const mixed = await append(await begin(), '{"from":"/a","to":"/b"}\n\nnope\r\n{"from":1}\n{"from":"/c","to":"/d"}');
    expect(mixed.body).toMatchObject({
      progress: { received: 5 },
      problems: [
        { line: 3, text: 'nope' },
        { line: 4, text: '{"from":1}' },
      ],
    });
    expect((await append(await begin(), `{"from":"${'x'.repeat(1_000)}"}`)).body).toMatchObject({ status: 413 });
    expect((await append(await begin(), '{"from":"/a","to":"/b"}\n'.repeat(1_000))).body).toMatchObject({
      status: 413,
    });
    expect((await append(await begin(), '\n'.repeat(101))).body).toMatchObject({ status: 413 });
  });

  it('streams: blank lines are counted as lines, and are no fault', async () => {
    const { ask } = await open();
    const id = String((await ask('POST', '/v1/rule-uploads')).body['id']);
    const append = (offset: number, body: string) =>
      ask('POST', `/v1/rule-uploads/${id}/lines?offset=${offset}`, { headers: NDJSON_TYPE, body });
    const first = await append(0, '\n{"from":"/a","to":"/b"}\n \r\n');
    expect(first.body).toMatchObject({ progress: { received: 3 }, problems: [] });
    const second = await append(3, '{"from":"/c","to":"/d"}');
    expect(second.body).toMatchObject({ progress: { received: 4 }, problems: [] });
    expect((await ask('POST', `/v1/rule-uploads/${id}/complete`)).body).toMatchObject({ result: { count: 2 } });
  });

  it('streams: a key belongs to the lines that came with it', async () => {
    const { ask } = await open();
    const id = String((await ask('POST', '/v1/rule-uploads')).body['id']);
    const append = (body: string) =>
      ask('POST', `/v1/rule-uploads/${id}/lines?offset=0`, {
        headers: { ...NDJSON_TYPE, 'idempotency-key': 'k' },
        body,
      });
    const first = await append('{"from":"/a","to":"/b"}\nnope\n');
    expect(first.body).toMatchObject({ progress: { received: 2 } });
    expect((await append('{"from":"/a","to":"/b"}\nnope\n')).body).toEqual(first.body);
    for (const other of ['{"from":"/a","to":"/c"}\nnope\n', '{"from":"/a","to":"/b"}\n', 'x\n'.repeat(6_000)]) {
      expect((await append(other)).body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    }
  });
});

describe('serving', () => {
  const serve = async (options: Partial<Parameters<typeof servePlatform>[0]> = {}) => {
    const { platform } = await testPlatform();
    const served = await servePlatform({ platform, port: 0, version: '0', newId: randomUUID, ...options });
    onTestFinished(() => served.close());
    return { served, platform };
  };

  it('refuses an address that others reach, without TLS or a word', async () => {
    expect(await failureOf(serve({ host: '0.0.0.0' }))).toMatchObject({ code: 'insecure-address', exit: 2 });
    const { served } = await serve({ host: '0.0.0.0', allowInsecure: true });
    expect(served.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/);
  });

  it('says where its port is taken', async () => {
    const { served } = await serve();
    const port = Number(new URL(served.url).port);
    expect(await failureOf(serve({ port }))).toMatchObject({ code: 'address-unusable', details: { port } });
  });

  it('lets a running request end when it stops', async () => {
    const { served } = await serve();
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const slow = httpRequest(`${served.url}/v1/plans`, { method: 'POST', headers: JSON_TYPE }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    slow.on('error', reject);
    slow.write('{"document":');
    await new Promise((sent) => slow.once('socket', (socket) => socket.once('connect', sent)));
    const closing = served.close();
    slow.end('{}}');
    expect(await promise).toBe(401);
    await closing;
  });
});
