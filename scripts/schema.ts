import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { documentJsonSchemaText } from '../src/cli/document/json-schema.ts';

/** Writes docs/storectl.schema.json. With --check nothing is written, and a stale one ends with exit 1. */
const docs = resolve(import.meta.dirname, '..', 'docs');
const file = join(docs, 'storectl.schema.json');
const current = documentJsonSchemaText();

if (!process.argv.includes('--check')) {
  await mkdir(docs, { recursive: true });
  await writeFile(file, current);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== current) {
  console.error('docs/storectl.schema.json is stale. Run `node scripts/schema.ts` and commit it.');
  process.exitCode = 1;
}
