import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { api } from '../../src/contract/operations/index.ts';
import type { RequestRecord } from '../../src/platform/http/app.ts';
import { servePlatform } from '../../src/platform/http/serve.ts';
import { ADMIN, testPlatform } from './fixture.ts';

async function served() {
  const { platform } = await testPlatform();
  const records: RequestRecord[] = [];
  const bugs: unknown[] = [];
  const { url, close } = await servePlatform({
    platform,
    port: 0,
    version: '0',
    newId: randomUUID,
    onRequest: (record) => records.push(record),
    onBug: (error) => bugs.push(error),
  });
  onTestFinished(close);
  const key = { idempotencyKey: randomUUID() };
  const token = await platform.call(api.tokens.create, { body: { name: 'ada', role: 'admin' }, ...key }, ADMIN);
  return { platform, url, records, bugs, secret: token.value.secret };
}

/** Everything that comes back on a connection until the other side ends it. */
async function exchange(url: string, sent: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(sent);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

const END = 'Connection: close\r\n\r\n';

describe('what has no route', () => {
  it.each([
    ['a method that HTTP does not have', `BREW / HTTP/1.1\r\nHost: x\r\n${END}`, 400, 'invalid-request'],
    ['no host', `GET /v1/sites HTTP/1.1\r\n${END}`, 400, 'invalid-request'],
    ['a host that is none', `GET /v1/sites HTTP/1.1\r\nHost: a b\r\n${END}`, 400, 'invalid-request'],
    ['a zero byte', `GET /\0 HTTP/1.1\r\nHost: x\r\n${END}`, 400, 'invalid-request'],
    ['no HTTP', 'hello\r\n\r\n', 400, 'invalid-request'],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\nHost: x\r\n${END}`, 400, 'invalid-request'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n${END}`,
      431,
      'headers-too-large',
    ],
    ['a method that no path has', `TRACE /v1/sites HTTP/1.1\r\nHost: x\r\n${END}`, 405, 'method-not-allowed'],
  ])('%s is a problem', async (_what, sent, status, code) => {
    const { url, bugs } = await served();
    const [head = '', body = ''] = (await exchange(url, sent)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    const problem = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code });
    expect(head.toLowerCase()).toContain(`x-request-id: ${String(problem['requestId'])}`);
    expect(bugs).toEqual([]);
  });
});

describe('a client that goes away in the midst of its body', () => {
  it.each([
    ['of JSON', '/v1/plans', 'application/json', 'identity', Buffer.from('{"document":')],
    ['of lines', '/v1/rule-uploads/ID/lines?offset=0', 'application/x-ndjson', 'identity', Buffer.from('{"from":')],
    [
      'of compressed lines',
      '/v1/rule-uploads/ID/lines?offset=0',
      'application/x-ndjson',
      'gzip',
      gzipSync('{"from":"/a","to":"/b"}\n').subarray(0, 12),
    ],
  ])('%s is no bug', async (_what, path, type, encoding, part) => {
    const { platform, url, records, bugs, secret } = await served();
    const { value: upload } = await platform.call(api.rules.begin, { idempotencyKey: randomUUID() }, ADMIN);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `POST ${path.replace('ID', upload.id)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n` +
        `Idempotency-Key: ${randomUUID()}\r\nContent-Type: ${type}\r\nContent-Encoding: ${encoding}\r\nContent-Length: 1000\r\n\r\n`,
    );
    socket.write(part, () => setTimeout(() => socket.destroy(), 20));
    await vi.waitFor(() => expect(records).toHaveLength(1));
    expect(records).toMatchObject([{ status: 499, actor: 'ada' }]);
    expect(bugs).toEqual([]);
  });
});
