import { escapeControls } from '../../domain/escape.ts';
import type { Difference, Proof } from '../../edge-proof/prove.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import { counted, grouped } from '../output/counted.ts';
import type { View } from '../output/view.ts';
import { type LossView, lossLine, lossView } from './edge-export.ts';

/** A proof, as `redirects prove` answers with it. */
export interface ProofView extends Omit<Proof, 'losses' | 'differences'> {
  readonly losses: readonly LossView[];
  readonly differences: readonly DifferenceView[];
}

export interface DifferenceView {
  /** The Host header, the raw target and X-Forwarded-Proto, as they were sent. */
  readonly host: string;
  readonly target: string;
  readonly scheme: string;
  readonly why: string;
  /** From 1; 0 is the fallback, null no rule at all. */
  readonly rule: number | null;
  readonly expected: { readonly status: number; readonly location: string | null } | null;
  readonly actual: { readonly status: number; readonly location: string | null };
}

export function proofView(proof: Proof, ruleset: CompiledRuleset): ProofView {
  return {
    ...proof,
    losses: proof.losses.map((loss) => lossView(ruleset, loss)),
    differences: proof.differences.map(differenceView),
  };
}

function differenceView({ request, expected, actual, why }: Difference): DifferenceView {
  const rule = expected?.rule ?? null;
  return {
    scheme: request.scheme,
    host: request.host,
    target: request.target,
    why,
    rule: rule === null ? null : rule + 1,
    expected: expected === null ? null : { status: expected.status, location: expected.location },
    actual,
  };
}

/** As many as a person reads; all of them are in the JSON value. */
const SHOWN = 20;
const LONGEST = 200;

const shown = (text: string): string => escapeControls(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

export function renderProof(proof: ProofView, { palette }: View): string {
  const { edge, requests, agreed, refused, spelling, lost, leftOut, losses, differences, seed } = proof;
  const head =
    differences.length === 0
      ? `${palette.good('Proven')}: ${edge} answers ${counted(requests, 'request')} like the engine.`
      : `${palette.bad('Not proven')}: ${edge} answers ${grouped(differences.length)} of ${counted(requests, 'request')} otherwise than the engine.`;
  return [
    head,
    `  ${grouped(agreed)} agreed`,
    ...(refused > 0 ? [`  ${grouped(refused)} hostile ones refused by the server`] : []),
    ...(spelling > 0 ? [`  ${grouped(spelling)} spelt as no browser spells them; nothing bad came of it`] : []),
    ...(lost > 0 ? [`  ${grouped(lost)} for rules that are known to lose something:`] : []),
    ...(leftOut > 0
      ? [
          `  ${counted(leftOut, 'rule')} left out, since ${edge} gives ${leftOut === 1 ? 'it' : 'them'} another meaning:`,
        ]
      : []),
    ...(lost + leftOut > 0 ? losses.slice(0, SHOWN).map((loss) => `    ${shown(lossLine(loss))}`) : []),
    ...differences.slice(0, SHOWN).flatMap(differenceLines),
    ...(differences.length > SHOWN ? [`  and ${grouped(differences.length - SHOWN)} more (--json has all)`] : []),
    palette.faint(`  The same requests again: --seed ${seed}`),
  ].join('\n');
}

function differenceLines({ scheme, host, target, why, rule, expected, actual }: DifferenceView): string[] {
  const said = (one: DifferenceView['expected']): string =>
    one === null ? 'nothing' : `${one.status}${one.location === null ? '' : ` ${shown(one.location)}`}`;
  return [
    `  ${scheme}://${shown(host)}${shown(target)}`,
    `    expected ${said(expected)}${rule === null ? '' : rule === 0 ? ' (fallback)' : ` (rule ${rule})`}`,
    `    got      ${said(actual)}: ${why}`,
  ];
}
