/// <reference types="vite/types/importMeta.d.ts" />
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Installation, installation } from '../support/platform.ts';

const commands = import.meta.glob(
  '../../../src/commands/{markets,freeze-windows,sites,shutdowns,redirects,exceptions,assertions}/*.ts',
);

/** What the examples take for granted besides what they add themselves. */
const TAKEN_FOR_GRANTED = [
  'markets add fr --name France --country FR --currency EUR --locale fr-FR --time-zone Europe/Paris',
  'markets add in --name India --country IN --currency INR --locale en-IN --time-zone Asia/Kolkata',
  'markets add pt --name Portugal --country PT --currency EUR --locale pt-PT --time-zone Europe/Lisbon',
];
const SITES_TAKEN_FOR_GRANTED = [
  'sites add mi-global --brand xiaomi --market gb --role unified --url https://www.mi.com/global/',
  'sites add poco-fr --brand poco --market fr --role legacy --url https://po.co/fr/',
  'sites add poco-in --brand poco --market in --role legacy --url https://poco.in/',
  'sites add poco-beta --brand poco --market in --role standalone --url https://beta.poco.in/',
];

const CREATE = [
  'markets add',
  'sites add',
  'shutdowns schedule',
  'exceptions grant',
  'freeze-windows add',
  'redirects add',
  'assertions add',
];

type Example = string | { readonly command: string };

/** The examples of a command, by its words: `sites add`. */
async function examplesOf(command: string): Promise<readonly string[]> {
  const load = commands[`../../../src/commands/${command.replace(' ', '/')}.ts`];
  const [loaded] = Object.values((await load?.()) ?? {}) as { readonly examples: readonly Example[] }[];
  const examples = (loaded?.examples ?? []).map((example) => (typeof example === 'string' ? example : example.command));
  return examples.map((example) => example.replace('<%= config.bin %> ', ''));
}

/** As a shell takes the line apart. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

async function succeed(program: Installation, line: string, ...more: string[]): Promise<void> {
  const { exit, stderr, stdout } = await program.run([...words(line), ...more]);
  expect({ line, exit, said: exit === 0 ? '' : stderr + stdout }).toEqual({ line, exit: 0, said: '' });
}

/** These read and write rules files of many formats, and have tests of their own. */
const OF_FILES: readonly string[] = [
  'convert',
  'coverage',
  'diff',
  'export',
  'import',
  'minimize',
  'prove',
  'verify',
].map((verb) => `redirects ${verb}`);
/** Answers with exit 3 where something does not hold, and reads a document that is not there. */
const OF_DOCUMENTS: readonly string[] = ['assertions check'];

/** A platform on which every example that makes something was carried out, in the order in which one builds on another. */
async function asTheExamplesSay(): Promise<Installation> {
  const program = installation();
  for (const line of TAKEN_FOR_GRANTED) await succeed(program, line, '--yes', '--quiet');
  for (const command of CREATE) {
    const [first = '', ...others] = await examplesOf(command);
    await succeed(program, first, '--yes', '--quiet');
    // The second and third of most say the same again; of `redirects add` they are further rules.
    if (command === 'redirects add')
      for (const line of others) await succeed(program, line.replace(/ --dry-run --json/, ''), '--yes');
    if (command === 'sites add')
      for (const line of SITES_TAKEN_FOR_GRANTED) await succeed(program, line, '--yes', '--quiet');
  }
  // A ruleset in which one rule more or less is no mass change.
  for (const path of ['a', 'b'])
    await succeed(program, `redirects add poco-gb --from /uk/${path} --status 410`, '--yes');
  mkdirSync(join(program.folder, 'redirects'));
  writeFileSync(join(program.folder, 'redirects/po.co-uk.csv'), 'from,to\n/uk/f6,https://www.mi.com/uk/poco-f6\n');
  return program;
}

describe('the examples of direct commands', () => {
  it('run as written, one after the other', { timeout: 60_000 }, async () => {
    const program = await asTheExamplesSay();
    const names = Object.keys(commands)
      .map((file) => file.replace(/^.*commands\/(.*)\.ts$/, '$1').replace('/', ' '))
      .filter((name) => !OF_FILES.includes(name) && !OF_DOCUMENTS.includes(name));
    expect(names).toHaveLength(36);
    for (const name of names.filter((own) => !CREATE.includes(own))) {
      const examples = await examplesOf(name);
      expect({ name, count: examples.length }).toEqual({ name, count: 3 });
      const writes = / (change|remove)$/.test(name);
      for (const line of examples) {
        await succeed(program, line.replace('*.csv', 'po.co-uk.csv'), ...(writes ? ['--dry-run'] : []));
      }
    }
  });
});
