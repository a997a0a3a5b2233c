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
    [['exceptions', 'grant', '--until', '2025-01-01'], 'Unknown flag --until. Did you mean --ends-at?', ''],
    [['contexts', 'list', '--filter', 'nope=1'], 'unknown column "nope".\n', ''],
  ])('%j is told with its way out', async (argv, message, remedy) => {
    const { stderr, stdout, exit } = await run(argv);
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
    expect(stderr).toContain(message);
    expect(stderr).toContain(remedy);
    expect(stderr).not.toContain('hunter2');
  });

  it.each([
    ['version', '--version'],
    ['login', 'contexts add'],
    ['diff', 'plan'],
    ['rules', 'redirects'],
    ['rules list', 'redirects list'],
    ['redirect list', 'redirects list'],
    ['site list', 'sites list'],
    ['sites ls', 'sites list'],
    ['sites delete poco-gb', 'sites remove'],
    ['shutdowns add', 'shutdowns schedule'],
    ['token create', 'platform token create'],
    ['platform tokens list', 'platform token'],
    ['undo', 'rollback'],
    ['statsu', 'status'],
  ])('in a command is answered with the nearest: %s', async (line, guess) => {
    const { stderr, stdout, exit } = await run(line.split(' '));
    expect(stderr).toContain(`Did you mean "${guess}`);
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
  });

  it.each(['zzzzzz', 'sites zzzzzz', 'constructor', 'sites constructor'])('that is near nothing: %s', async (line) => {
    const { stderr, exit } = await run(line.split(' '));
    expect(stderr).not.toContain('Did you mean');
    expect(exit).toBe(2);
  });

  it.each([
    ['--json=false contexts list', '--json'],
    ['contexts list --json=false', '--json'],
    ['contexts list --json=true', '--json'],
    ['apply plan.json --yes=no', '--yes'],
    ['apply plan.json --dry-run=hunter2', '--dry-run'],
    ['contexts list --no-input=', '--no-input'],
  ])('in a switch is no silent opposite: %s', async (line, flag) => {
    const { stderr, stdout, exit } = await run(line.split(' '));
    expect(stderr).toContain(`${flag} takes no value`);
    expect(stderr).not.toContain('hunter2');
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
  });

  it('after the dashes is an argument like any other', async () => {
    const { stderr } = await run(['contexts', 'show', '--', '--json=false']);
    expect(stderr).toContain('There is no context "--json=false"');
  });
});
