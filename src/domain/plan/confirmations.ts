import { exceptionInterval } from '../document/exception-interval.ts';
import { COMMON, type ResolvedTimes } from '../document/resources.ts';
import { type DocumentIndex, indexDocuments, stateNow } from '../state/document-index.ts';
import { type SiteState, segmentAt } from '../state/site-segments.ts';
import { contains, type Interval, intervalJson } from '../time/interval.ts';
import { catalogEffect } from './catalog-effect.ts';
import type { Confirming } from './confirming.ts';
import { goEffect } from './go-effect.ts';
import { launchEffect } from './launch-effect.ts';
import type { Confirmation, PlanOperation } from './plan.ts';
import { rulesetEffect } from './ruleset-effect.ts';

/**
 * What visitors would notice at once. Each has to be confirmed by its id, at a terminal or with --confirm: nobody
 * means to do these things by the way.
 */
export function confirmationsFor(confirming: Confirming): readonly Confirmation[] {
  const before = indexDocuments(confirming.current);
  const after = indexDocuments(confirming.wanted);
  return confirming.operations.flatMap((operation): Confirmation[] => {
    const why = whyConfirm(operation, confirming, before, after);
    return why === null ? [] : [{ id: operation.id, target: operation.target, why }];
  });
}

function whyConfirm(
  operation: PlanOperation,
  confirming: Confirming,
  before: DocumentIndex,
  after: DocumentIndex,
): string | null {
  switch (operation.kind) {
    case 'shutdowns':
      return shutdownEffect(operation, confirming, before, after);
    case 'exceptions':
      return exceptionEffect(operation, confirming.now);
    case 'rulesets':
      return rulesetEffect(operation, confirming, before, after);
    case 'sites':
      return siteEffect(operation, confirming.now, before, after);
    case 'markets':
    case 'freezeWindows':
    case 'assertions':
    case 'taxonomies':
    case 'products':
    case 'certifications':
    case 'serviceLevels':
    case 'checklists':
      return null;
    case 'catalogs':
      return catalogEffect(operation, before, confirming.contents, confirming.now);
    case 'launches':
      return launchEffect(operation, confirming.current, confirming.now) ?? goEffect(operation.id, confirming);
    case 'signoffs':
      return goEffect(operation.id, confirming);
  }
}

/** Sites of a shutdown whose answers change the moment that it is applied. */
function shutdownEffect(
  { before, after }: PlanOperation,
  { now }: Confirming,
  indexBefore: DocumentIndex,
  indexAfter: DocumentIndex,
): string | null {
  const sites = new Set([...sitesOf(before?.spec), ...sitesOf(after?.spec)]);
  const redirecting = (state: SiteState | null): boolean => state === 'dark' || state === 'retired';
  const changed = [...sites].flatMap((site) => {
    const was = stateNow(indexBefore, site, now);
    const is = stateNow(indexAfter, site, now);
    if (was !== is) return redirecting(was) || redirecting(is) ? [`${site} is ${is ?? 'gone'} at once`] : [];
    const into = indexAfter.shutdownOf(site)?.spec.into;
    const moved = is === 'dark' && into !== undefined && into !== indexBefore.shutdownOf(site)?.spec.into;
    return moved ? [`visitors of ${site} go to ${into} at once`] : [];
  });
  if (changed.length === 0) return null;
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
  return `${changed.slice(0, 5).join(', ')}${more}`;
}

function sitesOf(spec: unknown): readonly string[] {
  return (spec as { readonly sites?: readonly string[] } | undefined)?.sites ?? [];
}

/** An exception that is taken away, narrowed, or moved off the present while it holds. */
function exceptionEffect({ verb, before, after }: PlanOperation, now: number): string | null {
  if (before === null || hasEnded(before.times, now)) return null;
  if (verb === 'delete' || after === null) return 'what it exempts is no longer exempt, at once';
  const narrowed = ['sites', 'markets', 'urls', 'from'].filter((key) => {
    const kept = new Set(listAt(after.spec, key));
    return listAt(before.spec, key).some((item) => !kept.has(item));
  });
  if (narrowed.length > 0) return `its ${narrowed.join(' and ')} become fewer, at once`;
  const lost = marketsOf(before.times, after.times).filter(
    (market) =>
      contains(exceptionInterval(before.times, market), now) && !contains(exceptionInterval(after.times, market), now),
  );
  if (lost.length === 0) return null;
  const ends = new Set(lost.map((market) => boundsOf(exceptionInterval(after.times, market))));
  return `it no longer holds now: ${[...ends].join(', ')}`;
}

/** It exempts nothing any more, in no market. */
function hasEnded(times: ResolvedTimes, now: number): boolean {
  const ends = Object.values(times['endsAt'] ?? {});
  return ends.length > 0 && ends.every(({ at }) => at <= now);
}

function boundsOf(interval: Interval): string {
  const { from, until } = intervalJson(interval);
  return [from === null ? '' : `from ${from}`, until === null ? '' : `until ${until}`].filter(Boolean).join(' ');
}

/** The markets in which either side has an instant of its own; COMMON where all are common to every market. */
function marketsOf(...sides: readonly ResolvedTimes[]): readonly string[] {
  const keys = sides.flatMap((times) => Object.keys({ ...times['startsAt'], ...times['endsAt'] }));
  const markets = [...new Set(keys)].filter((key) => key !== COMMON);
  return markets.length === 0 ? [COMMON] : markets;
}

function listAt(spec: unknown, key: string): readonly string[] {
  const value = (spec as Readonly<Record<string, unknown>> | undefined)?.[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A site that is taken away, moved to other URLs, opened or closed, while people visit it. */
function siteEffect(
  { verb, before, after, id }: PlanOperation,
  now: number,
  indexBefore: DocumentIndex,
  indexAfter: DocumentIndex,
): string | null {
  if (before === null) return null;
  const was = segmentAt(indexBefore.segmentsOf(id), now);
  const { state } = was;
  const unvisited = state === 'prelaunch' || state === 'retired';
  if (verb === 'delete' || after === null) {
    return unvisited ? null : `it is ${state} now, and its URLs would belong to nothing`;
  }
  const is = segmentAt(indexAfter.segmentsOf(id), now);
  if (is.state !== state) return `it is ${is.state} at once, and was ${state}`;
  if (was.exemptFromRedirect !== null && is.exemptFromRedirect === null) {
    return `exception ${was.exemptFromRedirect} no longer covers it, at once`;
  }
  const kept = new Set(listAt(after.spec, 'urls'));
  const lost = unvisited ? [] : listAt(before.spec, 'urls').filter((url) => !kept.has(url));
  return lost.length === 0 ? null : `it is ${state} now, and loses ${lost.join(', ')}`;
}
