import type { SpecOf } from '../../domain/document/resources.ts';
import type { EntrySection } from '../../domain/document/sections.ts';

/** One instant of a time field: what was written, RFC 3339 in UTC, and RFC 9557 in the zone it is shown in. */
export interface InstantView {
  readonly text: string;
  readonly utc: string;
  readonly zoned: string | null;
  readonly zone: string | null;
  /** Version of the tz database that resolved it. */
  readonly tzdb: string;
}

/** A time field by market; under `*` where no market is concerned, such as for an exception of URLs alone. */
export type TimeView = Readonly<Record<string, InstantView>>;

export interface RevisionView {
  readonly revision: number;
  /** When it came into force; null for the first: it always was. */
  readonly from: { readonly utc: string; readonly zoned: string | null } | null;
  readonly spec: SpecOf['rulesets'];
}

/** An entry as commands answer with it: the platform's resource, its instants as texts. */
export interface Entry<S extends EntrySection = EntrySection> {
  readonly kind: S;
  readonly id: string;
  readonly version: number;
  readonly spec: SpecOf[S];
  readonly times: Readonly<Record<string, TimeView>>;
  readonly revisions?: readonly RevisionView[];
}
