import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../src/platform/http/openapi.ts';

/** Writes docs/openapi.json from the contract; with --check, only says whether it is current. */
const root = join(import.meta.dirname, '..');
const file = join(root, 'docs', 'openapi.json');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const text = `${JSON.stringify(await openApiDocument(version), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readIfThere() !== text) {
    console.error('docs/openapi.json is not current: run `node scripts/openapi.ts` and commit it.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, text);
}

function readIfThere(): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
