import { isBuiltin } from 'node:module';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** Those that take milliseconds to load, and that most commands never call. */
const AT_FIRST_CALL: ReadonlySet<string> = new Set(['node:crypto', 'node:fs/promises']);

/**
 * Gives the bundle Node's own modules by `process.getBuiltinModule`.
 *
 * An `import` of one makes a facade that reads each of its exports, and some of those load more modules: 4 ms for
 * node:fs alone. This reads what is used. Each importer has its own copy of the few lines this takes, since a shared
 * one would be a chunk of its own.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z]\w*(\/\w+)*$/ }, ({ path, kind, importer }) => {
      const required = kind === 'require-call';
      if (!isBuiltin(path) || !(required || kind === 'import-statement')) return null;
      return {
        path: path.replace(/^(node:)?/, 'node:'),
        namespace: required ? 'builtin-required' : 'builtin-imported',
        suffix: `?${relative(import.meta.dirname, importer)}`,
        sideEffects: false,
      };
    });
    build.onLoad({ filter: /./, namespace: 'builtin-required' }, ({ path }) => ({
      contents: `module.exports = ${builtin(path)};`,
    }));
    build.onLoad({ filter: /./, namespace: 'builtin-imported' }, ({ path }) => ({
      contents: shimOf(path),
    }));
  },
};

const builtin = (path: string): string => `process.getBuiltinModule(${JSON.stringify(path)})`;

/** Every export is a pure expression of its own, so that those nobody imports fall out of the bundle. */
function shimOf(path: string): string {
  const exports = new Map<string, unknown>(Object.entries(process.getBuiltinModule(path) ?? {}));
  const names = [...exports.keys()].filter((name) => /^[a-zA-Z_]\w*$/.test(name) && name !== 'default');
  const later = (name: string) =>
    AT_FIRST_CALL.has(path) && typeof exports.get(name) === 'function' && /^[a-z]/.test(name);
  return [
    `const pick = (name) => ${builtin(path)}[name];`,
    ...names.map((name) =>
      later(name)
        ? `const $${name} = (...given) => ${builtin(path)}.${name}(...given);`
        : `const $${name} = /* @__PURE__ */ pick('${name}');`,
    ),
    `const all = /* @__PURE__ */ ${builtin(path)};`,
    `export { ${names.map((name) => `$${name} as ${name}`).join(', ')}, all as default };`,
  ].join('\n');
}
