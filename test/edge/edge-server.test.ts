import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningEdge, startEdge } from '../../src/edge/edge-server.ts';
import { DARK, pocoWorld } from './poco-world.ts';

interface Edge {
  readonly edge: RunningEdge;
  readonly clock: { now: number };
  readonly faults: unknown[];
}

async function running(world = pocoWorld): Promise<Edge> {
  const answering = world();
  const clock = { now: DARK };
  const faults: unknown[] = [];
  const edge = await startEdge({
    host: '127.0.0.1',
    port: 0,
    world: () => answering,
    now: () => clock.now,
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(() => edge.close());
  return { edge, clock, faults };
}

interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function get({ edge }: Edge, path: string, headers: Record<string, string>, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: edge.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject).end(method === 'POST' ? 'x'.repeat(100_000) : undefined);
  });
}

/** Sends bytes and returns all that comes back. */
function raw({ edge }: Edge, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(edge.port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

describe('the edge over HTTP', () => {
  it('answers by Host and clock', async () => {
    const world = await running();
    const host = { host: 'po.co' };
    world.clock.now = DARK - 1;
    expect((await get(world, '/uk/phones/f6', host)).status).toBe(200);
    world.clock.now = DARK;
    const { status, headers } = await get(world, '/uk/phones/f6?utm=1', host);
    expect({ status, location: headers.location }).toEqual({
      status: 301,
      location: 'https://www.mi.com/global/phones/f6?utm=1',
    });
    expect((await get(world, '/x', { host: 'poco.in' })).headers['x-storectl-decided-by']).toBe('exception poco-india');
    expect((await get(world, '/x', { host: 'www.example.com' })).status).toBe(404);
  });

  it('answers HEAD without a body and POST as GET', async () => {
    const world = await running();
    const head = await get(world, '/uk/', { host: 'poco.in' }, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
    expect((await get(world, '/uk/phones/f6', { host: 'po.co' }, 'POST')).status).toBe(301);
  });

  it('takes its own port for no part of the URL', async () => {
    const world = await running();
    expect((await get(world, '/uk/phones/f6', { host: `po.co:${world.edge.port}` })).status).toBe(301);
    expect((await get(world, '/uk/phones/f6', { host: `po.co:${world.edge.port === 1 ? 2 : 1}` })).status).toBe(404);
  });

  it.each([
    ['a proxy request', 'GET http://po.co/uk/phones/f6 HTTP/1.1\r\nHost: x.example\r\nConnection: close\r\n\r\n', 301],
    ['no Host', 'GET /uk/ HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['no Host in HTTP/1.0', 'GET /uk/ HTTP/1.0\r\n\r\n', 400],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: po.co\r\nHost: poco.in\r\nConnection: close\r\n\r\n', 400],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: po.co/x\r\nConnection: close\r\n\r\n', 400],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: po.co\r\nConnection: close\r\n\r\n', 400],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a control character', 'GET /uk/\u0001 HTTP/1.1\r\nHost: po.co\r\nConnection: close\r\n\r\n', 400],
    ['broken escapes', 'GET /uk/%zz%E0%A4%A HTTP/1.1\r\nHost: po.co\r\nConnection: close\r\n\r\n', 302],
    ['raw bytes', 'GET /uk/\u00ff\u00fe HTTP/1.1\r\nHost: po.co\r\nConnection: close\r\n\r\n', 400],
    ['a split', 'GET /uk/support/%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: po.co\r\nConnection: close\r\n\r\n', 301],
  ])('answers %s and lives', async (_name, bytes, status) => {
    const world = await running();
    const answer = await raw(world, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.toLowerCase()).not.toContain('\r\nset-cookie');
    expect((await get(world, '/', { host: 'po.co' })).status).toBe(404);
    expect(world.faults).toEqual([]);
  });

  it('answers a fault with 500, tells it, and goes on', async () => {
    const fault = new Error('broken');
    const world = await running(() => ({
      ...pocoWorld(),
      compiled: () => {
        throw fault;
      },
    }));
    expect((await get(world, '/uk/', { host: 'po.co' })).status).toBe(500);
    expect(world.faults).toEqual([fault]);
    expect((await get(world, '/', { host: 'poco.in' })).status).toBe(200);
  });

  it('says so when its port is taken', async () => {
    const { edge } = await running();
    const second = startEdge({
      host: '127.0.0.1',
      port: edge.port,
      world: pocoWorld,
      now: () => 0,
      onFault: () => {},
    });
    await expect(second).rejects.toMatchObject({ code: 'address-unusable', exit: 2 });
  });
});
