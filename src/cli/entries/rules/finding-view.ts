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
