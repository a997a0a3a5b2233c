import { COMMON, type Documents, type ResolvedTimes } from '../document/resources.ts';
import { revisionsOf } from '../document/ruleset-revisions.ts';
import { contains } from '../time/interval.ts';
import type { DocumentIndex } from './document-index.ts';
import { exemptionOf } from './site-segments.ts';

export type TimelineKind =
  | 'opens'
  | 'announced'
  | 'freeze'
  | 'voucherCutoff'
  | 'dark'
  | 'redirectsUntil'
  | 'exception-starts'
  | 'exception-ends'
  | 'exception-review'
  | 'freeze-window-from'
  | 'freeze-window-until'
  | 'revision'
  | 'launch-starts'
  | 'launch-ends';

/** One instant at which something changes, in one market, for one site where it is a site that changes. */
export interface TimelineEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: TimelineKind;
  /** The shutdown, exception, freeze window, site or ruleset that it comes from. */
  readonly subject: string;
  readonly site: string | null;
  readonly market: string | null;
  readonly zone: string | null;
  /** As it was written; null where nobody wrote it. */
  readonly text: string | null;
  /** False where an exception keeps it from happening to the site. */
  readonly effective: boolean;
}

const SHUTDOWN_STEPS = ['announced', 'freeze', 'voucherCutoff', 'dark', 'redirectsUntil'] as const;

/** Every instant of the documents in `[from, to)`, in order of time, then of subject and site. */
export function timelineOf(index: DocumentIndex, from: number, to: number): readonly TimelineEvent[] {
  const { documents } = index;
  return [
    ...siteEvents(documents),
    ...shutdownEvents(index),
    ...exceptionEvents(documents),
    ...freezeWindowEvents(documents),
    ...revisionEvents(documents),
    ...launchEvents(documents),
  ]
    .filter((event) => from <= event.at && event.at < to)
    .toSorted(byTime);
}

function byTime(a: TimelineEvent, b: TimelineEvent): number {
  return a.at - b.at || compare(a.subject, b.subject) || compare(a.site ?? '', b.site ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface EventPlace {
  readonly kind: TimelineKind;
  readonly subject: string;
  readonly site?: string;
  readonly market?: string | undefined;
  readonly effective?: boolean;
}

/** The event of one time field in one market; none where the field was not written. */
function eventOf(
  documents: Documents,
  times: ResolvedTimes,
  field: string,
  place: EventPlace,
): readonly TimelineEvent[] {
  const { market = null } = place;
  const resolved = times[field]?.[COMMON] ?? times[field]?.[market ?? COMMON];
  if (resolved === undefined) return [];
  return [
    {
      at: resolved.at,
      kind: place.kind,
      subject: place.subject,
      site: place.site ?? null,
      market,
      zone: market === null ? null : (documents.markets.get(market)?.spec.timeZone ?? null),
      text: resolved.text,
      effective: place.effective ?? true,
    },
  ];
}

function siteEvents(documents: Documents): TimelineEvent[] {
  return [...documents.sites.values()].flatMap((site) =>
    eventOf(documents, site.times, 'opensAt', {
      kind: 'opens',
      subject: site.id,
      site: site.id,
      market: site.spec.market,
    }),
  );
}

function shutdownEvents(index: DocumentIndex): TimelineEvent[] {
  const { documents } = index;
  return [...documents.shutdowns.values()].flatMap((shutdown) =>
    shutdown.spec.sites.flatMap((site) => {
      const market = documents.sites.get(site)?.spec.market;
      return SHUTDOWN_STEPS.flatMap((kind) =>
        eventOf(documents, shutdown.times, kind, { kind, subject: shutdown.id, site, market }).map((event) => ({
          ...event,
          effective: !exemptAt(index, site, event.at),
        })),
      );
    }),
  );
}

function exemptAt(index: DocumentIndex, site: string, at: number): boolean {
  const market = index.documents.sites.get(site)?.spec.market ?? '';
  return index
    .exceptionsOf(site)
    .map((exception) => exemptionOf(exception, market))
    .some((e) => e.shutdown && contains(e, at));
}

const EXCEPTION_STEPS = [
  ['startsAt', 'exception-starts'],
  ['endsAt', 'exception-ends'],
  ['reviewBy', 'exception-review'],
] as const;

function exceptionEvents(documents: Documents): TimelineEvent[] {
  return [...documents.exceptions.values()].flatMap((exception) =>
    EXCEPTION_STEPS.flatMap(([field, kind]) =>
      Object.keys(exception.times[field] ?? {}).flatMap((key) =>
        eventOf(documents, exception.times, field, {
          kind,
          subject: exception.id,
          market: key === COMMON ? undefined : key,
        }),
      ),
    ),
  );
}

function freezeWindowEvents(documents: Documents): TimelineEvent[] {
  return [...documents.freezeWindows.values()].flatMap((window) => [
    ...eventOf(documents, window.times, 'from', { kind: 'freeze-window-from', subject: window.id }),
    ...eventOf(documents, window.times, 'until', { kind: 'freeze-window-until', subject: window.id }),
  ]);
}

function revisionEvents(documents: Documents): TimelineEvent[] {
  return [...documents.rulesets.values()].flatMap((ruleset) => {
    const site = documents.sites.get(ruleset.spec.site);
    const market = site?.spec.market ?? null;
    return revisionsOf(ruleset).flatMap(({ from }): TimelineEvent[] =>
      from === null
        ? []
        : [
            {
              at: from,
              kind: 'revision',
              subject: ruleset.id,
              site: ruleset.spec.site,
              market,
              zone: market === null ? null : (documents.markets.get(market)?.spec.timeZone ?? null),
              text: null,
              effective: true,
            },
          ],
    );
  });
}

const LAUNCH_STEPS = [
  ['startsAt', 'launch-starts'],
  ['endsAt', 'launch-ends'],
] as const;

/** One that is cancelled stays in the list, as what does not happen. */
function launchEvents(documents: Documents): TimelineEvent[] {
  return [...documents.launches.values()].flatMap((launch) =>
    launch.spec.markets.flatMap((market) =>
      LAUNCH_STEPS.flatMap(([field, kind]) =>
        eventOf(documents, launch.times, field, {
          kind,
          subject: launch.id,
          market,
          effective: launch.spec.cancelled === undefined,
        }),
      ),
    ),
  );
}
