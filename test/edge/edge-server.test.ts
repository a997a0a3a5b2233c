import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
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

/** Sends bytes, piece by piece, and returns all that comes back until the edge ends the connection. */
function raw({ edge }: Edge, ...pieces: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(edge.port, '127.0.0.1', async () => {
      socket.setNoDelay(true);
      for (const piece of pieces) {
        await new Promise((sent) => socket.write(piece, 'latin1', sent));
        await setImmediate();
      }
    });
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

  const f6 = 'GET /uk/phones/f6 HTTP/1.1\r\nHost: po.co\r\n\r\n';
  const missing = 'HEAD /x HTTP/1.1\r\nHost: example.com\r\n\r\n';
  const last = 'GET /x HTTP/1.1\r\nHost: poco.in\r\nConnection: close\r\n\r\n';
  const post = 'POST /uk/phones/f6 HTTP/1.1\r\nHost: po.co\r\nContent-Length: 5\r\n\r\nhello';

  it.each([
    ['at once', [f6 + missing + last], [301, 404, 200]],
    ['one by one', [f6, missing, last], [301, 404, 200]],
    ['cut within a request', [f6 + missing.slice(0, 20), missing.slice(20) + last], [301, 404, 200]],
    ['byte by byte', [...(f6 + last)], [301, 200]],
    ['with a body between', [f6 + post + f6 + last], [301, 301, 301, 200]],
    ['with an older one between', [`${f6}GET / HTTP/1.0\r\nHost: poco.in\r\n\r\n`], [301, 200]],
    ['with something else at the end', [`${f6}\u0016\u0003\u0001 hello\r\n\r\n`], [301, 400]],
    [
      'with a body that is broken',
      [`${f6}POST / HTTP/1.1\r\nHost: po.co\r\nTransfer-Encoding: chunked\r\n\r\n`, 'no chunk\r\n'],
      [301, 404],
    ],
    ['with a target that is too long', [`${f6}GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: po.co\r\n\r\n`], [301, 431]],
  ])('answers several requests on one connection in their order, %s', async (_how, pieces, statuses) => {
    const world = await running();
    const answer = await raw(world, ...pieces);
    const found = [...answer.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => Number(status));
    expect(found).toEqual(statuses);
    expect(world.faults).toEqual([]);
  });

  it('answers all of who asks much and reads late', async () => {
    const world = await running();
    const count = 20_000;
    const answer = await new Promise<string>((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect(world.edge.port, '127.0.0.1', () => socket.write(f6.repeat(count) + last));
      // Until then the edge has answers that nobody takes.
      socket.once('readable', async () => {
        for (let turn = 0; turn < 50; turn++) await setImmediate();
        socket.on('data', (chunk) => chunks.push(chunk));
      });
      socket.on('close', () => resolve(Buffer.concat(chunks).toString())).on('error', reject);
    });
    expect(answer.split('location: https://www.mi.com/global/phones/f6\r\n')).toHaveLength(count + 1);
  });

  it('ends a connection that its visitor has ended', async () => {
    const world = await running();
    const answer = await new Promise((resolve, reject) => {
      let text = '';
      const socket = connect({ port: world.edge.port, host: '127.0.0.1' }, () => socket.end(f6));
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text)).on('error', reject);
    });
    expect(answer).toContain('location: https://www.mi.com/global/phones/f6\r\n');
  });

  it('closes with visitors connected who say nothing', async () => {
    const world = await running();
    const silent = connect(world.edge.port, '127.0.0.1');
    const closed = new Promise((resolve) => silent.on('close', resolve));
    expect(await raw(world, last)).toContain('200 OK');
    await world.edge.close();
    await closed;
  });

  it('answers plain requests as it answers all others', async () => {
    const world = await running();
    const host = fc.oneof(
      fc.constantFrom(
        'po.co',
        'PO.CO.',
        'poco.in',
        `po.co:${world.edge.port}`,
        'po.co:81',
        'a b',
        '*.po.co',
        '[::1]',
        '',
      ),
      fc.stringMatching(/^[ -~]{0,12}$/),
    );
    const path = fc.oneof(
      fc.constantFrom('uk/phones/f6', 'uk/support/a?b=c', 'uk/%00', 'uk/..'),
      fc.stringMatching(/^[!-~]*$/),
    );
    const proto = fc.constantFrom('', 'X-Forwarded-Proto: http\r\n', 'x-forwarded-proto: gopher , http\r\n');
    // What no answer is for: the time of day, and how long the connection is kept.
    const said = (answer: string) => answer.replace(/^(?:Date|Connection|Keep-Alive): .*\r\n/gm, '');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'HEAD'), path, host, proto, async (method, target, name, forwarded) => {
        const head = `${method} /${target} HTTP/1.1\r\nHost: ${name}\r\n${forwarded}`;
        const ended = `${head}Connection: close\r\n\r\n`;
        const [plain, all] = [await raw(world, `${head}\r\n${ended}`), await raw(world, ended)];
        expect(said(plain)).toBe(said(all).repeat(2));
      }),
    );
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
