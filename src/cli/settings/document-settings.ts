import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Surroundings } from '../surroundings.ts';
import type { DocumentSettings } from './settings.ts';

/** Settings stand near the top of a document; what follows may be megabytes of sites. */
const READ_AT_MOST = 256 * 1024;

/**
 * What the project's document says about settings: the one that -f or STORECTL_FILE names, else storectl.yaml here. A
 * document that is absent or wrong says nothing; the command that needs it reports what is wrong with it.
 */
export async function documentSettings(
  { env, cwd }: Surroundings,
  flags: Readonly<Record<string, unknown>>,
): Promise<DocumentSettings | null> {
  const flag = flags['file'];
  const file = typeof flag === 'string' ? flag : (env['STORECTL_FILE'] ?? 'storectl.yaml');
  if (file === '-' || file === '') return null;
  const block = settingsBlock(await firstPart(resolve(cwd, file)));
  if (block === null) return null;
  const { parseDocument } = await import('../document/yaml.ts');
  const yaml = parseDocument(block, { logLevel: 'silent' });
  const context: unknown = yaml.errors.length > 0 ? null : yaml.getIn(['settings', 'context']);
  return typeof context === 'string' && context !== '' ? { file, values: { context } } : null;
}

/** Of a file; a pipe can be read once, and by the command that was given it. */
async function firstPart(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) return '';
  const handle = await open(path).catch(() => null);
  if (handle === null) return '';
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(READ_AT_MOST), 0, READ_AT_MOST, 0);
    return buffer.toString('utf8', 0, bytesRead).replaceAll('\r\n', '\n');
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}

/** The lines of the top-level key `settings`, so that the rest need not be parsed at every start. */
function settingsBlock(text: string): string | null {
  const start = /^settings[ \t]*:/m.exec(text);
  if (start === null) return null;
  const rest = text.slice(start.index);
  const end = /\n(?=[^\s#])/.exec(rest);
  return end === null ? rest : rest.slice(0, end.index);
}
