import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Runs every benchmark, each in a process of its own, one after the other. With --write what they print is kept in
 * docs/benchmarks.md. Figures are ratios to a baseline of the same run: seconds of another machine say nothing.
 */
const root = resolve(import.meta.dirname, '..');

interface Benchmark {
  readonly file: string;
  readonly title: string;
  /** What is asked of it. */
  readonly bound: string;
}

const BENCHMARKS: readonly Benchmark[] = [
  {
    file: 'startup.ts',
    title: 'Start-up, as a ratio to `node -e 0`',
    bound: '`--version` and `--help` at most 2.5, `sites list` at most 4',
  },
  {
    file: 'explain.ts',
    title: 'Rules: 100,000 of them in one process',
    bound: 'at least 500,000 lookups a second',
  },
  {
    file: 'answer.ts',
    title: 'Answers: sites, states, exceptions and 100,000 rules',
    bound: 'at least 500,000 answers a second',
  },
  {
    file: 'plan-apply.ts',
    title: 'Plan and apply: 250 markets, 2,000 sites, 100,000 rules',
    bound: 'at most 10 s and 500 MB',
  },
];

function run({ file }: Benchmark): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bench', file)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench/${file} ended with ${status}: ${stderr}`);
  return stdout.trimEnd();
}

function page(results: readonly { readonly benchmark: Benchmark; readonly printed: string }[]): string {
  return [
    '# Benchmarks',
    '',
    'Printed by `npm run bench`, and written here by `npm run bench -- --write`. Each figure has its baseline in the same',
    'run; the machine is shared and noisy, so that single runs differ by a fifth.',
    '',
    `Node ${process.versions.node}, ${process.platform}, ${cpus().length} cores.`,
    ...results.flatMap(({ benchmark, printed }) => [
      '',
      `## ${benchmark.title}`,
      '',
      `\`node bench/${benchmark.file}\`: ${benchmark.bound}.`,
      '',
      '```',
      printed.replaceAll('\t', '  '),
      '```',
    ]),
    '',
  ].join('\n');
}

const results = BENCHMARKS.map((benchmark) => {
  console.log(`\n${benchmark.title} (${benchmark.bound})`);
  const printed = run(benchmark);
  console.log(printed);
  return { benchmark, printed };
});
if (process.argv.includes('--write')) writeFileSync(join(root, 'docs/benchmarks.md'), page(results));
