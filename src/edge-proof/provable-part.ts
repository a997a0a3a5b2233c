import { EXIT, Failure } from '../domain/failure.ts';
import { type CompiledRuleset, withoutRules } from '../redirects/compiled.ts';
import {
  type EdgeExport,
  type ExportInput,
  exceeded,
  isStaticHost,
  type Loss,
  type ProvenEdge,
} from '../redirects/edges/edge.ts';
import { exportRules } from '../redirects/edges/export.ts';
import { concreteHost } from '../redirects/lint/witness.ts';
import type { ProofRequest } from './proof-request.ts';

/** What of a ruleset is proven, and as what. */
export interface ProvablePart {
  readonly ruleset: CompiledRuleset;
  readonly exported: EdgeExport;
  /** Of the whole ruleset. */
  readonly losses: readonly Loss[];
  readonly leftOut: number;
}

/**
 * A rule that loses something on a server is exported, and other answers than the engine's are expected of it alone. On
 * a host of static sites such a rule may take URLs of others: there, what is proven is the list without these rules.
 *
 * @throws Failure `limit-exceeded` (7) where the host would drop lines without a word
 */
export function provablePart(edge: ProvenEdge, input: ExportInput): ProvablePart {
  const whole = exportRules(edge, input);
  if (!isStaticHost(edge)) return { ruleset: input.ruleset, exported: whole, losses: whole.losses, leftOut: 0 };
  const gone = new Set<number>();
  let exported = whole;
  let ruleset = input.ruleset;
  for (let lost = lostRules(exported); lost.length > 0; lost = lostRules(exported)) {
    for (const rule of lost) gone.add(rule);
    ruleset = partWithout(input.ruleset, gone);
    exported = exportRules(edge, { ruleset, at: input.at });
  }
  const over = exceeded(exported.limits);
  if (over.length > 0) {
    throw new Failure({
      code: 'limit-exceeded',
      exit: EXIT.blocked,
      message: `${edge} does not take so much, so nothing can be proven on it.${over.map(({ name, allowed, used }) => `\n  ${name}: ${used}, and ${allowed} are allowed`).join('')}`,
      remedy: 'Make fewer rules of them with `storectl redirects minimize`, or choose another edge.',
      details: { limits: over },
    });
  }
  return { ruleset, exported, losses: whole.losses, leftOut: gone.size };
}

/** What could never be a rule is none here either. */
const lostRules = ({ losses }: EdgeExport): readonly number[] =>
  losses.filter(({ feature }) => feature !== 'invalid').map(({ rule }) => rule);

/** Minus one stands for the fallback. */
function partWithout(ruleset: CompiledRuleset, gone: ReadonlySet<number>): CompiledRuleset {
  const kept = withoutRules(
    ruleset,
    [...gone].filter((rule) => rule >= 0),
  );
  if (!gone.has(-1)) return kept;
  const { fallback: _, ...options } = ruleset.options;
  return { ...kept, options };
}

/** Such a host has the default port alone, and one spelling of its name; its list may answer on every host. */
export function asStaticHostGets(request: ProofRequest, everyHostAs: string | undefined): ProofRequest {
  const host = everyHostAs === undefined ? request.host : concreteHost(everyHostAs);
  return { ...request, host: host.replace(/:\d+$/, '').replace(/\.$/, '') };
}
