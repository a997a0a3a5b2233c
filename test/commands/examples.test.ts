/// <reference types="vite/types/importMeta.d.ts" />
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Installation, installation } from '../cli/support/platform.ts';

const commands = import.meta.glob('../../src/commands/{*,changes/*,contexts/*}.ts');

type Example = string | { readonly command: string };

/** In the order in which one builds on another. */
const ORDER = [
  ...['schema', 'autocomplete', 'validate', 'contexts add', 'contexts list', 'contexts show', 'contexts use'],
  ...['contexts remove', 'doctor', 'plan', 'apply', 'export', 'ids', 'explain', 'status', 'timeline', 'changes list'],
  ...['changes show', 'changes verify', 'init', 'rollback'],
];

/** What ends otherwise here, where nobody can be asked, and one example comes after the other. */
const OTHER_EXIT: Readonly<Record<string, number>> = {
  'plan -f storectl.yaml --out plan.json --exit-code --no-input': 3,
  'contexts remove staging --no-input': 5,
  'contexts remove staging --json': 5,
  init: 2,
  'rollback last': 2,
};

async function examplesOf(command: string): Promise<readonly string[]> {
  const load = commands[`../../src/commands/${command.replace(' ', '/')}.ts`];
  const [loaded] = Object.values((await load?.()) ?? {}) as { readonly examples: readonly Example[] }[];
  return (loaded?.examples ?? []).map((example) => (typeof example === 'string' ? example : example.command));
}

/** A line as a shell takes it: what is piped in, the words, and nothing of where the output goes. */
async function runLine(program: Installation, line: string, more: readonly string[] = []) {
  // No test asks the network: what is said of `prod` holds of the platform here.
  const [, command = ''] = /<%= config\.bin %> ([^<>|]*)/.exec(line.replace(' --context prod', '')) ?? [];
  const words = [...command.trim().matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const stdin = line.startsWith('printenv') ? 'a-token\n' : 'https://po.co/uk/phones/f6\n';
  const document = / < storectl\.yaml$/.test(line);
  const ended = await program.run([...words, ...more], { stdin: document ? DOCUMENT : stdin });
  return { ...ended, command: command.trim() };
}

const DOCUMENT = 'version: 1\n';

function asInTheExamples(): Installation {
  const program = installation();
  const example = resolve(import.meta.dirname, '../../examples');
  cpSync(example, join(program.folder, 'examples'), { recursive: true });
  cpSync(join(example, 'poco-2024'), program.folder, { recursive: true });
  writeFileSync(join(program.folder, 'urls.txt'), 'https://po.co/uk/phones/f6\n');
  return program;
}

describe('the examples of commands on the whole state', () => {
  it('run as written', { timeout: 60_000 }, async () => {
    const names = Object.keys(commands).map((file) => file.replace(/^.*commands\/(.*)\.ts$/, '$1').replace('/', ' '));
    expect(names.toSorted()).toEqual(ORDER.toSorted());
    const program = asInTheExamples();
    const failed: unknown[] = [];
    for (const name of ORDER) {
      // Something small to roll back.
      if (name === 'rollback') await program.run(['markets', 'change', 'gb', '--name', 'Great Britain', '--yes']);
      const examples = await examplesOf(name);
      expect({ name, count: examples.length }).toEqual({ name, count: 3 });
      for (const line of examples) {
        // What a person would be asked for is given, and nothing is written twice.
        const more = CONSENT[name]?.(line) ?? [];
        const { exit, stderr, stdout, command } = await runLine(program, line, more);
        const expected = OTHER_EXIT[command] ?? 0;
        if (exit !== expected) failed.push({ command, exit, said: stderr + stdout });
      }
    }
    expect(failed).toEqual([]);
  });
});

const CONSENT: Readonly<Record<string, (line: string) => readonly string[]>> = {
  apply: (line) => (line.includes('--yes') ? [] : ['--dry-run']),
  export: (line) => (line.includes('--out') ? ['--force'] : []),
  init: (line) => (line.includes('--brand') ? ['--force'] : []),
};
