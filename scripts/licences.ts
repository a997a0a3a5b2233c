import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The licences of every package in the bundle, as their terms ask of a copy. */
export async function licencesOf(metafile: Metafile, root: string): Promise<string> {
  const folders = new Set<string>();
  // An input with a colon is no file, but what a plugin made for one.
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^([^:]*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  const parts = await Promise.all([...folders].sort().map((folder) => licenceOf(join(root, folder))));
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license }: { name: string; version: string; license?: string } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const file = (await readdir(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  return `${name} ${version}, ${license ?? 'see below'}\n\n${text.trim()}\n`;
}
