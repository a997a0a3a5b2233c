import { fileURLToPath } from 'node:url';
import { main } from './main.ts';

/** The installed program: the entry that bin/run.js imports from dist. */
// `import` of node:fs reads each of its exports, of which some load more: 4 ms of a start that takes 30.
const { readFileSync } = process.getBuiltinModule('node:fs');
const root = new URL('..', import.meta.url);
await main({ root: fileURLToPath(root), pjson: JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) });
