import { expect, it } from 'vitest';
import { commandFiles } from '../../scripts/command-files.ts';

it('takes out of the manifest what only the help of a command needs', () => {
  const relativePath = ['dist', 'commands', 'sites', 'list.js'];
  const brief = { id: 'sites:list', summary: 'List the sites.', hidden: false, aliases: [], relativePath };
  const details = { flags: { market: { name: 'market' } }, args: {}, description: 'A site …', examples: ['list'] };
  const manifest = JSON.stringify({ commands: { 'sites:list': { ...details, ...brief } }, version: '1.0.0' });

  const files = [...commandFiles(manifest)].map(([path, text]) => [path, JSON.parse(text)]);

  expect(files).toEqual([
    ['dist/commands/sites/list.json', details],
    ['dist/commands.json', { commands: { 'sites:list': brief }, version: '1.0.0' }],
  ]);
});
