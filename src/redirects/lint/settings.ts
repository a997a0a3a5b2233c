import type { LintCode } from './codes.ts';
import type { Finding, FindingSeverity } from './finding.ts';

/** A finding that was looked at and is meant to be so. */
export interface AllowedFinding {
  readonly code: LintCode;
  /** The `from` of a rule concerned, as it is written; `*` stands for any text. */
  readonly from?: string;
  /** The finding's witness; `*` stands for any text. */
  readonly witness?: string;
  /** Why it is allowed, for whoever reads the list. */
  readonly reason?: string;
  /** Its place in the list as it is written. */
  readonly place?: number;
}

export interface LintSettings {
  /** By code; `off` leaves its findings out. */
  readonly severities?: Readonly<Partial<Record<LintCode, FindingSeverity | 'off'>>>;
  readonly allow?: readonly AllowedFinding[];
}

export interface SettledFindings {
  readonly findings: readonly Finding[];
  /** How many findings the settings left out. */
  readonly left: number;
  /** Entries that allowed nothing: what they were for has gone, or they are misspelt. */
  readonly unused: readonly AllowedFinding[];
}

/** Findings as an organisation wants to see them. */
export function settleFindings(findings: readonly Finding[], settings: LintSettings): SettledFindings {
  const { severities = {}, allow = [] } = settings;
  const byCode = Map.groupBy(allow, ({ code }) => code as string);
  const used = new Set<AllowedFinding>();
  const kept = findings.flatMap((finding) => {
    const entry = byCode.get(finding.code)?.find((allowed) => allows(allowed, finding));
    if (entry !== undefined) {
      used.add(entry);
      return [];
    }
    const severity = (severities as Readonly<Record<string, FindingSeverity | 'off'>>)[finding.code];
    if (severity === 'off') return [];
    return severity === undefined || severity === finding.severity ? [finding] : [{ ...finding, severity }];
  });
  return { findings: kept, left: findings.length - kept.length, unused: allow.filter((entry) => !used.has(entry)) };
}

function allows({ from, witness }: AllowedFinding, finding: Finding): boolean {
  if (from !== undefined && !finding.rules.some((rule) => fitsWildcard(from, rule.from))) return false;
  return witness === undefined || (finding.witness !== undefined && fitsWildcard(witness, finding.witness));
}

/** Whether a text fits a pattern in which `*` stands for any text; in time linear in the text. */
export function fitsWildcard(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
