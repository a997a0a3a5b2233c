import type { SpecOf } from '../../domain/document/resources.ts';
import type { Section } from '../../domain/document/sections.ts';

/** One instant, for programs: RFC 3339 in UTC beside RFC 9557 in the market's zone. */
export interface InstantView {
  /** null where no market is concerned, such as an exception of URLs alone. */
  readonly market: string | null;
  readonly utc: string;
  readonly zoned: string;
}

/** A time field: what was written, and every instant that it means. */
export interface TimeView {
  readonly text: string;
  /** Version of the tz database that resolved it. */
  readonly tzdb: string;
  readonly instants: readonly InstantView[];
}

export interface RevisionView {
  readonly revision: number;
  /** When it came into force; null for the first: it always was. */
  readonly from: Omit<InstantView, 'market'> | null;
  readonly spec: SpecOf['rulesets'];
}

/** An entry as commands answer with it: the platform's resource, its instants as texts. */
export interface Entry<S extends Section = Section> {
  readonly kind: S;
  readonly id: string;
  readonly version: number;
  readonly spec: SpecOf[S];
  readonly times: Readonly<Record<string, TimeView>>;
  readonly revisions?: readonly RevisionView[];
}
