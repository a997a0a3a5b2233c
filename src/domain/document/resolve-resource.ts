import type { TimeResolver } from '../time/time-resolver.ts';
import { isCommon } from '../time/written-time.ts';
import type { FaultList } from './fault-list.ts';
import type { DocumentPath } from './pointer.ts';
import { COMMON, type ResolvedField, type ResolvedTimes, type SpecOf } from './resources.ts';
import type { Section } from './sections.ts';

/** The fields of each section that hold a time. */
export const TIME_FIELDS: Readonly<Record<Section, readonly string[]>> = {
  markets: [],
  freezeWindows: ['from', 'until'],
  sites: ['opensAt'],
  shutdowns: ['announced', 'freeze', 'voucherCutoff', 'dark', 'redirectsUntil'],
  rulesets: ['inForceFrom'],
  exceptions: ['startsAt', 'endsAt', 'reviewBy'],
  assertions: ['from', 'until'],
  taxonomies: [],
  products: [],
  catalogs: [],
  certifications: ['until'],
  serviceLevels: [],
  checklists: [],
  launches: ['startsAt', 'endsAt'],
  signoffs: [],
};

/** What `inForceFrom` of a ruleset says where it is the instant at which the site goes dark, wherever that moves. */
export const WHEN_DARK = 'dark';

/** A market that an entry touches, and the zone in which civil times are read there. */
export interface AffectedMarket {
  readonly id: string;
  readonly zone: string;
}

/**
 * Resolves every time field of an entry: once where zone or offset were written, else in each affected market's own
 * zone. What cannot be read is reported, and left out of the result.
 */
export function resolveTimes<S extends Section>(
  section: S,
  spec: SpecOf[S],
  markets: readonly AffectedMarket[],
  resolver: TimeResolver,
  faults: FaultList,
  path: DocumentPath,
): ResolvedTimes {
  const times: Record<string, ResolvedField> = {};
  for (const field of TIME_FIELDS[section]) {
    const text = (spec as Readonly<Record<string, unknown>>)[field];
    if (typeof text !== 'string' || (section === 'rulesets' && text === WHEN_DARK)) continue;
    const resolved = resolveField(text, markets, resolver, faults, [...path, field]);
    if (resolved !== undefined) times[field] = resolved;
  }
  return times;
}

function resolveField(
  text: string,
  markets: readonly AffectedMarket[],
  resolver: TimeResolver,
  faults: FaultList,
  path: DocumentPath,
): ResolvedField | undefined {
  const written = faults.attempt(path, () => resolver.parse(text));
  if (written === undefined) return undefined;
  if (isCommon(written)) {
    const common = faults.attempt(path, () => resolver.resolve(text, null));
    return common === undefined ? undefined : { [COMMON]: common };
  }
  const field: Record<string, ReturnType<TimeResolver['resolve']>> = {};
  for (const market of markets) {
    const resolved = faults.attempt(path, () => resolver.resolve(text, market.zone));
    if (resolved !== undefined) field[market.id] = resolved;
  }
  return field;
}
