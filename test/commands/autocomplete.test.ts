import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, temporaryFolder } from '../cli/support/in-process.ts';

describe('autocomplete', () => {
  it('writes completion below STORECTL_HOME and prints the line alone into a pipe', async () => {
    const home = temporaryFolder();
    const { stdout, exit } = await run(['autocomplete', 'bash'], { env: { STORECTL_HOME: home } });
    const setup = join(home, 'cache/autocomplete/bash_setup');
    expect(stdout).toBe(`test -f ${setup} && source ${setup}\n`);
    expect(existsSync(setup)).toBe(true);
    expect(exit).toBe(0);
  });

  it('takes the shell from SHELL, and says so where that is none', async () => {
    const { stdout } = await run(['autocomplete', '--json'], { env: { SHELL: '/usr/bin/zsh' } });
    expect(JSON.parse(stdout).data).toMatchObject({ shell: 'zsh', startFile: '~/.zshrc' });
    const { stderr, exit } = await run(['autocomplete'], { env: { SHELL: '/bin/fish' } });
    expect(stderr).toContain('storectl autocomplete bash|zsh|powershell');
    expect(exit).toBe(2);
  });
});
