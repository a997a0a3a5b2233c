import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { StoreDamage } from '../store-damage.ts';
import { isOtherSchema } from './sqlite-failure.ts';

/** A connection of its own, opened with the first query. */
export interface SqliteSession {
  readonly connect: () => DatabaseSync;
  /** Begins a transaction of its kind. */
  readonly begin: (database: DatabaseSync) => Promise<void>;
}

/** Kysely on Node's own SQLite: one connection, whose transactions come one after the other. */
export function nodeSqliteDialect(session: SqliteSession): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(session),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (kysely: Kysely<unknown>) => new SqliteIntrospector(kysely),
  };
}

class NodeSqliteDriver implements Driver {
  readonly #session: SqliteSession;
  #connection: NodeSqliteConnection | null = null;

  constructor(session: SqliteSession) {
    this.#session = session;
  }

  async init(): Promise<void> {
    this.#connection = new NodeSqliteConnection(this.#session.connect());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#open();
  }

  async beginTransaction(): Promise<void> {
    await this.#session.begin(this.#open().database);
  }

  async commitTransaction(): Promise<void> {
    this.#open().database.exec('COMMIT');
  }

  async rollbackTransaction(): Promise<void> {
    const { database } = this.#open();
    // A full disk or a lost one rolls back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#connection?.database.close();
  }

  #open(): NodeSqliteConnection {
    if (this.#connection === null) throw new Error('the driver was not initialised');
    return this.#connection;
  }
}

function prepare(database: DatabaseSync, sql: string): StatementSync {
  try {
    return database.prepare(sql);
  } catch (error) {
    if (!isOtherSchema(error)) throw error;
    throw new StoreDamage('does not have the tables and columns that it was made with', error);
  }
}

const MOST_STATEMENTS = 200;

class NodeSqliteConnection implements DatabaseConnection {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#prepare(query.sql);
    const parameters = query.parameters as readonly SQLInputValue[];
    if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('read in pages: a cursor would hold its transaction open');
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= MOST_STATEMENTS) this.#statements.clear();
    const statement = prepare(this.database, sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
