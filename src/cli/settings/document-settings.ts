import { closeSync, openSync, readSync, statSync } from 'node:fs';
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
  const block = settingsBlock(firstPart(resolve(cwd, file)));
  if (block === null) return null;
  const { parseDocument } = await import('../document/yaml.ts');
  const yaml = parseDocument(block, { logLevel: 'silent' });
  const context: unknown = yaml.errors.length > 0 ? null : yaml.getIn(['settings', 'context']);
  return typeof context === 'string' && context !== '' ? { file, values: { context } } : null;
}

/** Of a file; a pipe can be read once, and by the command that was given it. At once, as settings are: see readPrivate. */
function firstPart(path: string): string {
  let descriptor: number | null = null;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return '';
    descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(READ_AT_MOST);
    const length = readSync(descriptor, bytes, 0, READ_AT_MOST, 0);
    return bytes.toString('utf8', 0, length).replaceAll('\r\n', '\n');
  } catch {
    return '';
  } finally {
    if (descriptor !== null) closeSync(descriptor);
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
