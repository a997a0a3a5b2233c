import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Runs the benchmarks, or those that are named (`npm run bench -- edge redirects`), each in a process of its own, one
 * after the other, into one table. With --write all of them run and the table is kept in docs/benchmarks.md. Each
 * figure has its peer in the same run: seconds of another machine say nothing.
 */
const root = resolve(import.meta.dirname, '..');

/** Each prints a table of its rows, and is a program of its own. */
const BENCHMARKS = [
  'startup',
  'explain',
  'answer',
  'plan-apply',
  'redirects',
  'import',
  'edge',
  'audit',
  'checklist',
  'reservations',
] as const;

type Benchmark = (typeof BENCHMARKS)[number];

const HEADER = ['| benchmark | what | ours | peer | ratio | bound |', '| --- | --- | --- | --- | --- | --- |'];

function chosen(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.find((name) => !BENCHMARKS.some((benchmark) => benchmark === name));
  if (unknown !== undefined) {
    console.error(`There is no benchmark ${unknown}; there are ${BENCHMARKS.join(', ')}.`);
    process.exit(2);
  }
  return names.length === 0 ? BENCHMARKS : BENCHMARKS.filter((benchmark) => names.includes(benchmark));
}

/** The rows of a benchmark; what else it prints, such as a peer that is missing, is said beside the table. */
function run(benchmark: Benchmark): readonly string[] {
  const file = join(root, 'bench', `${benchmark}.ts`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench/${benchmark}.ts ended with ${status}: ${stderr}`);
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines) if (!line.startsWith('|')) console.error(`${benchmark}: ${line}`);
  return lines
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => `| ${benchmark} ${line}`);
}

function page(rows: readonly string[]): string {
  return `# Benchmarks

Printed by \`npm run bench\` (one of them by \`npm run bench -- edge\`), and written here by \`npm run bench -- --write\`.
Each figure has its peer in the same run, and \`ratio\` is ours to the peer's; the machine is shared and noisy, so that
single runs differ by a fifth. nginx and wrk are Debian's.

Node ${process.versions.node}, ${process.platform}, ${cpus().length} cores.

${[...HEADER, ...rows].join('\n')}

- \`startup\`: whole runs of the built program, in turns with a bare Node; medians.
- \`explain\`, \`answer\`: 100,000 rules and more in one process, from the text of a URL; the peer has its keys ready.
- \`plan-apply\`: the embedded platform on an empty file; the peer inserts the same rows by prepared statements.
- \`redirects\`: a million seeded rules; the peer loads the same as a \`map\`.
- \`import\`: the same rules over HTTP into a platform of its own, durable; the peer inserts them by one prepared statement.
- \`checklist\`: the embedded platform with 250 markets and 200,000 products, in processor time; the peer reads and parses 40 of them by key.
- \`edge\`: \`storectl edge serve\`, one process, and nginx with one worker, asked by \`wrk\` for the same URLs in turns.
- \`audit\`: the embedded platform, 250 markets; the peer reads the same lines from a plain SQLite file and parses them.
- \`reservations\`: over HTTP into a platform of its own, each answered when it is on the disk; the peer is the same transaction
  straight to SQLite, one at a time, before and after. How fast the disk is sure decides; TMPDIR names another.
`;
}

const named = process.argv.slice(2).filter((argument) => argument !== '--write');
const writes = process.argv.includes('--write');
const benchmarks = chosen(writes ? [] : named);
const rows: string[] = [];
for (const line of HEADER) console.log(line);
for (const benchmark of benchmarks) {
  for (const row of run(benchmark)) {
    console.log(row);
    rows.push(row);
  }
}
if (writes) writeFileSync(join(root, 'docs/benchmarks.md'), page(rows));
