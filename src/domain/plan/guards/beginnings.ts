import { type Documents, instantIn, type Resource, type Target, targetOf } from '../../document/resources.ts';
import { inForceFrom } from '../../document/ruleset-revisions.ts';
import { formatLocal } from '../../time/format-time.ts';
import type { PlanOperation } from '../plan.ts';

/**
 * What is worth a look in when rulesets begin: a time that is past already means at once; one after their site goes
 * dark leaves its visitors without these rules until then. A shutdown that moves is looked at as well.
 */
export function beginningNotes(
  { kind, id }: PlanOperation,
  wanted: Documents,
  now: number,
): { target: Target; message: string }[] {
  if (kind === 'rulesets') {
    const ruleset = wanted.rulesets.get(id);
    return ruleset === undefined ? [] : notesOf(ruleset, wanted, now);
  }
  if (kind !== 'shutdowns') return [];
  const sites = new Set(wanted.shutdowns.get(id)?.spec.sites ?? []);
  const begun = wanted.rulesets.values().filter(({ spec }) => sites.has(spec.site) && spec.inForceFrom !== undefined);
  return [...begun].flatMap((ruleset) => notesOf(ruleset, wanted, now).filter((note) => note.late));
}

function notesOf(
  ruleset: Resource<'rulesets'>,
  wanted: Documents,
  now: number,
): { target: Target; message: string; late: boolean }[] {
  const from = inForceFrom(ruleset.times);
  if (from === null) return [];
  const target = targetOf(ruleset);
  const { site } = ruleset.spec;
  const market = wanted.sites.get(site)?.spec.market ?? '';
  const zone = wanted.markets.get(market)?.spec.timeZone ?? 'UTC';
  const local = formatLocal(from, zone);
  if (from <= now)
    return [{ target, message: `inForceFrom of ${ruleset.id} is in the past (${local}): at once`, late: false }];
  const shutdown = wanted.shutdowns.values().find(({ spec }) => spec.sites.includes(site));
  const dark = instantIn(shutdown?.times ?? {}, 'dark', market);
  if (dark === undefined || from <= dark) return [];
  const message = `rules of ${ruleset.id} begin (${local}) after ${site} goes dark (${formatLocal(dark, zone)}); its visitors do without them until then`;
  return [{ target, message, late: true }];
}
