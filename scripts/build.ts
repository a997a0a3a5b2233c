import { glob, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { COMMAND_INDEX, commandFiles, detailsFile } from './command-files.ts';
import { lazyBuiltins } from './lazy-builtins.ts';
import { lazyRequires } from './lazy-requires.ts';
import { licencesOf } from './licences.ts';
import { manifestOf } from './manifest.ts';
import { type SharedChunk, sharedChunks, splitPoint } from './shared-chunks.ts';
import { smallUndici } from './small-undici.ts';

/**
 * Builds dist/ and oclif.manifest.json. With --check nothing of the latter is written, and a stale manifest
 * ends the build with exit 1.
 */
const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** What stays of `require` in CommonJS packages, at its first call: making a real one takes Node a millisecond. */
const REQUIRE = "const require = (id) => process.getBuiltinModule('node:module').createRequire(import.meta.url)(id);";

/** The program starts without any of these, so that `--version` loads next to nothing. */
const CHUNKS: readonly SharedChunk[] = [
  {
    // What nearly every command, and the help, needs.
    under: /^src\//,
    modules: [
      'src/cli/program.ts',
      'src/cli/settings/target.ts',
      'src/client/index.ts',
      'src/commands/sites/list.ts',
      'src/domain/document/content-lines.ts',
      'src/domain/document/pointer.ts',
      'src/domain/document/resources.ts',
    ],
  },
  {
    // What every answer of a platform in this process needs.
    under: /^src\/(?:platform\/|client\/(?:embedded|serve-platform)\.ts)/,
    modules: ['src/client/embedded.ts'],
  },
];

async function bundle(): Promise<Metafile> {
  const entryPoints: Record<string, string> = { start: join(root, 'src/cli/start.ts') };
  for await (const file of glob('src/commands/**/*.ts', { cwd: root })) {
    entryPoints[relative('src', file).replace(/\.ts$/, '')] = splitPoint(join(root, file));
  }
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: dist,
    // One chunk a shared part, so that a command loads only what it needs.
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node22.19',
    minify: !process.argv.includes('--readable'),
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: REQUIRE },
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    plugins: [sharedChunks(root, CHUNKS), lazyBuiltins, lazyRequires, smallUndici],
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/** Takes away what earlier builds left. After the build, so that a running program keeps its files meanwhile. */
async function removeStale(fresh: ReadonlySet<string>): Promise<void> {
  for await (const entry of glob('dist/**/*', { cwd: root, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (entry.isFile() && !fresh.has(path)) await rm(join(root, path));
  }
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const metafile = await bundle();
  const licences = 'dist/THIRD-PARTY-LICENCES.txt';
  await writeFile(join(root, licences), await licencesOf(metafile, root));
  const code = Object.keys(metafile.outputs);
  await removeStale(new Set([...code, ...code.map(detailsFile), licences, COMMAND_INDEX]));

  const manifest = join(root, 'oclif.manifest.json');
  const current = await manifestOf(root);
  for (const [path, text] of commandFiles(current)) await writeFile(join(root, path), text);
  const written = await readFile(manifest, 'utf8').catch(() => '');
  if (written === current) return;
  if (check) {
    console.error('oclif.manifest.json is stale. Run `npm run build` and commit it.');
    process.exitCode = 1;
    return;
  }
  await writeFile(manifest, current);
}

await main().catch((error: unknown) => {
  // esbuild has said on its own what is wrong and where.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
});
