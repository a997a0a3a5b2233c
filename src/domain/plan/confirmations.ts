import type { RedirectRule } from '../../redirects/rule.ts';
import type { Documents } from '../document/resources.ts';
import { instantIn } from '../document/resources.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import { rulesetOptions } from '../state/compile-revision.ts';
import { type DocumentIndex, indexDocuments } from '../state/document-index.ts';
import { type SiteState, segmentAt } from '../state/site-segments.ts';
import { formatInstant } from '../time/format-time.ts';
import { equalValues } from './equal.ts';
import type { Confirmation, PlanOperation } from './plan.ts';

export interface Confirming {
  readonly current: Documents;
  readonly wanted: Documents;
  readonly operations: readonly PlanOperation[];
  /** Epoch milliseconds. */
  readonly now: number;
  rulesOf(content: string): readonly RedirectRule[];
}

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
      return siteEffect(operation, confirming.now, before);
    case 'markets':
    case 'freezeWindows':
      return null;
  }
}

function stateNow(index: DocumentIndex, site: string, now: number): SiteState | null {
  return index.documents.sites.has(site) ? segmentAt(index.segmentsOf(site), now).state : null;
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
    return was === is || (!redirecting(was) && !redirecting(is)) ? [] : [`${site} is ${is ?? 'gone'} at once`];
  });
  if (changed.length === 0) return null;
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
  return `${changed.slice(0, 5).join(', ')}${more}`;
}

function sitesOf(spec: unknown): readonly string[] {
  return (spec as { readonly sites?: readonly string[] } | undefined)?.sites ?? [];
}

/** An exception that is taken away, or ended, while it holds. */
function exceptionEffect({ verb, before, after }: PlanOperation, now: number): string | null {
  if (before === null) return null;
  if (verb === 'delete') return 'what it exempts is no longer exempt, at once';
  const narrowed = ['sites', 'markets', 'urls', 'from'].filter((key) => {
    const old = listAt(before.spec, key);
    const kept = new Set(listAt(after?.spec, key));
    return old.some((item) => !kept.has(item));
  });
  if (narrowed.length > 0) return `its ${narrowed.join(' and ')} become fewer, at once`;
  const markets = new Set(Object.keys({ ...before.times['endsAt'], ...after?.times['endsAt'] }));
  const ends = [...markets].flatMap((market) => {
    const was = instantIn(before.times, 'endsAt', market) ?? Number.POSITIVE_INFINITY;
    const is = instantIn(after?.times ?? {}, 'endsAt', market) ?? Number.POSITIVE_INFINITY;
    return is <= now && now < was ? [formatInstant(is)] : [];
  });
  return ends.length === 0 ? null : `it ended at ${ends.join(', ')}, which is past`;
}

function listAt(spec: unknown, key: string): readonly string[] {
  const value = (spec as Readonly<Record<string, unknown>> | undefined)?.[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A catch-all that comes into force now: it takes every URL of a site that is dark already. */
function rulesetEffect(
  { id, before, after }: PlanOperation,
  { now, rulesOf }: Confirming,
  indexBefore: DocumentIndex,
  indexAfter: DocumentIndex,
): string | null {
  const old = before?.spec as StoredRulesetSpec | undefined;
  const next = after?.spec as StoredRulesetSpec | undefined;
  const site = (next ?? old)?.site ?? '';
  const dark = stateNow(indexBefore, site, now) === 'dark' && stateNow(indexAfter, site, now) === 'dark';
  if (!dark) return null;
  if (next === undefined) return `site ${site} is dark and loses its rules at once`;
  if (!equalValues(old === undefined ? undefined : rulesetOptions(old).fallback, rulesetOptions(next).fallback)) {
    return `site ${site} is dark, and the fallback of ${id} changes at once`;
  }
  if (old?.rules.content === next.rules.content) return null;
  const known = new Set(old === undefined ? [] : rulesOf(old.rules.content).filter(isCatchAll).map(answerOf));
  const added = rulesOf(next.rules.content).find((rule) => isCatchAll(rule) && !known.has(answerOf(rule)));
  return added === undefined
    ? null
    : `site ${site} is dark, and the catch-all ${added.from} takes its visitors at once`;
}

/** Takes everything under a path of at most one segment: `/*`, `/uk/*`, the prefix `/`. */
function isCatchAll(rule: RedirectRule): boolean {
  if (rule.enabled === false) return false;
  const path = rule.from.replace(/^https?:\/\/[^/]*/i, '');
  if (rule.match === 'regex') return /^\^?\/?\.\*/.test(path);
  if (rule.match === 'exact') return false;
  return /^(?:\/[^/*:]+)?\/?\*?$/.test(path) && (rule.match === 'prefix' || path.endsWith('*'));
}

function answerOf(rule: RedirectRule): string {
  return JSON.stringify([rule.from, rule.to, rule.status, rule.window]);
}

/** A site that is taken away, or moved to other URLs, while people visit it. */
function siteEffect({ verb, before, after, id }: PlanOperation, now: number, index: DocumentIndex): string | null {
  if (before === null) return null;
  const state = stateNow(index, id, now);
  if (state === 'prelaunch' || state === 'retired') return null;
  if (verb === 'delete') return `it is ${state} now, and its URLs would belong to nothing`;
  const kept = new Set(listAt(after?.spec, 'urls'));
  const lost = listAt(before.spec, 'urls').filter((url) => !kept.has(url));
  return lost.length === 0 ? null : `it is ${state} now, and loses ${lost.join(', ')}`;
}
