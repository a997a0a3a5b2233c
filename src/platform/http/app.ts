import { type Context, Hono, type Next } from 'hono';
import type { Answer, AnyOperation, OperationRequest } from '../../contract/operation.ts';
import { allOperations, api } from '../../contract/operations/index.ts';
import type { RequestError } from '../../contract/problem-errors.ts';
import { Failure } from '../../domain/failure.ts';
import type { Caller } from '../parts.ts';
import type { Platform } from '../platform.ts';
import { invalidRequest } from '../validate-request.ts';
import { HUNG_UP_STATUS, HungUp } from './hung-up.ts';
import { openApiDocument } from './openapi.ts';
import { httpFailure, problemResponse } from './problem.ts';
import { RATE_LIMIT, type RateLimit, RateLimiter } from './rate-limit.ts';
import { BODY_LIMITS, type BodyLimits, readBody } from './request-body.ts';
import { streamLines } from './response-stream.ts';

export interface AppOptions {
  readonly version: string;
  readonly newId: () => string;
  readonly rateLimit?: RateLimit;
  readonly bodyLimits?: BodyLimits;
  /** One record per request, with no secret in it. */
  readonly onRequest?: (record: RequestRecord) => void;
  /** What was thrown and is no Failure: a bug, with the request that met it. */
  readonly onBug?: (error: unknown, requestId: string) => void;
}

export interface RequestRecord {
  readonly at: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly actor: string | null;
}

interface Variables {
  requestId: string;
  actor: string | null;
}

type App = Hono<{ Variables: Variables }>;
type AppContext = Context<{ Variables: Variables }>;

/** The admin API over HTTP: every operation of the contract on its route, and nothing that is not in the contract. */
export function createApp(platform: Platform, options: AppOptions): App {
  const app: App = new Hono();
  app.use((c, next) => stampAndRecord(platform, options, c, next));
  app.onError((error, c) => {
    if (error instanceof HungUp) return new Response(null, { status: HUNG_UP_STATUS });
    if (!(error instanceof Failure)) options.onBug?.(error, c.get('requestId'));
    return problemResponse(error, c.get('requestId'));
  });
  app.get('/healthz', async (c) => {
    await platform.call(api.platform.info, {}, { actor: 'healthz', role: 'viewer' });
    return c.json({ status: 'ok' });
  });
  app.get('/openapi.json', async (c) => c.json(await openApiDocument(options.version)));

  const limiter = new RateLimiter(options.rateLimit ?? RATE_LIMIT);
  for (const [path, operations] of byPath(allOperations())) {
    app.all(path, async (c) => {
      const operation = operations.get(c.req.method === 'HEAD' ? 'GET' : c.req.method);
      if (operation === undefined) throw noMethod(c.req.method, [...operations.keys()]);
      const caller = await callerOf(platform, c.req.header('authorization'));
      c.set('actor', caller.actor);
      if (operation.traffic !== 'buyers') limiter.take(caller.actor, platform.now());
      const request = await requestOf(operation, c, options.bodyLimits ?? BODY_LIMITS);
      return respond(operation, await platform.call(operation, request, caller), c.req.raw.headers);
    });
  }
  app.notFound((c) =>
    problemResponse(
      httpFailure('not-found', `There is nothing at ${c.req.path}.`, 'The paths are in /openapi.json.'),
      c.get('requestId'),
    ),
  );
  return app;
}

/** Gives each request its name and each answer its headers, and tells whoever keeps a log. */
async function stampAndRecord(platform: Platform, options: AppOptions, c: AppContext, next: Next): Promise<void> {
  const started = performance.now();
  c.set('requestId', requestIdOf(c.req.header('x-request-id')) ?? options.newId());
  c.set('actor', null);
  await next();
  c.res.headers.set('x-request-id', c.get('requestId'));
  c.res.headers.set('date', new Date(platform.now()).toUTCString());
  c.res.headers.set('cache-control', 'no-store');
  c.res.headers.set('x-content-type-options', 'nosniff');
  options.onRequest?.({
    at: new Date(platform.now()).toISOString(),
    requestId: c.get('requestId'),
    method: c.req.method,
    path: c.req.path,
    status: c.res.status,
    milliseconds: Math.round(performance.now() - started),
    actor: c.get('actor'),
  });
}

async function requestOf(
  operation: AnyOperation,
  c: AppContext,
  limits: BodyLimits,
): Promise<OperationRequest<AnyOperation>> {
  return {
    params: operation.params === undefined ? undefined : c.req.param(),
    query: queryOf(operation, c),
    body: await readBody(operation, c.req.raw, limits),
    ...preconditionOf(operation, c.req.raw.headers),
    ...keyOf(c.req.header('idempotency-key')),
    requestId: c.get('requestId'),
  } as OperationRequest<AnyOperation>;
}

/** Each parameter once: which of two was meant, nobody can know. */
function queryOf(operation: AnyOperation, c: AppContext): Record<string, string> {
  const query: [string, string][] = [];
  const errors: RequestError[] = [];
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (values.length > 1) errors.push({ parameter: name, detail: `is given ${values.length} times` });
    query.push([name, values[0] ?? '']);
  }
  if (errors.length > 0) throw invalidRequest(operation, errors);
  return Object.fromEntries(query);
}

function byPath(operations: readonly AnyOperation[]): ReadonlyMap<string, ReadonlyMap<string, AnyOperation>> {
  const paths = new Map<string, Map<string, AnyOperation>>();
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    paths.set(path, (paths.get(path) ?? new Map<string, AnyOperation>()).set(operation.method, operation));
  }
  return paths;
}

async function callerOf(platform: Platform, header: string | undefined): Promise<Caller> {
  const secret = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  const caller = secret === undefined ? null : await platform.authenticate(secret);
  if (caller !== null) return caller;
  throw httpFailure(
    'unauthenticated',
    secret === undefined ? 'The request has no bearer token.' : 'The token is unknown, revoked or expired.',
    'Get a token from an admin of the platform (storectl platform token create) and store it with the context.',
  );
}

/** `If-None-Match: *` says that there must be none yet; the embedded call says it as null. */
function preconditionOf(operation: AnyOperation, headers: Headers): { readonly ifMatch?: string | null } {
  if (operation.effect === 'read') return {};
  const match = headers.get('if-match');
  if (headers.get('if-none-match')?.trim() !== '*') return match === null ? {} : { ifMatch: match.trim() };
  if (match === null) return { ifMatch: null };
  throw httpFailure('invalid-request', 'If-Match and If-None-Match contradict each other.', 'Send one of them.');
}

function keyOf(key: string | undefined): { readonly idempotencyKey?: string } {
  return key === undefined ? {} : { idempotencyKey: key };
}

function respond(operation: AnyOperation, answer: Answer<unknown>, headers: Headers): Response {
  const etag: Record<string, string> = answer.etag === undefined ? {} : { etag: answer.etag };
  if (operation.stream === 'response') {
    const lines = streamLines(answer.value as AsyncIterable<unknown>);
    return new Response(lines, { headers: { ...etag, 'content-type': 'application/x-ndjson' } });
  }
  if (operation.effect === 'read' && answer.etag !== undefined && headers.get('if-none-match') === answer.etag) {
    return new Response(null, { status: 304, headers: etag });
  }
  return new Response(JSON.stringify(answer.value), {
    status: operation.status ?? 200,
    headers: { ...etag, 'content-type': 'application/json' },
  });
}

function requestIdOf(header: string | undefined): string | null {
  return header !== undefined && /^[\x21-\x7e]{1,200}$/.test(header) ? header : null;
}

function noMethod(method: string, allowed: readonly string[]): Failure {
  const allow = allowed.includes('GET') ? ['HEAD', ...allowed] : allowed;
  return httpFailure('method-not-allowed', `This path has no ${method}.`, `It has ${allow.join(', ')}.`, {
    allow: allow.join(', '),
  });
}
