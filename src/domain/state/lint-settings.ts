import { isFirmCode } from '../../redirects/lint/codes.ts';
import { type AllowedFinding, type Finding, type LintSettings, settleFindings } from '../../redirects/lint/index.ts';
import type { LintSpec } from '../document/lint-schema.ts';
import { pointerOf } from '../document/pointer.ts';
import { Failure } from '../failure.ts';
import type { TimeResolver } from '../time/time-resolver.ts';

/** The instant at which settings are looked at, and how their times are read. */
export interface SettingsAt {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly resolver: TimeResolver;
  /** The zone of the ruleset's market, for times without one. */
  readonly zone: string | null;
}

/**
 * The settings of a ruleset as they hold at an instant: entries that have ended allow nothing. What makes an answer
 * undefined, endless or unsafe counts as the error it is, whatever a document says; a plan lets it through by its
 * guard's override alone, with a reason that is kept.
 */
export function lintSettingsOf({ severity = {}, allow = [] }: LintSpec, when: SettingsAt): LintSettings {
  return {
    severities: Object.fromEntries(Object.entries(severity).filter(([code]) => !isFirmCode(code))),
    allow: allow.flatMap(({ code, from, witness, reason, until }, place): AllowedFinding[] => {
      if (isFirmCode(code) || (until !== undefined && hasEnded(until, when))) return [];
      const which = { ...(from === undefined ? {} : { from }), ...(witness === undefined ? {} : { witness }) };
      return [{ code, reason, place, ...which }];
    }),
  };
}

/** A time that cannot be read was reported when the document was checked; what it ends does not allow anything. */
function hasEnded(until: string, { at, resolver, zone }: SettingsAt): boolean {
  try {
    return resolver.resolve(until, zone ?? 'UTC').at <= at;
  } catch (error) {
    if (error instanceof Failure) return true;
    throw error;
  }
}

/**
 * Findings of many rulesets, each under the settings of the ruleset that its first rule is in.
 *
 * @param onUnused told of each entry that allowed nothing
 */
export function settleByRuleset(
  findings: readonly Finding[],
  settings: ReadonlyMap<string, LintSettings>,
  onUnused: (ruleset: string, entry: AllowedFinding) => void = () => {},
): readonly Finding[] {
  if (settings.size === 0) return findings;
  const byRuleset = Map.groupBy(findings, ({ rules: [first] }) => first?.ruleset ?? '');
  for (const ruleset of settings.keys()) if (!byRuleset.has(ruleset)) byRuleset.set(ruleset, []);
  return [...byRuleset].flatMap(([ruleset, own]) => {
    const of = settings.get(ruleset);
    if (of === undefined) return own;
    const { findings: kept, unused } = settleFindings(own, of);
    for (const entry of unused) onUnused(ruleset, entry);
    return kept;
  });
}

/** An entry that allowed nothing: what it was for has gone, or it is misspelt. */
export function unusedAllow(ruleset: string, { code, from, witness, place }: AllowedFinding): Finding {
  const which = [from === undefined ? '' : ` from ${from}`, witness === undefined ? '' : ` at ${witness}`].join('');
  return {
    code: 'unused-allow',
    severity: 'info',
    message: `no finding is allowed by this entry (${code}${which}); take it out, or mend what it names`,
    rules: [],
    ...(place === undefined ? {} : { pointer: pointerOf(['rulesets', ruleset, 'lint', 'allow', place]) }),
  };
}
