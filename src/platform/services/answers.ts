import type { api } from '../../contract/operations/index.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { lanesOf } from '../../domain/state/lanes.ts';
import { launchesInBrief } from '../../domain/state/market-status.ts';
import { stateAt } from '../../domain/state/state-at.ts';
import { timelineOf } from '../../domain/state/timeline.ts';
import { standingWarnings } from '../../domain/state/warnings.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import type { Handler } from '../handler.ts';
import { presentWorld } from './world.ts';
import { indexOf } from './world-index.ts';

type Operations = (typeof api)['answers'];

export const getStatus: Handler<Operations['status']> = async ({ platform }, { query }) => {
  const at = parseAt(query.at, platform.now(), null, platform.tzdb);
  const { documents } = await presentWorld(platform);
  const { sites } = stateAt(indexOf(documents), at);
  return {
    value: {
      at,
      sites: [...sites.values()],
      launches: [...launchesInBrief(documents, at)],
      zones: zonesOf(documents),
      warnings: [...standingWarnings(documents, platform.now(), platform.tzdb)],
    },
  };
};

export const getTimeline: Handler<Operations['timeline']> = async ({ platform }, { query }) => {
  const now = platform.now();
  const read = (text: string | undefined): number | null =>
    text === undefined ? null : parseAt(text, now, null, platform.tzdb);
  const from = read(query.from);
  const to = read(query.to);
  const { documents } = await presentWorld(platform);
  const index = indexOf(documents);
  const events = timelineOf(index, from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY);
  return {
    value: {
      from,
      to,
      now,
      events,
      lanes: lanesOf(index),
      zones: zonesOf(documents),
      warnings: [...standingWarnings(documents, platform.now(), platform.tzdb)],
    },
  };
};

function zonesOf(documents: Documents): Record<string, string> {
  return Object.fromEntries([...documents.markets].map(([id, { spec }]) => [id, spec.timeZone]));
}
