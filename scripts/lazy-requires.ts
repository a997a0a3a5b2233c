import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { COMMAND_INDEX } from './command-files.ts';
import { type Patch, patch } from './patch.ts';

/** What oclif does at every start and this program has no use for; each costs 2 to 4 ms. */
const STAND_INS = {
  // oclif's own tracing, by DEBUG=*.
  debug: 'const silent = () => Object.assign(() => {}, { enabled: false, extend: silent }); module.exports = silent;',
  // For a check that is taken away below.
  semver: '',
};

/** The same within oclif's own files: a text of one of them and what stands there instead. */
const PATCHES: Readonly<Record<string, readonly Patch[]>> = {
  // Whether Node is new enough for oclif; bin/run.js asks for more than that.
  'index.js': [['\ncheckNodeVersion();', '']],
  // Whether it runs under WSL, only to name the platform by it.
  'util/os.js': [["(await import('wsl-utils')).isWsl", 'false']],
  // The first comparison by locale loads a collator; ids are ASCII.
  // And all of the manifest, where a tenth of it does.
  'config/plugin.js': [
    ['a.id.localeCompare(b.id)', '(a.id < b.id ? -1 : 1)'],
    ["''}oclif.manifest.json`", `''}${COMMAND_INDEX}\``],
    ['if (!dotfile)', 'if (false)'],
  ],
  // The manifest, which is needed at once, through four trips to the thread pool.
  'util/fs.js': [["await (0, promises_1.readFile)(path, 'utf8')", "(0, node_fs_1.readFileSync)(path, 'utf8')"]],
};

/**
 * Makes @oclif/core load its parts and dependencies at first use.
 *
 * It is CommonJS that requires everything at the top, so a bundle of it runs semver, minimatch, ejs, a file
 * globber and more before the first command. tsc's output is regular enough to turn `const x_1 = require("x")`
 * into a function, and each `x_1.` into a call of it; modules are still evaluated once.
 */
export const lazyRequires: Plugin = {
  name: 'lazy-requires',
  setup(build) {
    for (const [name, contents] of Object.entries(STAND_INS)) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ path, importer }) =>
        /@oclif[\\/]/.test(importer) ? { path, namespace: 'stand-in' } : null,
      );
      build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'stand-in' }, () => ({ contents, loader: 'js' }));
    }
    build.onLoad({ filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, async ({ path }) => ({
      contents: deferRequires(patch(await readFile(path, 'utf8'), path, patchesOf(path))),
      loader: 'js',
    }));
  },
};

function patchesOf(path: string): readonly Patch[] {
  return PATCHES[path.replaceAll('\\', '/').replace(/^.*\/lib\//, '')] ?? [];
}

export function deferRequires(source: string): string {
  const deferred: string[] = [];
  const declared = source.replace(
    /^(?:const|var) (\w+_\d+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm,
    (_, name: string, expression: string) => {
      deferred.push(name);
      return `const ${name}$ = () => ${expression};`;
    },
  );
  // The parentheses keep `new x_1.Y()` a construction of Y.
  return deferred.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(${name}$()).`), declared);
}
