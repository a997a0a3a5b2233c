import type { CompiledRuleset } from '../../redirects/compile.ts';
import { type Finding, fixWithin, type LintRuleset, type Span } from '../../redirects/lint/index.ts';
import { revisionsOf } from '../document/ruleset-revisions.ts';
import { formatInstant } from '../time/format-time.ts';
import type { Answering } from './answer.ts';
import type { DocumentIndex } from './document-index.ts';

/** A revision that answers before the latest one begins. */
export interface EarlierRevision extends LintRuleset {
  readonly ruleset: string;
  readonly compiled: CompiledRuleset;
  readonly answers: Span;
  readonly revision: number;
}

/**
 * The revisions of a ruleset, but for the latest, that answer somebody while its site is dark; those whose rules are
 * not at hand are left out.
 *
 * @param dark when the rules of its site answer
 */
export function earlierRevisions(
  { documents }: DocumentIndex,
  id: string,
  dark: Span,
  compiled: Answering['compiled'],
): readonly EarlierRevision[] {
  const ruleset = documents.rulesets.get(id);
  const all = ruleset === undefined ? [] : revisionsOf(ruleset);
  return all.slice(0, -1).flatMap((revision, place): EarlierRevision[] => {
    const from = Math.max(dark.from, revision.from ?? Number.NEGATIVE_INFINITY);
    const until = Math.min(dark.until, all[place + 1]?.from ?? Number.POSITIVE_INFINITY);
    const made = from < until ? compiled(id, revision) : null;
    if (made === null) return [];
    const { allowedHosts } = revision.spec;
    return [
      {
        // No ruleset has such an id.
        id: `${id} revision ${revision.revision}`,
        ruleset: id,
        revision: revision.revision,
        compiled: made,
        answers: { from, until },
        ...(allowedHosts === undefined ? {} : { allowedHosts }),
      },
    ];
  });
}

const UNCHANGED = ' (which is not changed any more: a new one can begin before then)';

/**
 * Findings under the names of their rulesets. What the latest revision says too is said of that alone. A revision is never
 * changed: of a fix, what concerns its rules is left out, and where that is all of it the finding says so.
 */
export function asOfRulesets(findings: readonly Finding[], earlier: readonly EarlierRevision[]): readonly Finding[] {
  if (earlier.length === 0) return findings;
  const byId = new Map(earlier.map((one) => [one.id, one]));
  const isEarlier = ({ rules }: Finding): boolean => rules.some(({ ruleset }) => byId.has(ruleset));
  const said = new Set(findings.filter((finding) => !isEarlier(finding)).map(keyOf));
  return findings.flatMap((finding) => {
    const of = finding.rules.map(({ ruleset }) => byId.get(ruleset)).find((one) => one !== undefined);
    if (of === undefined) return [finding];
    const { fix: whole, ...rest } = finding;
    const fix = fixWithin(whole, ({ ruleset }) => !byId.has(ruleset));
    const rules = finding.rules.map((rule) => ({ ...rule, ruleset: byId.get(rule.ruleset)?.ruleset ?? rule.ruleset }));
    const lost = whole !== undefined && fix === undefined ? UNCHANGED : '';
    const message = `in revision ${of.revision}, in force until ${formatInstant(of.answers.until)}${lost}: ${finding.message}`;
    const named = { ...rest, rules, message, ...(fix === undefined ? {} : { fix }) };
    return said.has(keyOf(named)) ? [] : [named];
  });
}

/** Whatever the instants at which it is so. */
function keyOf({ code, rules, witness }: Finding): string {
  const concerned = rules.map(({ ruleset, from }) => `${ruleset} ${from}`);
  return [code.replace(/-at-instant$/, ''), witness, ...concerned].join('\n');
}
