import { Readable } from 'node:stream';
import type { AnyOperation, LineBlocks, OperationRequest } from '../contract/operation.ts';

type Parts = Readonly<Record<string, unknown>> | undefined;

/** The path and query of an operation, with its parameters percent-encoded. */
export function requestPath(operation: AnyOperation, request: OperationRequest<AnyOperation>): string {
  const params = (request.params ?? {}) as Readonly<Record<string, unknown>>;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((request.query as Parts) ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

export function requestHeaders(
  operation: AnyOperation,
  request: OperationRequest<AnyOperation>,
  token: string | null,
  version: string,
): Record<string, string> {
  const { ifMatch, idempotencyKey, requestId } = request;
  const type = operation.stream === 'request' ? 'application/x-ndjson' : 'application/json';
  return {
    accept: 'application/json, application/problem+json',
    'user-agent': `storectl/${version}`,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(operation.body === undefined ? {} : { 'content-type': type }),
    ...(ifMatch === undefined ? {} : ifMatch === null ? { 'if-none-match': '*' } : { 'if-match': ifMatch }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
  };
}

export function requestBody(
  operation: AnyOperation,
  request: OperationRequest<AnyOperation>,
): string | Readable | null {
  if (operation.body === undefined) return null;
  if (operation.stream !== 'request') return JSON.stringify(request.body ?? {});
  return Readable.from(ndjson(request.body as LineBlocks));
}

/** Lines that are sent at once: of usual length, some 100 KB. */
const AT_ONCE = 1_000;

async function* ndjson(blocks: LineBlocks): AsyncGenerator<string> {
  for await (const block of blocks) {
    for (let start = 0; start < block.length; start += AT_ONCE)
      yield `${block.slice(start, start + AT_ONCE).join('\n')}\n`;
  }
}
