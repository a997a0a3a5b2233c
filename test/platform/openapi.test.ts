import { describe, expect, it } from 'vitest';
import { allOperations } from '../../src/contract/operations/index.ts';
import { openApiDocument } from '../../src/platform/http/openapi.ts';

type Node = { readonly [key: string]: unknown };

const document = await openApiDocument('1.2.3');
const operations = Object.entries(document['paths'] as Record<string, Record<string, Node>>).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

/** Every object in the document, with the pointer to it. */
function* nodes(value: unknown, pointer = '#'): Generator<readonly [string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [pointer, value as Node];
  for (const [key, inner] of Object.entries(value)) {
    yield* nodes(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

function resolve(pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, step) => (value as Node | undefined)?.[step], document);
}

describe('the OpenAPI document', () => {
  it('has every operation of the contract, each once', () => {
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(
      allOperations()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it('has no reference that leads nowhere', () => {
    const references = [...nodes(document)].flatMap(([, node]) =>
      typeof node['$ref'] === 'string' ? [node['$ref']] : [],
    );
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => !reference.startsWith('#/') || resolve(reference) === undefined)).toEqual(
      [],
    );
  });

  it('names exactly the path parameters that the path has, all required', () => {
    for (const { path, operation } of operations) {
      const named = (operation['parameters'] as Node[]).filter((p) => p['in'] === 'path');
      expect(named.map((p) => p['name']).toSorted()).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted(),
      );
      expect(named.every((p) => p['required'] === true)).toBe(true);
    }
  });

  it('gives every response a description, every parameter a schema, and reads no body with GET', () => {
    for (const { method, operation } of operations) {
      for (const response of Object.values(operation['responses'] as Record<string, Node>)) {
        expect(response['description']).toEqual(expect.any(String));
      }
      for (const parameter of operation['parameters'] as Node[]) expect(parameter['schema']).toBeTypeOf('object');
      if (method === 'get') expect(operation).not.toHaveProperty('requestBody');
    }
  });

  it('is the same text each time', async () => {
    expect(JSON.stringify(await openApiDocument('1.2.3'))).toBe(JSON.stringify(document));
  });
});
