import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from './main.ts';

/** The installed program: the entry that bin/run.js imports from dist. */
const root = new URL('..', import.meta.url);
await main({ root: fileURLToPath(root), pjson: JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) });
