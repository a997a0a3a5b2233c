import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { type SharedChunk, sharedChunks, splitPoint } from '../../scripts/shared-chunks.ts';

const FILES = {
  'one.js': "import './a.js'; import './b.js'; console.log('one');",
  'two.js': "import './a.js'; console.log('two'); import('./three.js');",
  'three.js': "import './b.js'; console.log('three');",
  'a.js': "console.log('a');",
  'b.js': "console.log('b');",
};

/** The files of a bundle with the entries one and two, each as the names it prints, in order. */
async function bundled(chunks: readonly SharedChunk[]): Promise<readonly string[]> {
  const root = await mkdtemp(join(tmpdir(), 'storectl-chunks-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(root, name), text);
  const { outputFiles } = await build({
    entryPoints: [splitPoint(join(root, 'one.js')), splitPoint(join(root, 'two.js'))],
    outdir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    plugins: [sharedChunks(root, chunks)],
  });
  const printed = outputFiles.map(({ text }) => [...text.matchAll(/log\("(\w+)"\)/g)].map(([, name]) => name).join());
  return printed.sort();
}

it('puts the modules of a chunk into one file, and leaves the others as esbuild splits them', async () => {
  expect(await bundled([])).toEqual(['a', 'b', 'one', 'three', 'two']);
  expect(await bundled([{ under: /./, modules: ['a.js', 'b.js'] }])).toEqual(['a,b', 'one', 'three', 'two']);
});
