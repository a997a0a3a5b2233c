import type { Finding } from '../../../redirects/lint/index.ts';
import type { Target } from '../../document/resources.ts';
import { EXIT, Failure, type Problem } from '../../failure.ts';
import { indexDocuments } from '../../state/document-index.ts';
import { type CompiledById, lintDocuments } from '../../state/lint-documents.ts';
import { latestRevision } from '../compiling.ts';
import type { GuardResult } from '../plan.ts';
import { type Guarding, overrideFlag, passed } from './guard.ts';

/** Findings that are shown of each ruleset; the lint command lists all. */
const SHOWN = 5;

/**
 * Rules that cannot be used make the document wrong; rules that loop, conflict, reach into an exception or send
 * visitors where they choose block the plan.
 *
 * @throws Failure `invalid-document`
 */
export function guardRules(guarding: Guarding): readonly GuardResult[] {
  if (!guarding.checkRules) return [passed('rules', 'no rule is touched')];
  const compiled = compileAll(guarding);
  const unusable = [...compiled].flatMap(([id, { ruleset }]) =>
    ruleset.problems.map((problem) => problemOf(id, problem)),
  );
  if (unusable.length > 0) throw unusableRules(unusable);
  const { wanted, now, resolver } = guarding;
  const findings = lintDocuments(indexDocuments(wanted), compiled, { since: now, settings: { at: now, resolver } });
  const errors = findings.filter((finding) => finding.severity === 'error');
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  const results = [...summed(errors, 'block'), ...summed(warnings, 'warn')];
  const count = [...compiled.values()].reduce((sum, { ruleset }) => sum + ruleset.rules.length, 0);
  return results.length === 0 ? [passed('rules', `${count} rules, no finding`)] : results;
}

function compileAll({ wanted, compiled }: Guarding): CompiledById {
  return new Map(
    [...wanted.rulesets.values()].flatMap((ruleset) => {
      const made = compiled(ruleset.id, latestRevision(ruleset));
      return made === null ? [] : [[ruleset.id, { ruleset: made, spec: ruleset.spec }] as const];
    }),
  );
}

interface RuleFault {
  readonly code: string;
  readonly index: number;
  readonly message: string;
  readonly remedy?: string;
}

function problemOf(ruleset: string, fault: RuleFault): Problem {
  const pointer = fault.index < 0 ? `/rulesets/${ruleset}/fallback` : `/rulesets/${ruleset}/rules/${fault.index}`;
  return {
    code: fault.code,
    severity: 'error',
    message: fault.message,
    ...(fault.remedy === undefined ? {} : { remedy: fault.remedy }),
    place: { pointer },
  };
}

function unusableRules(problems: readonly Problem[]): Failure {
  const [first] = problems;
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `${problems.length === 1 ? 'a rule' : `${problems.length} rules`} cannot be used; the first at ${first?.place?.pointer ?? ''}: ${first?.message ?? ''}`,
    remedy: first?.remedy ?? 'mend or take out each of them; `storectl validate` lists all with file and line',
    details: { problems },
  });
}

/** One result by code, with the first few witnesses: a plan is read by a person. */
function summed(findings: readonly Finding[], outcome: 'block' | 'warn'): readonly GuardResult[] {
  const byCode = Map.groupBy(findings, (finding) => finding.code);
  return [...byCode].map(([code, group]) => ({
    guard: 'rules',
    outcome,
    message: `${group.length === 1 ? '' : `${group.length} × `}${code}: ${group[0]?.message ?? ''}${group[0]?.witness === undefined ? '' : ` (${group[0].witness})`}`,
    targets: targetsOf(group),
    override: outcome === 'block' ? overrideFlag('rules') : null,
    details: { code, count: group.length, findings: group.slice(0, SHOWN) },
  }));
}

function targetsOf(findings: readonly Finding[]): readonly Target[] {
  const ids = new Set(
    findings.flatMap(({ rules }) => rules.flatMap(({ ruleset }) => (ruleset === undefined ? [] : [ruleset]))),
  );
  return [...ids].map((id): Target => `rulesets/${id}`);
}
