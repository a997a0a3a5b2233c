import { type AnswerChange, AnswerComparison } from '../../redirects/difference/answers.ts';
import {
  differenceOfOptions,
  differenceOfRules,
  type OptionChange,
  type RulesDifference,
} from '../../redirects/difference/rules.ts';
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

/** Things that a difference is of, of which each is made when it is told: of a million, a person reads the first few. */
export class Told<Key, Thing> {
  readonly #keys: readonly Key[];
  readonly #thingOf: (key: Key) => Thing;

  constructor(keys: readonly Key[], thingOf: (key: Key) => Thing) {
    this.#keys = keys;
    this.#thingOf = thingOf;
  }

  get length(): number {
    return this.#keys.length;
  }

  slice(start: number, end: number): readonly Thing[] {
    return this.#keys.slice(start, end).map(this.#thingOf);
  }

  toJSON(): readonly Thing[] {
    return this.#keys.map(this.#thingOf);
  }
}

type IndexPair = RulesDifference['changed'][number];

export interface DiffResult {
  readonly before: { readonly name: string; readonly rules: number };
  readonly after: { readonly name: string; readonly rules: number };
  readonly options: readonly OptionChange[];
  readonly added: Told<number, PlacedRule>;
  readonly removed: Told<number, PlacedRule>;
  readonly changed: Told<IndexPair, { readonly before: PlacedRule; readonly after: PlacedRule }>;
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
  const difference = surroundings.interruption.busy(() => differenceOfRules(before.rules, after.rules));
  const compared = {
    before: { name: before.name, rules: before.rules.length },
    after: { name: after.name, rules: after.rules.length },
    options: differenceOfOptions(before.options, after.options),
    added: new Told(difference.added, (index) => placed(after, index)),
    removed: new Told(difference.removed, (index) => placed(before, index)),
    changed: new Told(difference.changed, (pair) => ({
      before: placed(before, pair.before),
      after: placed(after, pair.after),
    })),
    same: difference.same,
  };
  if (log === undefined) return { ...compared, answers: null };
  const [old, now] = surroundings.interruption.busy(() => [before.compile(), after.compile()] as const);
  const comparison = new AnswerComparison(old, now, at, siteOrigin(old));
  const add = (url: string, hits: number): string | undefined => comparison.add(url, hits);
  const { bad, missing } = await readVisits(surroundings, { files: [log], add, onProgress });
  const answers = { urls: comparison.urls, changed: comparison.changes(), badLines: bad, missingSitemaps: missing };
  return { ...compared, answers };
}

export function differs({ options, added, removed, changed, answers }: DiffResult): boolean {
  return options.length + added.length + removed.length + changed.length + (answers?.changed.length ?? 0) > 0;
}

function placed({ rules, lineOf }: Side, index: number): PlacedRule {
  const rule = rules.at(index);
  if (rule === undefined) throw new Error(`there is no rule ${index}`);
  return { rule, line: lineOf(index) };
}
