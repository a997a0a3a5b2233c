import { formatInstant } from '../../../domain/time/format-time.ts';
import type { Finding, FindingFix } from '../../../redirects/lint/index.ts';

export interface FindingRuleView {
  /** null where the rule is on the platform and in no file. */
  readonly file: string | null;
  readonly line: number | null;
  readonly from: string;
  readonly ruleset?: string;
}

/** One finding, as `redirects lint` answers with it; every key is there. */
export interface FindingView {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly rules: readonly FindingRuleView[];
  /** A concrete URL that shows it. */
  readonly witness: string | null;
  /** The instant at which it does, RFC 3339 UTC; null where that is any at which the rules answer. */
  readonly at: string | null;
  readonly fix: FindingFix | null;
}

export interface LintResult {
  /** How many rules were looked at. */
  readonly rules: number;
  readonly findings: readonly FindingView[];
  /** How many findings were mended; absent where none were to be. */
  readonly fixed?: number;
  /** What could not be looked at with a document alone. */
  readonly unchecked?: readonly string[];
}

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** The worst first; of one severity in the order of the files, so that they can be worked through from top to bottom. */
export function inOrder(findings: readonly FindingView[]): readonly FindingView[] {
  return SEVERITIES.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity).toSorted(byPlace),
  );
}

function byPlace(a: FindingView, b: FindingView): number {
  const [left, right] = [a.rules[0], b.rules[0]];
  const files = (left?.file ?? '').localeCompare(right?.file ?? '', 'en');
  return files === 0 ? (left?.line ?? 0) - (right?.line ?? 0) : files;
}

/** What to look at to see a finding, and when; null where that is its first rule's own source, at any time. */
export function sightOf({ witness, at, rules }: FindingView): string | null {
  if (witness === null || (at === null && witness === rules[0]?.from)) return null;
  return at === null ? witness : `${witness} at ${at}`;
}

/** A finding of the engine or of the platform. */
export interface FoundLike {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly rules: readonly {
    readonly file?: string | undefined;
    readonly line?: number | undefined;
    readonly from: string;
    readonly ruleset?: string | undefined;
  }[];
  readonly witness?: string | undefined;
  /** Epoch milliseconds. */
  readonly at?: number | undefined;
  readonly fix?: unknown;
}

export function findingView({ code, severity, message, rules, witness, at, fix }: FoundLike): FindingView {
  return {
    code,
    severity,
    message,
    rules: rules.map(({ file, line, from, ruleset }) => ({
      file: file ?? null,
      line: line ?? null,
      from,
      // A file is its own ruleset; its name is not said twice.
      ...(ruleset === undefined || file !== undefined ? {} : { ruleset }),
    })),
    witness: witness ?? null,
    at: at === undefined ? null : formatInstant(at),
    // A platform's is made by the same lint; what a newer one may know besides is passed on as it is.
    fix: (fix ?? null) as FindingFix | null,
  };
}
