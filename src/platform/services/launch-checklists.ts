import type { api } from '../../contract/operations/index.ts';
import { skusToLoad } from '../../domain/checklists/evaluate.ts';
import { type LaunchChecklist, launchChecklist } from '../../domain/checklists/launch-checklist.ts';
import type { SignoffSpec } from '../../domain/document/launch-schema.ts';
import type { Documents, Resource } from '../../domain/document/resources.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { productsAround } from '../contents/products-around.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { presentWorld } from './world.ts';
import { indexOf } from './world-index.ts';

type Operations = (typeof api)['launchChecklists'];

export const getChecklist: Handler<Operations['get']> = async ({ platform }, { params: { id }, query }) => {
  const { documents } = await presentWorld(platform);
  const launch = launchIn(documents, id);
  const at = timeFor(platform, documents, launch, query.at);
  const signoff = documents.signoffs.get(id)?.spec ?? {};
  return { value: await checklistAt(platform, documents, launch, at)(signoff) };
};

/** @throws Failure `not-found` with the nearest id */
export function launchIn({ launches }: Documents, id: string): Resource<'launches'> {
  const launch = launches.get(id);
  if (launch !== undefined) return launch;
  const guess = nearest(id, [...launches.keys()]);
  throw new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `There is no launch ${id}.${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy: 'storectl launches list shows what there is.',
    details: { noun: 'launch', id, nearest: guess },
  });
}

/**
 * Epoch milliseconds of a time that is about a launch. A civil time is read in the zone of its markets where all of them
 * are in one; markets that differ have no common clock, and it needs a zone of its own.
 */
export function timeFor(
  platform: PlatformParts,
  { markets }: Documents,
  { spec }: Resource<'launches'>,
  text: string,
): number {
  const zones = new Set(spec.markets.map((market) => markets.get(market)?.spec.timeZone ?? 'UTC'));
  const [zone = null] = zones;
  try {
    return parseAt(text, platform.now(), zones.size === 1 ? zone : null, platform.tzdb);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'zone-needed') throw error;
    throw zoneNeeded(error, [...zones], text);
  }
}

function zoneNeeded({ code, exit, details }: Failure, zones: readonly string[], text: string): Failure {
  const [first = 'UTC'] = zones;
  return new Failure({
    code,
    exit,
    message: `"${text}" has no time zone, and the markets of the launch are in several: ${zones.join(', ')}`,
    remedy: `Write one of them, ${text.trim()}[${first}], or an offset, ${text.trim()}Z`,
    details: { ...(details as object), zones },
  });
}

/** How a launch's checklist stands at an instant, with signatures that may be there or be about to be written. */
export function checklistAt(
  platform: PlatformParts,
  documents: Documents,
  launch: Resource<'launches'>,
  now: number,
): (signoff: SignoffSpec) => Promise<LaunchChecklist> {
  let evaluating: Promise<Parameters<typeof launchChecklist>[0]> | null = null;
  const load = async () => {
    const products = await productsAround(platform, documents, skusToLoad(documents, launch, now));
    return {
      index: indexOf(documents),
      contents: { productsOf: () => products, listingsOf: () => [] },
      launch,
      now,
    };
  };
  return async (signoff) => {
    evaluating ??= load();
    return launchChecklist(await evaluating, signoff);
  };
}
