import { type Dialect, Kysely } from 'kysely';
import type { Store, Tables } from '../store.ts';
import { answerTable } from './answers.ts';
import { changeSetTable } from './change-sets.ts';
import { planTable } from './plans.ts';
import { reservationTable } from './reservations.ts';
import { resourceTable } from './resources.ts';
import { ruleTable } from './rules.ts';
import type { Schema } from './schema.ts';
import { tokenTable } from './tokens.ts';
import { uploadTable } from './uploads.ts';

export interface KyselyStoreInput {
  readonly kind: string;
  readonly platformId: string;
  /** What reads go through: never behind a write that waits. */
  readonly reads: Dialect;
  readonly writes: Dialect;
  /** Gives the database's own errors their codes and remedies. */
  readonly explain: (error: unknown) => unknown;
}

/** A store over any database that Kysely speaks to; only SQL that every one of them understands is used here. */
export function kyselyStore({ kind, platformId, reads, writes, explain }: KyselyStoreInput): Store {
  const reading = new Kysely<Schema>({ dialect: reads });
  const writing = new Kysely<Schema>({ dialect: writes });
  const inTransaction = async <T>(
    db: Kysely<Schema>,
    accessMode: 'read only' | 'read write',
    work: (tables: Tables) => Promise<T>,
  ): Promise<T> => {
    try {
      return await db
        .transaction()
        .setAccessMode(accessMode)
        .execute((transaction) => work(tablesOf(transaction, platformId)));
    } catch (error) {
      throw explain(error);
    }
  };
  return {
    kind,
    platformId,
    explain,
    read: (work) => inTransaction(reading, 'read only', work),
    write: (work) => inTransaction(writing, 'read write', work),
    async close() {
      await writing.destroy();
      await reading.destroy();
    },
  };
}

function tablesOf(db: Kysely<Schema>, platformId: string): Tables {
  return {
    resources: resourceTable(db),
    changeSets: changeSetTable(db, platformId),
    plans: planTable(db),
    rules: ruleTable(db),
    uploads: uploadTable(db),
    tokens: tokenTable(db),
    answers: answerTable(db),
    reservations: reservationTable(db),
  };
}
