import type { RuleList } from '../../redirects/rule-list.ts';
import type { Documents, Resource } from '../document/resources.ts';
import { NO_RULES } from '../document/rule-lines.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import { rulesetOptions } from '../state/compile-revision.ts';
import { type DocumentIndex, indexDocuments, revisionAt, stateNow } from '../state/document-index.ts';
import { catchAllsOf } from './catch-all.ts';
import type { Confirming } from './confirming.ts';
import { equalValues } from './equal.ts';
import type { Confirmation, PlanOperation } from './plan.ts';

/** What a side of an operation says now, whatever it is to say later. */
function inForceNow(
  side: Pick<Resource, 'spec' | 'times' | 'revisions'> | null,
  now: number,
): StoredRulesetSpec | undefined {
  return side === null ? undefined : revisionAt(side as Resource<'rulesets'>, now).spec;
}

function darkThroughout(before: DocumentIndex, after: DocumentIndex, now: number): (site: string) => boolean {
  return (site) => stateNow(before, site, now) === 'dark' && stateNow(after, site, now) === 'dark';
}

function losesRules(site: string): string {
  return `site ${site} is dark and loses its rules at once`;
}

/** Whether any rule is switched on and in its window: only such a rule may take a visitor. */
function hasLiveRule(documents: Documents, spec: StoredRulesetSpec, confirming: Confirming): boolean {
  const { resolver, now } = confirming;
  const site = documents.sites.get(spec.site);
  const zone = documents.markets.get(site?.spec.market ?? '')?.spec.timeZone ?? null;
  const instant = (text: string): number => resolver.resolve(text, zone).at;
  for (const { enabled, window } of rulesIn(spec, confirming)) {
    if (enabled === false) continue;
    const hasBegun = window?.from === undefined || instant(window.from) <= now;
    const hasEnded = window?.until !== undefined && instant(window.until) <= now;
    if (hasBegun && !hasEnded) return true;
  }
  return false;
}

function rulesIn({ rules: { content } }: StoredRulesetSpec, { rulesOf }: Confirming): RuleList {
  return content === NO_RULES.content ? [] : rulesOf(content);
}

/**
 * What takes every URL of a site that is dark already, or no longer does: its rules that go, a fallback or a catch-all
 * that comes into force now.
 */
export function rulesetEffect(
  { id, before, after }: PlanOperation,
  confirming: Confirming,
  indexBefore: DocumentIndex,
  indexAfter: DocumentIndex,
): string | null {
  const { now } = confirming;
  const isDark = darkThroughout(indexBefore, indexAfter, now);
  const was = inForceNow(before, now);
  const next = inForceNow(after, now);
  if (was !== undefined && was.site !== next?.site && isDark(was.site)) {
    return losesRules(was.site);
  }
  if (next === undefined || !isDark(next.site)) return null;
  const { site } = next;
  const old = was?.site === site ? was : undefined;
  const { current, wanted } = confirming;
  if (old !== undefined && hasLiveRule(current, old, confirming) && !hasLiveRule(wanted, next, confirming)) {
    return losesRules(site);
  }
  if (!equalValues(old === undefined ? undefined : rulesetOptions(old).fallback, rulesetOptions(next).fallback)) {
    return `site ${site} is dark, and the fallback of ${id} changes at once`;
  }
  const catchAll = changedCatchAll(confirming, old, next);
  if (catchAll === null) return null;
  return `site ${site} is dark, and the catch-all ${catchAll.from} ${catchAll.taken ? 'takes' : 'no longer takes'} its visitors at once`;
}

/** The first catch-all that answers now and did not, or that no longer does. */
function changedCatchAll(
  confirming: Confirming,
  old: StoredRulesetSpec | undefined,
  next: StoredRulesetSpec,
): { readonly from: string; readonly taken: boolean } | null {
  const { current, wanted, now, resolver } = confirming;
  const was = old === undefined ? [] : catchAllsOf(current, old, rulesIn(old, confirming), resolver, now);
  const is = catchAllsOf(wanted, next, rulesIn(next, confirming), resolver, now);
  for (const [i, after] of is.entries()) {
    const before = was[i] ?? null;
    if (after?.location === before?.location && after?.status === before?.status) continue;
    const changed = after ?? before;
    if (changed !== null) return { from: changed.from, taken: after !== null };
  }
  return null;
}

/**
 * The operations, with a word on each ruleset that answers visitors of a dark site from when it is applied on, where
 * nobody has to confirm that.
 */
export function withAnswersAtOnce(
  { current, wanted, operations, now }: Pick<Confirming, 'current' | 'wanted' | 'operations' | 'now'>,
  confirmations: readonly Confirmation[],
): readonly PlanOperation[] {
  if (!operations.some(({ kind, after }) => kind === 'rulesets' && after !== null)) return operations;
  const isDark = darkThroughout(indexDocuments(current), indexDocuments(wanted), now);
  const confirmed = new Set(confirmations.map(({ target }) => target));
  return operations.map((operation) => {
    const site = siteAnsweredAtOnce(operation, now);
    if (site === null || !isDark(site) || confirmed.has(operation.target)) return operation;
    return { ...operation, atOnce: `site ${site} is dark: this answers its visitors at once` };
  });
}

/** The site of a revision that is in force from now on; null where it says nothing, or begins later. */
function siteAnsweredAtOnce({ kind, before, after }: PlanOperation, now: number): string | null {
  if (kind !== 'rulesets' || after === null) return null;
  const next = revisionAt(after as Resource<'rulesets'>, now);
  if (before === null) return next.spec.rules.content === NO_RULES.content ? null : next.spec.site;
  return revisionAt(before as Resource<'rulesets'>, now).revision === next.revision ? null : next.spec.site;
}
