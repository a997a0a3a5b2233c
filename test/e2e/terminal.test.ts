import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { storectl } from './support/installed.ts';
import { hasTerminal, inTerminal } from './support/terminal.ts';

const ID = 'a-context-whose-name-is-long';

async function home(): Promise<string> {
  const folder = temporaryFolder();
  const url = 'https://a-very-long-name-of-a-platform.example.com/behind/a/path';
  await storectl(['contexts', 'add', ID, '--url', url], { env: { STORECTL_HOME: folder } });
  return folder;
}

describe.skipIf(!hasTerminal)('at a terminal', () => {
  it.each([40, 80, 200])('of %i columns a list fits, and shows ids whole', async (columns) => {
    const terminal = inTerminal(['contexts', 'list'], { columns, env: { STORECTL_HOME: await home() } });
    expect(await terminal.ended).toBe(0);
    const lines = terminal.text().trimEnd().split('\n');
    expect(lines.some((line) => line.startsWith(ID))).toBe(true);
    for (const line of lines.filter((own) => !own.startsWith('Not shown')))
      expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('there is colour, unless NO_COLOR or a dumb terminal says otherwise', async () => {
    const colours = async (env: Readonly<Record<string, string>>) => {
      const terminal = inTerminal(['contexts', 'list'], { env: { STORECTL_HOME: await home(), ...env } });
      await terminal.ended;
      // Colours and weights; showing the cursor again is none.
      return /\u001b\[[0-9;]*m/.test(terminal.raw());
    };
    expect(await colours({})).toBe(true);
    expect(await colours({ NO_COLOR: '1' })).toBe(false);
    expect(await colours({ TERM: 'dumb' })).toBe(false);
  });

  it('a token is not asked for where it would be seen', async () => {
    const terminal = inTerminal(['contexts', 'add', 'x', '--url', 'https://x.example.com', '--token-file', '-']);
    expect(await terminal.ended).toBe(2);
    expect(terminal.text()).toContain('Pipe it in, or name a file');
  });
});
