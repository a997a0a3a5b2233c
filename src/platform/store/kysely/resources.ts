import type { Kysely } from 'kysely';
import type { ResolvedTimes, Resource, RulesetRevision, SpecOf } from '../../../domain/document/resources.ts';
import { SECTIONS, type Section } from '../../../domain/document/sections.ts';
import type { ResourceWrite } from '../rows.ts';
import type { ResourceWrites } from '../store.ts';
import { StoreDamage, storedList, storedRecord } from '../store-damage.ts';
import { batches } from './batches.ts';
import type { Schema } from './schema.ts';

type Row = Schema['resources'];

export function resourceTable(db: Kysely<Schema>): ResourceWrites {
  return {
    async list<S extends Section>(kind: S, after: string | null, limit: number) {
      let query = db.selectFrom('resources').selectAll().where('kind', '=', kind).where('spec', 'is not', null);
      if (after !== null) query = query.where('id', '>', after);
      const rows = await query.orderBy('id').limit(limit).execute();
      return rows.map((row) => resourceOf<S>(row));
    },
    async get<S extends Section>(kind: S, id: string) {
      const row = await db
        .selectFrom('resources')
        .selectAll()
        .where('kind', '=', kind)
        .where('id', '=', id)
        .where('spec', 'is not', null)
        .executeTakeFirst();
      return row === undefined ? null : resourceOf<S>(row);
    },
    async all() {
      const rows = await db
        .selectFrom('resources')
        .selectAll()
        .where('spec', 'is not', null)
        .orderBy('kind')
        .orderBy('id')
        .execute();
      return rows.map((row) => resourceOf(row));
    },
    async versions() {
      const rows = await db
        .selectFrom('resources')
        .select(['kind', 'id', 'version', (is) => is('spec', 'is', null).as('removed')])
        .execute();
      // SQLite has no booleans: the comparison comes back as 0 or 1.
      return new Map(
        rows.map((row) => [`${row.kind}/${row.id}`, { version: row.version, present: !Number(row.removed) }]),
      );
    },
    async put(writes) {
      for (const batch of batches(writes)) {
        await db
          .insertInto('resources')
          .values(batch.map(rowOf))
          .onConflict((conflict) =>
            conflict.columns(['kind', 'id']).doUpdateSet((row) => ({
              version: row.ref('excluded.version'),
              spec: row.ref('excluded.spec'),
              times: row.ref('excluded.times'),
              revisions: row.ref('excluded.revisions'),
            })),
          )
          .execute();
      }
    },
  };
}

function rowOf({ kind, id, version, entry }: ResourceWrite): Row {
  return {
    kind,
    id,
    version,
    spec: entry === null ? null : JSON.stringify(entry.spec),
    times: entry === null ? null : JSON.stringify(entry.times),
    revisions: entry?.revisions === undefined ? null : JSON.stringify(entry.revisions),
  };
}

function resourceOf<S extends Section>(row: Row): Resource<S> {
  const name = `${row.kind}/${row.id}`;
  if (!(SECTIONS as readonly string[]).includes(row.kind)) throw new StoreDamage(`holds ${name}, which is of no kind`);
  return {
    kind: row.kind as S,
    id: row.id,
    version: row.version,
    spec: storedRecord(row.spec ?? '', name) as SpecOf[S],
    times: storedRecord(row.times ?? '', name) as ResolvedTimes,
    ...(row.revisions === null ? {} : { revisions: storedList(row.revisions, name) as readonly RulesetRevision[] }),
  };
}
