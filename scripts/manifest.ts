import { Plugin } from '@oclif/core';

/**
 * What oclif needs to know of every command without loading it, from the built commands under `root`. The same
 * commands give the same text, byte for byte.
 */
export async function manifestOf(root: string): Promise<string> {
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  });
  await plugin.load();
  const { commands, version } = plugin.manifest;
  const sorted = Object.fromEntries(Object.entries(commands).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ commands: sorted, version }, null, 2)}\n`;
}
