import { isFirmCode } from '../../redirects/lint/codes.ts';
import { type AllowedFinding, type Finding, type LintSettings, settleFindings } from '../../redirects/lint/index.ts';
import type { LintSpec } from '../document/lint-schema.ts';
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
    allow: allow.flatMap(({ code, from, witness, reason, until }): AllowedFinding[] => {
      if (isFirmCode(code) || (until !== undefined && hasEnded(until, when))) return [];
      return [{ code, reason, ...(from === undefined ? {} : { from }), ...(witness === undefined ? {} : { witness }) }];
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

/** Findings of many rulesets, each under the settings of the ruleset that its first rule is in. */
export function settleByRuleset(
  findings: readonly Finding[],
  settings: ReadonlyMap<string, LintSettings>,
): readonly Finding[] {
  if (settings.size === 0) return findings;
  const byRuleset = Map.groupBy(findings, ({ rules: [first] }) => first?.ruleset ?? '');
  return [...byRuleset].flatMap(([ruleset, own]) => {
    const of = settings.get(ruleset);
    return of === undefined ? own : settleFindings(own, of).findings;
  });
}
