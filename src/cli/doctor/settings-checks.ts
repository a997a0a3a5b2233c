import { access, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { contextsFile } from '../settings/contexts.ts';
import type { Folders } from '../settings/folders.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../settings/private-file.ts';
import { type Settings, sourceText } from '../settings/settings.ts';
import { readSettings } from '../settings/settings-file.ts';
import { tokensFile } from '../settings/tokens.ts';
import type { Check } from './check.ts';

/** Every setting and its source, or the failure that keeps them from being read. */
export function settingChecks(settings: Settings | Failure): readonly Check[] {
  if (settings instanceof Failure) return [failedCheck('settings', settings)];
  return Object.entries(settings.values)
    .filter(([, { value }]) => value !== null)
    .map(([name, { value, source }]) => ({
      name: `setting-${name}`,
      status: 'ok',
      found: value ?? '',
      source: sourceText(source),
    }));
}

/** A failure the doctor came upon, as a finding. */
export function failedCheck(name: string, { message, remedy }: Failure): Check {
  return { name, status: 'failed', found: message, ...(remedy === undefined ? {} : { remedy }) };
}

/** Whether the settings files can be read, and by nobody else. */
export async function fileChecks(folders: Folders, platform: NodeJS.Platform): Promise<readonly Check[]> {
  const contexts = contextsFile(folders);
  const tokens = tokensFile(folders);
  const checks = [
    await contentCheck('tokens-readable', () => readSettings(tokens)),
    await contentCheck('contexts-readable', () => readSettings(contexts)),
  ];
  // Windows has no such modes.
  if (platform === 'win32') return checks.filter((check) => check !== null);
  const modes = [
    await modeCheck('config-folder-mode', dirname(contexts.path), PRIVATE_FOLDER),
    await modeCheck('contexts-mode', contexts.path, PRIVATE_FILE),
    await modeCheck('tokens-mode', tokens.path, PRIVATE_FILE),
    await modeCheck('data-folder-mode', folders.data, PRIVATE_FOLDER),
    await modeCheck('wizards-folder-mode', join(folders.state, 'wizards'), PRIVATE_FOLDER),
  ];
  return [...checks, ...modes].filter((check) => check !== null);
}

async function contentCheck(name: string, read: () => Promise<unknown>): Promise<Check | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (error instanceof Failure) return failedCheck(name, error);
    throw error;
  }
}

async function modeCheck(name: string, path: string, wanted: number): Promise<Check | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  const mode = found.mode & 0o777;
  const asOctal = (bits: number) => bits.toString(8).padStart(4, '0');
  if ((mode & ~wanted) === 0) return { name, status: 'ok', found: asOctal(mode), source: path };
  return {
    name,
    status: 'failed',
    found: `${asOctal(mode)}: others can read it`,
    source: path,
    remedy: `chmod ${asOctal(wanted)} ${path}`,
  };
}

/** Answers that a wizard keeps until its write is done: it goes on there, when it is started again. */
export async function wizardsCheck(folders: Folders): Promise<Check | null> {
  const folder = join(folders.state, 'wizards');
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith('.json'))
    .map((name) => basename(name, '.json'));
  if (names.length === 0) return null;
  return {
    name: 'unfinished-wizards',
    status: 'note',
    found: names.toSorted().join(', '),
    source: folder,
    remedy: 'Start the same command again to go on, or remove the file to forget the answers.',
  };
}

export async function completionCheck(folders: Folders): Promise<Check> {
  const installed = await access(join(folders.cache, 'autocomplete')).then(
    () => true,
    () => false,
  );
  return installed
    ? { name: 'completion', status: 'ok', found: 'installed', source: join(folders.cache, 'autocomplete') }
    : { name: 'completion', status: 'note', found: 'not installed', remedy: 'storectl autocomplete' };
}
