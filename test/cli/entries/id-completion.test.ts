import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bashIds } from '../../../src/cli/entries/id-completion.ts';
import { harmless } from '../../../src/cli/entries/ids.ts';
import { temporaryFolder } from '../support/in-process.ts';
import { smallWorld } from './world.ts';

describe('ids', () => {
  it('prints the ids of a topic, one a line', async () => {
    const program = await smallWorld();
    expect((await program.run(['ids', 'sites'])).stdout).toBe('mi-gb\npoco-fr\npoco-gb\n');
    expect((await program.run(['ids', 'shutdowns'])).stdout).toBe('');
    expect((await program.run(['ids', 'changes', '--json'])).stdout).toMatch(/^{"data":\["[0-9a-f-]{36}",.*"1"\]/);
    expect((await program.run(['ids', 'checklists'])).stdout).toBe('flash-sale\nmarket-opening\nstandard\n');
    expect((await program.run(['ids', 'nothing'])).exit).toBe(2);
  });

  it('gives a shell nothing that it could run', () => {
    expect(harmless(['poco-gb', '$(reboot)', '`id`', 'a b', '-x', '', '*', 'a;b', '~'])).toEqual(['poco-gb']);
  });
});

describe('completion in bash', () => {
  /** What completion offers for the words, with a program that knows one id of each topic. */
  function complete(...words: string[]): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'bin'));
    // Without a launch, the word after the topic is a flag.
    writeFileSync(
      join(folder, 'bin/storectl'),
      '#!/bin/sh\ncase "$3" in -*) echo "$2-1" ;; *) echo "$2-1-of-$3" ;; esac\n',
    );
    chmodSync(join(folder, 'bin/storectl'), 0o755);
    const script = [
      '_storectl_autocomplete() { COMPREPLY=(of-the-plugin); }',
      bashIds('storectl'),
      `COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))`,
      `_storectl_with_ids; echo "\${COMPREPLY[*]}"`,
    ].join('\n');
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
    return execFileSync('bash', ['-c', script, 'bash', 'storectl', ...words], { env, encoding: 'utf8' }).trim();
  }

  it.each([
    ['an entry by its topic', ['sites', 'show', ''], 'sites-1'],
    ['what begins with what was typed', ['shutdowns', 'remove', 'shut'], 'shutdowns-1'],
    ['nothing that begins otherwise', ['shutdowns', 'remove', 'x'], ''],
    ['sites after --site and --into', ['shutdowns', 'schedule', 'x', '--into', ''], 'sites-1'],
    ['markets after --market', ['sites', 'list', '--market', ''], 'markets-1'],
    ['contexts after --context', ['sites', 'list', '--context', ''], 'contexts-1'],
    ['changes to roll back', ['rollback', ''], 'changes-1'],
    ['a launch to walk the checklist of', ['launches', 'checklist', ''], 'launches-1'],
    ['the items that a launch needs signed', ['launches', 'sign', 'opening', ''], 'manual-items-1-of-opening'],
    ['every item to waive', ['launches', 'waive', 'opening', 'it'], 'items-1-of-opening'],
    ['no item where a launch is due', ['launches', 'sign', ''], 'launches-1'],
    ['no item of what has none', ['launches', 'go', 'opening', ''], 'of-the-plugin'],
    ['a ruleset to add to', ['redirects', 'add', ''], 'redirects-1'],
    ['commands and flags by the plugin', ['sites', 'show', '--j'], 'of-the-plugin'],
    ['no id where a new one is named', ['sites', 'add', ''], 'of-the-plugin'],
  ])('offers %s', (_, words, offered) => {
    expect(complete(...words)).toBe(offered);
  });
});
