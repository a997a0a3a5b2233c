import { EXIT, type Exit } from '../../domain/failure.ts';
import type { Decider } from '../../domain/state/answer.ts';
import type { Shard } from '../../live-verify/choose-urls.ts';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../live-verify/compare.ts';
import type { CheckedUrl, Verification } from '../../live-verify/verify.ts';
import type { VerifySource } from './verify-source.ts';

/** What `redirects verify` answers with. */
export interface VerifyResult {
  /** RFC 3339: the instant that the hosts are held to; as it was written where that is another one in each market. */
  readonly at: string;
  /** False where it was stopped early: what follows is of the URLs checked so far. */
  readonly complete: boolean;
  readonly shard: Shard | null;
  readonly sample: { readonly size: number; readonly seed: number } | null;
  /** How many were to be checked, and what came of those that were. */
  readonly urls: number;
  readonly checked: number;
  readonly agreed: number;
  readonly differing: number;
  readonly unreachable: number;
  readonly kinds: Readonly<Record<DifferenceKind, number>>;
  readonly hosts: readonly HostCounts[];
  readonly results: readonly UrlResult[];
}

export interface HostCounts {
  readonly host: string;
  readonly checked: number;
  readonly agreed: number;
  readonly differing: number;
  readonly unreachable: number;
}

export interface UrlResult extends Omit<CheckedUrl, 'decidedBy'> {
  readonly verdict: Verdict;
  /** What decides the answer that is expected, in the words of `explain`. */
  readonly decidedBy: { readonly kind: Decider; readonly id: string | null };
  /** From 1, where a rule decides. */
  readonly rule: number | null;
  readonly file: string | null;
  readonly line: number | null;
}

export type Verdict = 'agreed' | 'differing' | 'unreachable';

export interface VerifyContext {
  readonly source: VerifySource;
  readonly urls: number;
  readonly shard?: Shard | undefined;
  readonly sample?: VerifyResult['sample'] | undefined;
}

export function verifyResult({ checked, complete }: Verification, context: VerifyContext): VerifyResult {
  const results = checked.map((one) => urlResult(one, context.source));
  const kinds = DIFFERENCE_KINDS.map((kind) => [kind, results.filter(has(kind)).length] as const);
  return {
    at: context.source.at,
    complete,
    shard: context.shard ?? null,
    sample: context.sample ?? null,
    urls: context.urls,
    ...countsOf(results),
    kinds: Object.fromEntries(kinds) as Record<DifferenceKind, number>,
    hosts: hostCounts(results),
    results,
  };
}

const has =
  (kind: DifferenceKind) =>
  ({ differences }: UrlResult): boolean =>
    differences.some((one) => one.kind === kind);

function urlResult(checked: CheckedUrl, source: VerifySource): UrlResult {
  const { kind, id, rule } = checked.decidedBy;
  const origin = source.originOf(checked.decidedBy);
  return {
    ...checked,
    verdict: checked.differences.length > 0 ? 'differing' : checked.unreachable === null ? 'agreed' : 'unreachable',
    decidedBy: { kind, id },
    rule: rule === null ? null : rule + 1,
    file: origin?.file ?? null,
    line: origin?.line ?? null,
  };
}

function countsOf(results: readonly UrlResult[]): Omit<HostCounts, 'host'> {
  const count = (verdict: Verdict): number => results.filter((one) => one.verdict === verdict).length;
  return {
    checked: results.length,
    agreed: count('agreed'),
    differing: count('differing'),
    unreachable: count('unreachable'),
  };
}

function hostCounts(results: readonly UrlResult[]): readonly HostCounts[] {
  const byHost = Map.groupBy(results, ({ url }) => new URL(url).host);
  return [...byHost].map(([host, own]) => ({ host, ...countsOf(own) }));
}

/** A difference is a fact whatever else failed; a host that gave no answer is worth another try. */
export function exitOf({ differing, unreachable }: VerifyResult): Exit {
  if (differing > 0) return EXIT.pending;
  return unreachable > 0 ? EXIT.unavailable : EXIT.done;
}
