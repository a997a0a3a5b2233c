import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { govukFolder, govukIsPresent, readCorpus } from './govuk-corpus.ts';
import { govukDocument } from './govuk-document.ts';

/** Writes the consolidation of GOV.UK as a document with its files of rules: `npm run example:govuk -- --out DIR`. */
const { values } = parseArgs({ options: { out: { type: 'string' } } });

function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}

if (!govukIsPresent) refuse(`The corpus is not at ${govukFolder}. Name its folder: GOVUK_DATA=DIR`);
if (values.out === undefined) refuse('Where to? --out DIR, a folder that is new or empty');
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
if (readdirSync(out).length > 0) refuse(`${values.out} is not empty; nothing was written.`);

const { document, files, undecided, leftOut } = govukDocument(readCorpus());
function put(file: string, text: string): void {
  const path = join(out, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
put('storectl.yaml', stringify(document, { lineWidth: 0 }));
for (const [file, text] of files) put(file, text);

const count = (section: string): number => Object.keys(document[section] as object).length;
console.log(`Wrote ${join(values.out, 'storectl.yaml')}:`);
console.log(`  ${count('sites')} sites, ${count('shutdowns')} shutdowns, ${count('rulesets')} rulesets`);
console.log(
  `  ${files.size - 1} files of rules; ${undecided} mappings that nobody had decided on are in undecided.csv`,
);
if (leftOut.length > 0) console.log(`Left out:\n${leftOut.map((one) => `  ${one}`).join('\n')}`);
