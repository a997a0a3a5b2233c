import { describe, expect, it } from 'vitest';
import { run } from '../cli/support/in-process.ts';

describe('a slip', () => {
  it.each([
    [['validate', 'storectl.yaml'], 'storectl.yaml is an argument more', 'Did you mean -f storectl.yaml?'],
    [['plan', 'poco/a.yml'], 'poco/a.yml is an argument more', 'Did you mean -f poco/a.yml?'],
    [['validate', 'hunter2'], '1 argument more', 'Add --help'],
    [['status', '-f', 'x.yaml', '--at', 'tomorrow'], '--at: "tomorrow"', ''],
    [['timeline', '-f', 'x.yaml', '--to', 'tomorrow'], '--to: "tomorrow"', ''],
    [['autocomplete', 'fish'], 'SHELL: completion knows no "fish". It knows bash, zsh, powershell.', ''],
    [['contexts', 'add', 'local', '--url', 'https://p.example'], 'The name "local" is taken', 'Choose another name.'],
    [['contexts', 'list', '--filter', 'nope=1'], 'unknown column "nope".\n', ''],
  ])('%j is told with its way out', async (argv, message, remedy) => {
    const { stderr, stdout, exit } = await run(argv);
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
    expect(stderr).toContain(message);
    expect(stderr).toContain(remedy);
    expect(stderr).not.toContain('hunter2');
  });
});
