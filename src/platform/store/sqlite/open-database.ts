import { chmodSync, closeSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { makeFolder } from '../../../folders/make-folder.ts';
import { APPLICATION_ID, MIGRATIONS, TABLES } from './migrations.ts';
import { damaged, isBusy, notMade, sqliteFailure } from './sqlite-failure.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly platformId: string;
  /** Opens the same file once more, without any wait for locks of SQLite's own. Throws where it is gone meanwhile. */
  connect(): DatabaseSync;
}

/** How long SQLite itself waits for a lock, in milliseconds: short, since it holds up the whole process meanwhile. */
const LOCK_WAIT = 200;
const OPEN_ATTEMPTS = 50;
/** Settings of a connection, not of the file. */
const DURABLE = 'PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF';

/**
 * Opens the platform's file, making it (0600, in a folder 0700) where there is none, and brings its schema up to
 * date. Throws Failure `store-damaged` for a file that is not ours, is damaged, or was made by a newer version, and
 * leaves such a file as it is.
 */
export async function openDatabase(path: string, newId: () => string): Promise<OpenedDatabase> {
  const file = resolve(path);
  const { DatabaseSync } = await loadSqlite();
  createPrivately(file, newId, DatabaseSync);
  for (let attempt = 1; ; attempt += 1) {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file, { timeout: LOCK_WAIT, enableForeignKeyConstraints: true });
      refuseForeign(database, file);
      database.exec(`PRAGMA journal_mode = WAL; ${DURABLE}`);
      const platformId = migrate(database, file, newId);
      const connect = () => {
        const further = new DatabaseSync(existing(file), { timeout: 0, enableForeignKeyConstraints: true });
        further.exec(DURABLE);
        return further;
      };
      return { database, platformId, connect };
    } catch (error) {
      database?.close();
      if (!isBusy(error) || attempt === OPEN_ATTEMPTS) throw sqliteFailure(error, file);
      await pause(20);
    }
  }
}

/** Names a file that must be there: opening another, empty one in its place would lose what is written to it. */
function existing(file: string): URL {
  const url = pathToFileURL(file);
  url.searchParams.set('mode', 'rw');
  return url;
}

/** Node 22 warns that its SQLite is experimental; an operator can do nothing about it. */
async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const warn = process.emitWarning;
  process.emitWarning = (() => undefined) as typeof process.emitWarning;
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = warn;
  }
}

/**
 * Makes the file beside its place and then gives it its name: a file of that name is whole from its first moment, and
 * one that is empty has lost what it held.
 */
function createPrivately(file: string, newId: () => string, Database: typeof DatabaseSync): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === 0) throw damaged(file, 'is empty: what it held is lost');
  if (size !== undefined) return;
  const unnamed = `${file}.new-${process.pid}`;
  let made = false;
  try {
    makeFolder(dirname(file), 0o700);
    rmSync(unnamed, { force: true });
    closeSync(openSync(unnamed, 'ax', 0o600));
    made = true;
    chmodSync(unnamed, 0o600);
    const database = new Database(unnamed);
    try {
      migrate(database, file, newId);
    } finally {
      database.close();
    }
    linkSync(unnamed, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    if ((error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR') throw sqliteFailure(error, file);
    throw notMade(error, file);
  } finally {
    if (made) rmSync(unnamed, { force: true });
  }
}

function refuseForeign(database: DatabaseSync, file: string): void {
  const application = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (application === APPLICATION_ID) {
    if (version < 1) throw damaged(file, `says that its schema is ${version}, which none is`);
    if (version <= MIGRATIONS.length) return;
    throw new Failure({
      code: 'store-damaged',
      exit: EXIT.usage,
      message: `${file} was written by a newer storectl: its schema is ${version}, this version knows ${MIGRATIONS.length}.`,
      remedy: 'Update storectl, or name another place with STORECTL_HOME.',
      details: { file, schema: version, known: MIGRATIONS.length },
    });
  }
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_master').get();
  if (application !== 0 || version !== 0 || tables?.['count'] !== 0) {
    throw damaged(file, 'is a database of another program');
  }
}

/** Runs what is missing in one transaction, so that two processes starting at once make one platform. */
function migrate(database: DatabaseSync, file: string, newId: () => string): string {
  if (pragma(database, 'user_version') < MIGRATIONS.length) {
    database.exec('BEGIN IMMEDIATE');
    try {
      refuseForeign(database, file);
      for (const migration of MIGRATIONS.slice(pragma(database, 'user_version'))) database.exec(migration);
      database.prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('platform', ?)").run(newId());
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
  requireTables(database, file);
  const id = database.prepare("SELECT value FROM meta WHERE name = 'platform'").get()?.['value'];
  if (typeof id !== 'string') throw damaged(file, 'has lost the name of its platform');
  return id;
}

function requireTables(database: DatabaseSync, file: string): void {
  const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const present = new Set(rows.map(({ name }) => name));
  const lost = TABLES.filter((name) => !present.has(name));
  if (lost.length > 0) throw damaged(file, `has lost its ${lost.join(', ')}`, { file, lost });
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
