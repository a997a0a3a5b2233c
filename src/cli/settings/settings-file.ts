import { readdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { NO_ROOM, unwritable, unwritableFile } from '../failures/unwritable.ts';
import { makePrivateFolder, PRIVATE_FILE, readPrivate, removePrivate } from './private-file.ts';

/** One of the program's own JSON files. */
export interface SettingsFile<T extends object> {
  readonly path: string;
  readonly empty: T;
  /** The value the file means, or null where it means none. */
  parse(value: unknown): T | null;
}

/** How long a writer waits for another one, in milliseconds. */
const LOCK_WAIT = 10_000;

/**
 * What the file says, or its empty value where there is none. Throws the failure `settings-damaged` for a file that cannot be
 * understood; nothing here ever replaces such a file.
 */
export async function readSettings<T extends object>(file: SettingsFile<T>): Promise<T> {
  const text = await readPrivate(file.path);
  if (text === null) return file.empty;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(file.path, error instanceof Error ? error.message : 'no JSON', error);
  }
  const parsed = file.parse(value);
  if (parsed === null) throw damaged(file.path, 'it has another shape than storectl writes');
  return parsed;
}

/**
 * Changes the file: reads, changes and writes it under a lock that other processes respect, so that no writer's
 * change is lost. Returns what was written. Throws Failure `unwritable-file` (4, 9), which names the file.
 */
export async function updateSettings<T extends object>(file: SettingsFile<T>, change: (current: T) => T): Promise<T> {
  try {
    return await changeFile(file, change);
  } catch (error) {
    throw unwritable(error, file.path);
  }
}

async function changeFile<T extends object>(file: SettingsFile<T>, change: (current: T) => T): Promise<T> {
  const folder = dirname(file.path);
  await makePrivateFolder(folder);
  return withLock(join(folder, 'settings.lock'), async () => {
    const next = change(await readSettings(file));
    await removeLeftovers(folder);
    await replaceWith(Object.fromEntries(Object.entries(next)), file.path);
    return next;
  });
}

const UNVERIFIED = 'unverified';

/**
 * Writes beside the file, and gives that the file's name once it is whole: where a disk is full, conf takes the part that
 * found room for all of it.
 */
async function replaceWith(settings: Readonly<Record<string, unknown>>, path: string): Promise<void> {
  const folder = dirname(path);
  const name = basename(path, '.json');
  const fresh = join(folder, `${name}.${UNVERIFIED}`);
  const { default: Conf } = await import('conf');
  const conf = new Conf({
    cwd: folder,
    configName: name,
    fileExtension: UNVERIFIED,
    projectName: 'storectl',
    // conf's own default can be read by everyone, and a damaged file must stay for its owner to mend.
    configFileMode: PRIVATE_FILE,
    clearInvalidConfig: false,
  });
  try {
    conf.store = settings;
    if (!isSame(await readPrivate(fresh), settings)) throw unwritableFile(path, NO_ROOM);
    await rename(fresh, path);
  } catch (error) {
    await removePrivate(fresh).catch(() => {});
    throw error;
  }
}

function isSame(text: string | null, settings: object): boolean {
  try {
    return JSON.stringify(JSON.parse(text ?? '')) === JSON.stringify(settings);
  } catch {
    return false;
  }
}

/** What is written first and then renamed: a process that was killed in between leaves it, with tokens in it. */
const UNFINISHED = /\.unverified$|\.(?:json|unverified)\.tmp-\d{10}[0-9a-f]{6}$/;

/** Only whoever holds the lock writes here, so whatever is unfinished now stays so. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (UNFINISHED.test(name)) await removePrivate(join(folder, name));
}

/**
 * The lock is an SQLite transaction on an empty file: the operating system drops it when its holder dies, however
 * it dies, so there is no stale lock to guess about.
 */
async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  // SQLite would make the file with the umask's mode.
  await writeFile(path, '', { flag: 'a', mode: PRIVATE_FILE });
  const { DatabaseSync } = await import('node:sqlite');
  const lock = new DatabaseSync(path, { timeout: LOCK_WAIT });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return await work();
  } catch (error) {
    if (error instanceof Error && error.message.includes('database is locked')) {
      throw new Failure({
        code: 'settings-busy',
        exit: EXIT.unavailable,
        message: `Another storectl has held ${path} for ${LOCK_WAIT / 1000} s.`,
        remedy: 'Run the command again when it has ended.',
        cause: error,
      });
    }
    throw error;
  } finally {
    lock.close();
  }
}

function damaged(path: string, why: string, cause?: unknown): Failure {
  return new Failure({
    code: 'settings-damaged',
    exit: EXIT.usage,
    message: `${path} is damaged: ${why}.`,
    remedy: 'It was left as it is. Mend it, or move it away to start with empty settings.',
    details: { file: path },
    cause,
  });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
