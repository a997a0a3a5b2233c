import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** What a part of the program needs at once, in one chunk. */
export interface SharedChunk {
  /** The split points that are only reached when the chunk is loaded, by their path under the root. */
  readonly under: RegExp;
  /** Modules of the chunk; all that they import belongs to it too. */
  readonly modules: readonly string[];
}

const SPLIT = 'split-point';

/** The name by which an entry point takes part. */
export const splitPoint = (path: string): string => `${SPLIT}:${path}`;

/**
 * Puts what is needed together into one chunk.
 *
 * esbuild makes a chunk for every set of split points (entry points and dynamic imports) that share a module: 50 files
 * for a plain list, each of which costs Node 0.3 to 0.5 ms to find, open and link. Here every split point imports the
 * modules of its chunks first, so that those are shared by one and the same set. It costs nothing when the program
 * runs, since they are loaded by then.
 */
export function sharedChunks(root: string, chunks: readonly SharedChunk[]): Plugin {
  const contentsOf = (path: string): string => {
    const name = relative(root, path).replaceAll('\\', '/');
    const modules = chunks.filter(({ under }) => under.test(name)).flatMap((chunk) => chunk.modules);
    const imports = modules.map((file) => `import ${JSON.stringify(join(root, file))};\n`);
    return `${imports.join('')}export * from ${JSON.stringify(path)};`;
  };
  return {
    name: 'shared-chunks',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${SPLIT}:`) }, ({ path }) => ({
        path: path.slice(SPLIT.length + 1),
        namespace: SPLIT,
      }));
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, importer, resolveDir }) =>
        kind !== 'dynamic-import' || importer.includes('node_modules')
          ? null
          : { path: join(resolveDir, path), namespace: SPLIT },
      );
      build.onLoad({ filter: /./, namespace: SPLIT }, ({ path }) => ({ contents: contentsOf(path), resolveDir: root }));
    },
  };
}
