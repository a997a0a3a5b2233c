import type { Resource } from '../../domain/document/resources.ts';
import type { Section } from '../../domain/document/sections.ts';
import type { ReservationState } from '../../domain/launches/hold.ts';
import type {
  AnswerRow,
  ChangeSetRow,
  Head,
  LaunchPlace,
  PlanRow,
  ReservationRow,
  ResourceWrite,
  TokenRow,
  UnitsRow,
  UploadRow,
} from './rows.ts';
import type { RuleChunk } from './rule-chunks.ts';

/**
 * Where the platform keeps everything. Reads see one consistent state and cannot write; writes are serial, and all
 * of one happens or none of it, whatever kills the process. Several processes may have one store open.
 */
export interface Store {
  /** Which implementation it is, for people. */
  readonly kind: string;
  /** Given once, when the store was made. */
  readonly platformId: string;
  /** Never waits for a write, here or in another process. */
  read<T>(work: (tables: ReadTables) => Promise<T>): Promise<T>;
  write<T>(work: (tables: Tables) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Gives an error of the store its code, place and way out; passes on anything else. */
  explain(error: unknown): unknown;
  close(): Promise<void>;
}

export interface WriteOptions {
  /** Milliseconds that it waits for other writes in all, before it fails as `store-busy`; the store's own unless told. */
  readonly patience?: number;
}

export interface ReadTables {
  readonly resources: ResourceReads;
  readonly changeSets: ChangeSetReads;
  readonly plans: PlanReads;
  readonly rules: RuleReads;
  readonly uploads: UploadReads;
  readonly tokens: TokenReads;
  readonly answers: AnswerReads;
  readonly reservations: ReservationReads;
}

export interface Tables extends ReadTables {
  readonly resources: ResourceWrites;
  readonly changeSets: ChangeSetWrites;
  readonly plans: PlanWrites;
  readonly rules: RuleWrites;
  readonly uploads: UploadWrites;
  readonly tokens: TokenWrites;
  readonly answers: AnswerWrites;
  readonly reservations: ReservationWrites;
}

export interface LastVersion {
  readonly version: number;
  /** False once it is removed. */
  readonly present: boolean;
}

export interface ResourceReads {
  /** In the order of their ids, from after `after`. */
  list<S extends Section>(kind: S, after: string | null, limit: number): Promise<readonly Resource<S>[]>;
  get<S extends Section>(kind: S, id: string): Promise<Resource<S> | null>;
  all(): Promise<readonly Resource[]>;
  /** The version that every id had last, by `kind/id`; also of those that are removed, so that none comes back. */
  versions(): Promise<ReadonlyMap<string, LastVersion>>;
}

export interface ResourceWrites extends ResourceReads {
  /** Adds or replaces; without an entry it removes, and remembers the version. */
  put(writes: readonly ResourceWrite[]): Promise<void>;
}

export interface ChangeSetReads {
  /** The last change set; sequence 0 and the store's genesis hash where there is none. */
  head(): Promise<Head>;
  /** The newest first, from before `before`, without their bodies. */
  list(before: number | null, limit: number): Promise<readonly Omit<ChangeSetRow, 'body'>[]>;
  get(id: string): Promise<ChangeSetRow | null>;
  /** Ids that begin so, in their order. `start` has digits, lower-case letters and hyphens only. */
  idsBeginning(start: string, limit: number): Promise<readonly string[]>;
  /** The oldest first, from after `after`. */
  scan(after: number, limit: number): Promise<readonly ChangeSetRow[]>;
  /** The sequence of the change set with this hash, 0 for the genesis hash, null where it is not in the trail. */
  sequenceOf(hash: string): Promise<number | null>;
}

export interface ChangeSetWrites extends ChangeSetReads {
  append(row: ChangeSetRow): Promise<void>;
}

export interface PlanReads {
  get(id: string): Promise<PlanRow | null>;
  /** Ids that begin so, in their order. `start` has digits, lower-case letters and hyphens only. */
  idsBeginning(start: string, limit: number): Promise<readonly string[]>;
}

export interface PlanWrites extends PlanReads {
  insert(row: PlanRow): Promise<void>;
  markApplied(id: string, change: string): Promise<void>;
  /** Forgets plans that expired before this instant and were not applied. */
  forgetExpired(before: number): Promise<void>;
}

export interface RuleReads {
  /** How many rules a content has; null where the store does not have it, or keeps it no longer than until `after`. */
  count(content: string, after?: number): Promise<number | null>;
  /** The digests of a content's chunks, in order. */
  chunks(content: string): Promise<readonly string[]>;
  /** The text of one chunk: immutable once stored. */
  text(chunk: string): Promise<string | null>;
}

export interface RuleWrites extends RuleReads {
  putChunks(chunks: readonly RuleChunk[]): Promise<void>;
  /** @param keepUntil epoch milliseconds; from then on it is forgotten, unless it is {@link keep kept} longer */
  putContent(content: string, count: number, chunks: readonly string[], keepUntil: number): Promise<void>;
  /** Keeps contents at least until an instant, or for ever where that is null. */
  keep(contents: readonly string[], until: number | null): Promise<void>;
  /** Forgets up to `most` contents that were to be kept until before this instant, and the chunks that nothing else holds. */
  forget(before: number, most: number): Promise<void>;
}

export interface UploadReads {
  get(id: string): Promise<UploadRow | null>;
  chunks(id: string): Promise<readonly string[]>;
  countChunks(id: string): Promise<number>;
}

export interface UploadWrites extends UploadReads {
  insert(row: UploadRow): Promise<void>;
  update(row: UploadRow): Promise<void>;
  /** Notes further chunks of an upload; `position` is how many it had. */
  addChunks(id: string, position: number, chunks: readonly string[]): Promise<void>;
  /** Drops an upload's hold on its chunks, and the chunks that nothing else holds. */
  releaseChunks(id: string): Promise<void>;
  /** Ids of running uploads that nobody has touched since this instant. */
  abandoned(before: number): Promise<readonly string[]>;
}

export interface TokenReads {
  bySecretHash(hash: string): Promise<TokenRow | null>;
  byName(name: string): Promise<TokenRow | null>;
  get(id: string): Promise<TokenRow | null>;
  list(after: string | null, limit: number): Promise<readonly TokenRow[]>;
}

export interface TokenWrites extends TokenReads {
  insert(row: TokenRow): Promise<void>;
  remove(id: string): Promise<void>;
  touch(id: string, at: number): Promise<void>;
}

export interface AnswerReads {
  get(actor: string, key: string): Promise<AnswerRow | null>;
}

export interface AnswerWrites extends AnswerReads {
  insert(row: AnswerRow): Promise<void>;
  forget(before: number): Promise<void>;
}

export interface ReservationReads {
  get(id: string): Promise<ReservationRow | null>;
  /** Those of these ids that there are. */
  byIds(ids: readonly string[]): Promise<readonly ReservationRow[]>;
  /** Those that came from an actor with one of these keys. */
  byKeys(actor: string, keys: readonly string[]): Promise<readonly ReservationRow[]>;
  /** In the order of their ids, from after `after`; of one buyer alone where that is told. */
  list(launch: string, buyer: string | null, after: string | null, limit: number): Promise<readonly ReservationRow[]>;
  /** Units of an item that these buyers have at an instant, in every market of the launch. */
  unitsOfBuyers(
    launch: string,
    sku: string,
    buyers: readonly string[],
    at: number,
  ): Promise<ReadonlyMap<string, number>>;
  /** Units at an instant, where there are any: of one launch, or of all. */
  units(launch: string | null, at: number): Promise<readonly UnitsRow[]>;
}

export interface ReservationWrites extends ReservationReads {
  insert(rows: readonly ReservationRow[]): Promise<void>;
  /** Notes that holds were confirmed or released. Their units are the caller's to move. */
  settle(ids: readonly string[], state: Exclude<ReservationState, 'held'>, at: number): Promise<void>;
  /** Notes the holds of an item that have run out at an instant, takes them off its units, and answers those. */
  lapse(place: LaunchPlace, at: number): Promise<UnitsRow>;
  putUnits(rows: readonly UnitsRow[]): Promise<void>;
}
