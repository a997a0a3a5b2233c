import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { installation } from '../cli/support/platform.ts';

const root = resolve(import.meta.dirname, '../..');
const COMMITTED = readFileSync(join(root, 'docs/storectl.schema.json'), 'utf8');

test('the committed schema is the one that is printed', async () => {
  const { stdout } = await installation().run(['schema']);
  expect(stdout).toBe(COMMITTED);
});

test('no object of the document takes keys that are not described, and ids are held to their form', async () => {
  const { stdout } = await installation().run(['schema', '--json']);
  const { data } = JSON.parse(stdout);
  let objects = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node) {
      objects += 1;
      expect(node).toMatchObject({ additionalProperties: false });
    }
    Object.values(node).forEach(visit);
  };
  visit(data);
  expect(objects).toBeGreaterThan(7);
  expect(data.properties.sites.propertyNames.pattern).toBe('^[a-z0-9]+(-[a-z0-9]+)*$');
  expect(data.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
});
