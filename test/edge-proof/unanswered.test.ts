import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ProofRequest } from '../../src/edge-proof/proof-request.ts';
import { NoAnswer, sendRaw } from '../../src/edge-proof/raw-request.ts';
import { unanswered } from '../../src/edge-proof/unanswered.ts';

const request: ProofRequest = { scheme: 'https', host: 'po.co', target: `/${'a'.repeat(300)}`, hostile: false };

async function closedPort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => {
    server.close();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
}

test('a server that has ended is named, with what it was asked', async () => {
  await expect(sendRaw(await closedPort(), request).catch(unanswered('caddy', request))).rejects.toMatchObject({
    code: 'edge-ended',
    exit: 3,
    message: `caddy has ended while it was asked; it was to answer https://po.co/${'a'.repeat(199)}…`,
  });
});

test('a server that says nothing is named, with what it was asked', () => {
  expect(() => unanswered('netlify', { ...request, target: '/a' })(new NoAnswer())).toThrow(
    'netlify gives no answer within 10 s to https://po.co/a',
  );
});

test('any other error is none of a server', () => {
  const bug = new Error('bug');
  expect(() => unanswered('nginx', request)(bug)).toThrow(bug);
});
