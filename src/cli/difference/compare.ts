import { type AnswerChange, AnswerComparison } from '../../redirects/difference/answers.ts';
import { differenceOfOptions, differenceOfRules, type OptionChange } from '../../redirects/difference/rules.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import { type ReadVisits, readVisits } from '../coverage/read-visits.ts';
import { siteOrigin } from '../coverage/site-origin.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Side, Sides } from './sides.ts';

/** A rule with the place where it stands. */
export interface PlacedRule {
  readonly rule: RedirectRule;
  /** From 1; on the platform, its place among the rules. */
  readonly line: number | null;
}

export interface DiffResult {
  readonly before: { readonly name: string; readonly rules: number };
  readonly after: { readonly name: string; readonly rules: number };
  readonly options: readonly OptionChange[];
  readonly added: readonly PlacedRule[];
  readonly removed: readonly PlacedRule[];
  readonly changed: readonly { readonly before: PlacedRule; readonly after: PlacedRule }[];
  readonly same: number;
  /** Null where no log was given. */
  readonly answers: {
    readonly urls: number;
    readonly changed: readonly AnswerChange[];
    readonly badLines: ReadVisits['bad'];
    readonly missingSitemaps: readonly string[];
  } | null;
}

/** How two rulesets differ, and for which URLs of a log that makes a difference. Throws `unreadable-file`. */
export async function compareSides(
  surroundings: Surroundings,
  { before, after, at }: Sides,
  log: string | undefined,
  onProgress: (lines: number) => void,
): Promise<DiffResult> {
  const difference = surroundings.interruption.busy(() =>
    differenceOfRules([...before.ruleset.rules], [...after.ruleset.rules]),
  );
  const compared = {
    before: { name: before.name, rules: before.ruleset.rules.length },
    after: { name: after.name, rules: after.ruleset.rules.length },
    options: differenceOfOptions(before.ruleset.options, after.ruleset.options),
    added: difference.added.map((index) => placed(after, index)),
    removed: difference.removed.map((index) => placed(before, index)),
    changed: difference.changed.map((pair) => ({
      before: placed(before, pair.before),
      after: placed(after, pair.after),
    })),
    same: difference.same,
  };
  if (log === undefined) return { ...compared, answers: null };
  const comparison = new AnswerComparison(before.ruleset, after.ruleset, at, siteOrigin(before.ruleset));
  const add = (url: string, hits: number): string | undefined => comparison.add(url, hits);
  const { bad, missing } = await readVisits(surroundings, { files: [log], add, onProgress });
  const answers = { urls: comparison.urls, changed: comparison.changes(), badLines: bad, missingSitemaps: missing };
  return { ...compared, answers };
}

export function differs({ options, added, removed, changed, answers }: DiffResult): boolean {
  return options.length + added.length + removed.length + changed.length + (answers?.changed.length ?? 0) > 0;
}

function placed({ ruleset }: Side, index: number): PlacedRule {
  const rule = ruleset.rules.at(index);
  if (rule === undefined) throw new Error(`there is no rule ${index}`);
  return { rule, line: ruleset.originOf(index)?.line ?? null };
}
