import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SubmittedDocument } from '../../../src/domain/document/schema.ts';
import { POCO } from '../../platform/poco.ts';
import { temporaryFolder } from '../support/in-process.ts';

/** The POCO document, or another one, as a file of its own. */
export function documentFile(document: SubmittedDocument = POCO): string {
  const file = join(temporaryFolder(), 'storectl.yaml');
  writeFileSync(file, stringify(document, { aliasDuplicateObjects: false }));
  return file;
}
