import type { SiteLane } from '../../domain/state/lanes.ts';
import type { TimelineEvent } from '../../domain/state/timeline.ts';
import type { TimelineAnswer } from './answer-source.ts';
import { utc, zoned } from './moments.ts';
import { inPlaces, type Places } from './place-flags.ts';

/** A timeline, narrowed to what was asked for. Instants are epoch milliseconds. */
export interface Timeline {
  readonly from: number | null;
  readonly to: number | null;
  readonly now: number;
  readonly events: readonly TimelineEvent[];
  readonly lanes: readonly SiteLane[];
  readonly zones: Readonly<Record<string, string>>;
}

/**
 * Keeps the lanes of the markets and sites that were named, and the events that concern them: their own, those of
 * their exceptions, and what holds for the whole organisation.
 *
 * @throws Failure `not-found` where one that was named does not exist
 */
export function narrowed(answer: TimelineAnswer, places: Places): Timeline {
  const { from, to, now, zones } = answer;
  if (places.market === undefined && places.site === undefined) {
    return { from, to, now, events: answer.events, lanes: answer.lanes, zones };
  }
  const lanes = inPlaces(answer.lanes, places, Object.keys(zones));
  const sites = new Set(lanes.map(({ site }) => site));
  const markets = new Set(lanes.map(({ market }) => market));
  const exceptions = new Set(lanes.flatMap(({ stretches }) => stretches.map(({ exception }) => exception)));
  const events = answer.events.filter((event) => {
    if (event.site !== null) return sites.has(event.site);
    if (event.kind.startsWith('exception-')) {
      return exceptions.has(event.subject) && (event.market === null || markets.has(event.market));
    }
    return event.market === null || markets.has(event.market);
  });
  return { from, to, now, events, lanes, zones };
}

/** As `timeline --json` gives it: instants in RFC 3339 UTC, and in RFC 9557 in each market's zone. */
export function timelineJson({ from, to, now, events, lanes, zones }: Timeline): unknown {
  return {
    from: utc(from),
    to: utc(to),
    now: utc(now),
    events: events.map(({ at, zone, ...event }) => ({
      at: utc(at),
      ...event,
      local: zone === null ? null : { at: zoned(at, zone), zone },
    })),
    lanes: lanes.map(({ site, market, stretches }) => ({
      site,
      market,
      stretches: stretches.map((stretch) => {
        const zone = zones[market] ?? null;
        return {
          ...stretch,
          from: utc(stretch.from),
          until: utc(stretch.until),
          local: zone === null ? null : { from: zoned(stretch.from, zone), until: zoned(stretch.until, zone), zone },
        };
      }),
    })),
  };
}
