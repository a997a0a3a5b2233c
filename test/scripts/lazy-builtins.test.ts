import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { lazyBuiltins } from '../../scripts/lazy-builtins.ts';

/** Bundles and runs a module's text; returns the built-in modules it asked for, and what it exports. */
async function run(source: string): Promise<{ readonly asked: readonly string[]; readonly found: unknown }> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, sourcefile: 'source.js' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bundle',
    platform: 'node',
    plugins: [lazyBuiltins],
  });
  const asked: string[] = [];
  const getBuiltinModule = (name: string) => {
    asked.push(name);
    return process.getBuiltinModule(name);
  };
  const bundled = new Function('process', `${outputFiles[0]?.text}; return bundle;`)({ ...process, getBuiltinModule });
  return { found: bundled.found, asked };
}

describe('lazyBuiltins', () => {
  it.each([
    ['an import', "import { join } from 'node:path'; export const found = join('a', 'b');", 'a/b', ['node:path']],
    ['a default', "import path from 'path'; export const found = path.join('a', 'b');", 'a/b', ['node:path']],
    ['a require', "export const found = require('path').join('a', 'b');", 'a/b', ['node:path']],
    [
      'a constant',
      "import { constants } from 'node:crypto'; export const found = typeof constants;",
      'object',
      ['node:crypto'],
    ],
  ])('gives %s what it names, and reads nothing else', async (_, source, found, asked) => {
    expect(await run(source)).toEqual({ found, asked });
  });

  it('loads what is slow when it is called', async () => {
    const unused = "import { randomUUID } from 'node:crypto'; export const found = typeof randomUUID;";
    expect(await run(unused)).toEqual({ found: 'function', asked: [] });
    const used = "import { randomUUID } from 'node:crypto'; export const found = randomUUID().length;";
    expect(await run(used)).toEqual({ found: 36, asked: ['node:crypto'] });
  });
});
