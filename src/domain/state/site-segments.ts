import { exceptionInterval } from '../document/exception-interval.ts';
import { instantIn, type ResolvedTimes, type Resource } from '../document/resources.ts';
import { contains, type Interval } from '../time/interval.ts';

export type SiteState = 'prelaunch' | 'active' | 'frozen' | 'dark' | 'retired';

/** A stretch of time in which a site's state and exemptions stay the same. */
export interface SiteSegment extends Interval {
  readonly state: SiteState;
  /** The exception that keeps the shutdown away, where one does. */
  readonly exemptFromShutdown: string | null;
  /** The exception that keeps redirects away, where one does; one from shutdown does so too. */
  readonly exemptFromRedirect: string | null;
}

/** When an exception holds for one site or market. */
export interface Exemption extends Interval {
  readonly exception: string;
  readonly shutdown: boolean;
  readonly redirect: boolean;
}

/** Everything of the documents that decides one site's state. */
export interface SiteSchedule {
  readonly market: string;
  readonly site: Resource<'sites'>;
  readonly shutdown: Resource<'shutdowns'> | null;
  readonly exemptions: readonly Exemption[];
}

/** The interval of an exception in a market; `*` serves where its times are common to all. */
export function exemptionOf(exception: Resource<'exceptions'>, market: string): Exemption {
  return {
    exception: exception.id,
    ...exceptionInterval(exception.times, market),
    shutdown: exception.spec.from.includes('shutdown'),
    redirect: exception.spec.from.includes('redirect') || exception.spec.from.includes('shutdown'),
  };
}

/** A site's whole history and future, in order and without a gap from −∞ to ∞. */
export function segmentsOf(schedule: SiteSchedule): readonly SiteSegment[] {
  const dates = datesOf(schedule);
  const cuts = [...new Set([...Object.values(dates), ...schedule.exemptions.flatMap((e) => [e.from, e.until])])]
    .filter((at): at is number => at !== undefined && Number.isFinite(at))
    .toSorted((a, b) => a - b);
  const starts = [Number.NEGATIVE_INFINITY, ...cuts];
  return starts.map((from, i) => segmentFrom(schedule, dates, from, starts[i + 1] ?? Number.POSITIVE_INFINITY));
}

interface Dates {
  readonly opensAt: number | undefined;
  readonly freeze: number | undefined;
  readonly dark: number | undefined;
  readonly redirectsUntil: number | undefined;
}

function datesOf({ site, shutdown, market }: SiteSchedule): Dates {
  const times: ResolvedTimes = shutdown?.times ?? {};
  return {
    opensAt: instantIn(site.times, 'opensAt', market),
    freeze: instantIn(times, 'freeze', market),
    dark: instantIn(times, 'dark', market),
    redirectsUntil: instantIn(times, 'redirectsUntil', market),
  };
}

function segmentFrom(schedule: SiteSchedule, dates: Dates, from: number, until: number): SiteSegment {
  const holding = schedule.exemptions.filter((exemption) => contains(exemption, from));
  const exemptFromShutdown = holding.find((e) => e.shutdown)?.exception ?? null;
  const exemptFromRedirect = exemptFromShutdown ?? holding.find((e) => e.redirect)?.exception ?? null;
  const closing = exemptFromShutdown === null ? closingState(dates, from) : null;
  const opened = dates.opensAt === undefined || dates.opensAt <= from;
  const state = closing ?? (opened ? 'active' : 'prelaunch');
  return { from, until, state, exemptFromShutdown, exemptFromRedirect };
}

function closingState({ freeze, dark, redirectsUntil }: Dates, at: number): SiteState | null {
  if (redirectsUntil !== undefined && redirectsUntil <= at) return 'retired';
  if (dark !== undefined && dark <= at) return 'dark';
  if (freeze !== undefined && freeze <= at) return 'frozen';
  return null;
}

/** The segment that an instant lies in. */
export function segmentAt(segments: readonly SiteSegment[], at: number): SiteSegment {
  for (let i = segments.length - 1; i > 0; i -= 1) {
    const segment = segments[i];
    if (segment !== undefined && segment.from <= at) return segment;
  }
  const first = segments[0];
  if (first === undefined) throw new RangeError('a site has at least one segment');
  return first;
}
