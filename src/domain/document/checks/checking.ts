import type { FaultList } from '../fault-list.ts';
import type { Documents } from '../resources.ts';
import type { Section } from '../sections.ts';
import type { Specs } from '../specs.ts';

/** What each check gets: all that is stated, what could be resolved of it, and where to report. */
export interface Checking {
  readonly specs: Specs;
  readonly documents: Documents;
  /** Sections that are wholly known here; a reference into another one cannot be judged without a platform. */
  readonly known: ReadonlySet<Section>;
  readonly faults: FaultList;
}
