import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

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
    build.onLoad({ filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, async ({ path }) => ({
      contents: deferRequires(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

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
