import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { streamLines } from '../../src/platform/http/response-stream.ts';

/** The answer of a server that streams these values, read by a client as far as it goes. */
async function received(values: AsyncIterable<unknown>): Promise<string> {
  const server = createAdaptorServer({ fetch: () => new Response(streamLines(values)), overrideGlobalObjects: false });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void (server as Server).close());
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return response.text();
}

async function* counting(to: number, failure?: Error): AsyncGenerator<number> {
  for (let n = 0; n < to; n += 1) yield n;
  if (failure !== undefined) throw failure;
}

describe('a streamed answer', () => {
  it('has every value on its line', async () => {
    const text = await received(counting(50_000));
    expect(text.trimEnd().split('\n')).toHaveLength(50_000);
    expect(text.endsWith('49999\n')).toBe(true);
  });

  it('breaks off where its values do: it never passes for whole', async () => {
    // The server's adapter tells the console why it broke off.
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => told.mockRestore());
    await expect(received(counting(50_000, new Error('the disk went away')))).rejects.toThrow();
  });

  it('takes no more values than are read', async () => {
    let taken = 0;
    const endless = (async function* () {
      for (;;) {
        taken += 1;
        yield taken;
      }
    })();
    const reader = streamLines(endless).getReader();
    await reader.read();
    const afterOne = taken;
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBe(afterOne);
    expect(afterOne).toBeLessThan(70_000);
    await reader.cancel();
    expect(await endless.next()).toMatchObject({ done: true });
  });
});
