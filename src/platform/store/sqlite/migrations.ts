/** "stct" in ASCII: says that a SQLite file is one of this program. */
export const APPLICATION_ID = 0x73746374;

const FIRST = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE resources (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, spec TEXT, times TEXT, revisions TEXT,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE change_sets (
  sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, summary TEXT NOT NULL, body TEXT NOT NULL,
  previous_hash TEXT NOT NULL UNIQUE, hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER change_sets_keep BEFORE DELETE ON change_sets
  BEGIN SELECT RAISE(ABORT, 'change sets are append-only'); END;
CREATE TRIGGER change_sets_stay BEFORE UPDATE ON change_sets
  BEGIN SELECT RAISE(ABORT, 'change sets are append-only'); END;
CREATE TABLE plans (
  id TEXT PRIMARY KEY, body TEXT NOT NULL, digest TEXT NOT NULL, desired TEXT NOT NULL,
  expires_at INTEGER NOT NULL, applied_as TEXT
) STRICT;
CREATE TABLE rule_chunks (hash TEXT PRIMARY KEY, count INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE rule_contents (content TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE rule_content_chunks (
  content TEXT NOT NULL REFERENCES rule_contents, position INTEGER NOT NULL,
  chunk TEXT NOT NULL REFERENCES rule_chunks, PRIMARY KEY (content, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_content_chunks_chunk ON rule_content_chunks (chunk);
CREATE TABLE uploads (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  received INTEGER NOT NULL, accepted INTEGER NOT NULL, problems TEXT NOT NULL, tail TEXT NOT NULL, content TEXT
) STRICT;
CREATE TABLE upload_chunks (
  upload TEXT NOT NULL REFERENCES uploads, position INTEGER NOT NULL, chunk TEXT NOT NULL REFERENCES rule_chunks,
  PRIMARY KEY (upload, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_chunks_chunk ON upload_chunks (chunk);
CREATE TABLE tokens (
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL, expires_at INTEGER, last_used_at INTEGER
) STRICT;
CREATE TABLE answers (
  actor TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, answer TEXT, etag TEXT, created_at INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_created_at ON answers (created_at);
`;

const BLANK_LINES = 'ALTER TABLE uploads ADD COLUMN blank INTEGER NOT NULL DEFAULT 0;';

/** What was stored before is kept for ever: nobody noted what names it. */
const KEPT_UNTIL = 'ALTER TABLE rule_contents ADD COLUMN keep_until INTEGER;';

/** Uploads were of rules alone before. */
const UPLOAD_KIND = "ALTER TABLE uploads ADD COLUMN kind TEXT NOT NULL DEFAULT 'rules';";

/**
 * What lapsed holds and a buyer's units are read from must not grow with what was sold long ago: state leads, or is near.
 * Rows are wide and their ids have no order, so they stand in the order in which they came.
 */
const RESERVATIONS = `
CREATE TABLE reservations (
  id TEXT PRIMARY KEY, launch TEXT NOT NULL, market TEXT NOT NULL, sku TEXT NOT NULL, buyer TEXT NOT NULL,
  quantity INTEGER NOT NULL, price TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, settled_at INTEGER, actor TEXT NOT NULL, key TEXT NOT NULL,
  UNIQUE (actor, key)
) STRICT;
CREATE INDEX reservations_buyer ON reservations (launch, sku, buyer, state);
CREATE INDEX reservations_held ON reservations (state, launch, market, sku, expires_at, quantity);
CREATE TABLE reserved_units (
  launch TEXT NOT NULL, market TEXT NOT NULL, sku TEXT NOT NULL, held INTEGER NOT NULL, confirmed INTEGER NOT NULL,
  PRIMARY KEY (launch, market, sku)
) STRICT, WITHOUT ROWID;
`;

/** Each takes the schema one version up; `user_version` counts those that have run. Never edit one that was released. */
export const MIGRATIONS: readonly string[] = [FIRST, BLANK_LINES, KEPT_UNTIL, UPLOAD_KIND, RESERVATIONS];

/** The tables that there are once all of them have run. */
export const TABLES: readonly string[] = MIGRATIONS.flatMap((migration) =>
  [...migration.matchAll(/CREATE TABLE (\w+)/g)].map(([, name = '']) => name),
);
