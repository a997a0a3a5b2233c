import { type AnyOperation, COMMON_PROBLEMS } from '../../contract/operation.ts';
import { allOperations } from '../../contract/operations/index.ts';
import { PROBLEMS, type ProblemCode } from '../../contract/problems.ts';

import { type Json, SharedSchemas } from './openapi-schemas.ts';

/** The OpenAPI 3.1 document of the admin API, written from the contract alone: the same input gives the same text. */
export async function openApiDocument(version: string): Promise<Json> {
  const schemas = new SharedSchemas();
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of allOperations()) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: await describe(operation, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'storectl admin API',
      version,
      description:
        'Plan, apply, explain and roll back the closing and opening of regional storefronts. Every write is a change set: all of it or none.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      headers: HEADERS,
      schemas: { ...schemas.named(), Problem: PROBLEM },
    },
  };
}

async function describe(operation: AnyOperation, schemas: SharedSchemas): Promise<Json> {
  const body = operation.body === undefined ? {} : { requestBody: await requestBody(operation, schemas) };
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.name.split('.')[0]],
    description: `Role: ${operation.role}.`,
    parameters: await parameters(operation, schemas),
    ...body,
    responses: await responses(operation, schemas),
  };
}

async function parameters(operation: AnyOperation, schemas: SharedSchemas): Promise<readonly Json[]> {
  return [
    ...(await fromObject(operation.params, 'path', schemas)),
    ...(await fromObject(operation.query, 'query', schemas)),
    ...(operation.effect === 'write' ? [IDEMPOTENCY_KEY] : []),
    ...(operation.precondition === undefined ? [] : [IF_MATCH, IF_NONE_MATCH]),
    REQUEST_ID,
  ];
}

async function fromObject(
  shape: AnyOperation['params'],
  place: 'path' | 'query',
  schemas: SharedSchemas,
): Promise<readonly Json[]> {
  if (shape === undefined) return [];
  const given = schemas.of(await shape(), 'input') as ObjectSchema;
  const taken = schemas.of(await shape(), 'output') as ObjectSchema;
  return Object.entries(given.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (given.required ?? []).includes(name),
    schema: parameterSchema(property, taken.properties?.[name] ?? {}),
  }));
}

/** What a value may be on its way in, where that says anything: before it is read as a number, it may be any text. */
function parameterSchema(given: Json, taken: Json): Json {
  const { default: preset } = taken;
  const hasForm = Object.keys(given).some((key) => key !== 'default' && key !== 'description');
  return { ...(preset === undefined ? {} : { default: preset }), ...(hasForm ? {} : taken), ...given };
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
}

async function requestBody(operation: AnyOperation, schemas: SharedSchemas): Promise<Json> {
  const schema = operation.body === undefined ? {} : schemas.of(await operation.body(), 'input');
  return operation.stream === 'request'
    ? {
        required: true,
        description: 'One value a line; gzip is allowed.',
        content: { 'application/x-ndjson': { schema } },
      }
    : { required: operation.method !== 'DELETE', content: { 'application/json': { schema } } };
}

async function responses(operation: AnyOperation, schemas: SharedSchemas): Promise<Json> {
  const type = operation.stream === 'response' ? 'application/x-ndjson' : 'application/json';
  const success = {
    description: 'Done',
    headers: {
      'x-request-id': { $ref: '#/components/headers/x-request-id' },
      ...(operation.etag === undefined ? {} : { ETag: { $ref: '#/components/headers/ETag' } }),
    },
    content: { [type]: { schema: schemas.of(await operation.output(), 'output') } },
  };
  return { [String(operation.status ?? 200)]: success, ...problems(operation) };
}

function problems(operation: AnyOperation): Record<string, Json> {
  const keyed: readonly ProblemCode[] =
    operation.effect === 'write' ? ['idempotency-key-needed', 'idempotency-key-reused', 'idempotency-in-flight'] : [];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...operation.problems, ...keyed, ...COMMON_PROBLEMS])) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
}

const header = (name: string, required: boolean, description: string): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  true,
  'A fresh one per write; a retry with the same gets the first answer.',
);
const IF_MATCH = header('If-Match', false, 'The ETag that must still hold. This or If-None-Match is required.');
const IF_NONE_MATCH = header('If-None-Match', false, '`*`: there must be none yet.');
const REQUEST_ID = header('x-request-id', false, 'Echoed, and made where it is absent.');

const HEADERS: Json = {
  'x-request-id': { description: 'The request’s name in logs', schema: { type: 'string' } },
  ETag: { description: 'The version', schema: { type: 'string' } },
};

const PROBLEM: Json = {
  description: 'RFC 9457',
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable', enum: Object.keys(PROBLEMS) },
    requestId: { type: 'string' },
    remedy: { type: 'string', description: 'The way out' },
    errors: {
      type: 'array',
      description: 'Every fault once, at its place',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'RFC 6901, into the body' },
          parameter: { type: 'string' },
          line: { type: 'integer', description: 'Of the lines that were sent, from 1' },
          detail: { type: 'string' },
          code: { type: 'string', description: 'What kind of fault it is, where a document is wrong' },
          severity: { type: 'string', enum: ['error', 'warning'] },
          remedy: { type: 'string', description: 'The way out of this one' },
        },
      },
    },
    details: { description: 'What else there is to know' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
};
