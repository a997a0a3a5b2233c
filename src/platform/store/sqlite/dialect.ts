import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
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
  type TransactionSettings,
} from 'kysely';
import { isBusy } from './sqlite-failure.ts';

/**
 * Kysely on Node's own SQLite. Write transactions lock at their start; read-only ones cannot write.
 *
 * @param patience milliseconds that a write waits for the writers of other processes
 */
export function nodeSqliteDialect(database: DatabaseSync, patience: number): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(database, patience),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (kysely: Kysely<unknown>) => new SqliteIntrospector(kysely),
  };
}

class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #connection: NodeSqliteConnection;
  readonly #patience: number;

  constructor(database: DatabaseSync, patience: number) {
    this.#database = database;
    this.#patience = patience;
    this.#connection = new NodeSqliteConnection(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(_connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode === 'read only') {
      this.#database.exec('PRAGMA query_only = ON; BEGIN');
      return;
    }
    // IMMEDIATE takes the one writer's lock now, where waiting is harmless, and not at the first INSERT, where
    // a snapshot that is out of date by then could only fail.
    const started = performance.now();
    for (;;) {
      try {
        this.#database.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() - started >= this.#patience) throw error;
        // SQLite has waited for its own, short, time already; this lets the process answer others in between.
        await pause(5 + Math.random() * 45);
      }
    }
  }

  async commitTransaction(): Promise<void> {
    this.#database.exec('COMMIT');
    this.#allowWrites();
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk or a lost one rolls back by itself.
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    this.#allowWrites();
  }

  #allowWrites(): void {
    this.#database.exec('PRAGMA query_only = OFF');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#database.close();
  }
}

const MOST_STATEMENTS = 200;

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
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
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
