import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentSettings } from '../../../src/cli/settings/document-settings.ts';
import { collector, surroundingsFor, temporaryFolder } from '../support/in-process.ts';

function inFolder(text: string | null, env: Readonly<Record<string, string>> = {}) {
  const cwd = temporaryFolder();
  if (text !== null) writeFileSync(join(cwd, 'storectl.yaml'), text);
  return { ...surroundingsFor({ env }, collector().stream, collector().stream), cwd };
}

describe('the settings of the project’s document', () => {
  it.each([
    ['a block', 'version: 1\nsettings:\n  context: prod\nmarkets: {}\n', 'prod'],
    ['one line', 'version: 1\nsettings: { context: prod } # ours\n', 'prod'],
    ['comments between', 'settings:\n# which\n\n  context: "prod"\nsites: {}\n', 'prod'],
    ['Windows line ends', 'version: 1\r\nsettings:\r\n  context: prod\r\nmarkets: {}\r\n', 'prod'],
    ['no such key', 'version: 1\nsites:\n  settings:\n    context: prod\n', null],
    ['an empty key', 'settings:\nmarkets: {}\n', null],
    ['no name', 'settings: { context: [prod] }\n', null],
    ['no YAML', 'settings: {context: "prod\n', null],
    ['an empty file', '', null],
    ['no file', null, null],
  ])('are found with %s', async (_name, text, context) => {
    const found = await documentSettings(inFolder(text), {});
    expect(found).toEqual(context === null ? null : { file: 'storectl.yaml', values: { context } });
  });

  it('are those of the document that a flag or the environment names', async () => {
    const surroundings = inFolder('settings: { context: here }\n', { STORECTL_FILE: 'other.yaml' });
    writeFileSync(join(surroundings.cwd, 'other.yaml'), 'settings: { context: other }\n');
    writeFileSync(join(surroundings.cwd, 'flag.yaml'), 'settings: { context: flag }\n');
    expect((await documentSettings(surroundings, {}))?.values).toEqual({ context: 'other' });
    expect((await documentSettings(surroundings, { file: 'flag.yaml' }))?.values).toEqual({ context: 'flag' });
    expect(await documentSettings(surroundings, { file: '-' })).toBeNull();
    expect(await documentSettings(surroundings, { file: '.' })).toBeNull();
  });
});
