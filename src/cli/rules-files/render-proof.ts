import { escapeControls } from '../../domain/escape.ts';
import { type Difference, isOfNothing, isProven, type Proof } from '../../edge-proof/prove.ts';
import type { UnusableRule } from '../../edge-proof/unusable.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import { counted, grouped } from '../output/counted.ts';
import { folded } from '../output/folded.ts';
import type { View } from '../output/view.ts';
import { type LossView, lossLine, lossView } from './edge-export.ts';

/** A proof, as `redirects prove` answers with it. */
export interface ProofView extends Omit<Proof, 'losses' | 'differences' | 'unusable'> {
  readonly losses: readonly LossView[];
  readonly differences: readonly DifferenceView[];
  readonly unusable: readonly UnusableView[];
  /** Lines of the files that give no rule, and were left out as allowed. */
  readonly skipped: number;
}

export interface UnusableView {
  /** From 1; 0 is the fallback. */
  readonly rule: number;
  readonly from: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly code: string;
  readonly why: string;
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

export function proofView(proof: Proof, ruleset: CompiledRuleset, skipped: number): ProofView {
  return {
    ...proof,
    skipped,
    losses: proof.losses.map((loss) => lossView(ruleset, loss)),
    differences: proof.differences.map(differenceView),
    unusable: proof.unusable.map((one) => unusableView(ruleset, one)),
  };
}

function unusableView(ruleset: CompiledRuleset, { rule, code, why }: UnusableRule): UnusableView {
  const origin = rule < 0 ? undefined : ruleset.originOf(rule);
  const from = ruleset.rules.at(rule)?.from ?? '(fallback)';
  return { rule: rule + 1, from, file: origin?.file ?? null, line: origin?.line ?? null, code, why };
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

export function renderProof(proof: ProofView, { palette, width }: View): string {
  const byRule = [...Map.groupBy(proof.differences, ({ rule }) => rule).values()];
  const { edge, agreed, refused, spelling, lost, leftOut, losses, seed } = proof;
  return [
    headOf(proof, palette),
    ...unusableLines(proof.unusable),
    `  ${grouped(agreed)} agreed`,
    ...askedLines(proof.asked),
    ...(refused > 0 ? [`  ${grouped(refused)} hostile ones refused by the server`] : []),
    ...(spelling > 0 ? [`  ${grouped(spelling)} spelt as no browser spells them; nothing bad came of it`] : []),
    ...(lost > 0 ? [`  ${grouped(lost)} for rules that are known to lose something:`] : []),
    ...(leftOut > 0
      ? [
          `  ${counted(leftOut, 'rule')} left out, since ${edge} gives ${leftOut === 1 ? 'it' : 'them'} another meaning:`,
        ]
      : []),
    ...(lost + leftOut > 0 ? losses.slice(0, SHOWN).map((loss) => `    ${shown(lossLine(loss))}`) : []),
    ...byRule.slice(0, SHOWN).flatMap(ruleLines),
    ...(byRule.length > SHOWN ? [`  and ${counted(byRule.length - SHOWN, 'more rule')} (--json has all)`] : []),
    palette.faint(`  The same requests again: --seed ${seed}`),
  ]
    .flatMap((line) => folded(line, width))
    .join('\n');
}

/** Mutations of one URL go wrong in one way mostly: the first shows it. */
function ruleLines([first, ...others]: readonly DifferenceView[]): readonly string[] {
  if (first === undefined) return [];
  const more = counted(others.length, 'more request');
  const whose = first.rule === null ? 'without a rule' : first.rule === 0 ? 'for the fallback' : 'for this rule';
  return [...differenceLines(first), ...(others.length === 0 ? [] : [`    and ${more} ${whose} (--json has all)`])];
}

function headOf(proof: ProofView, palette: View['palette']): string {
  const { edge, requests, differences, unusable, skipped } = proof;
  const all = counted(requests, 'request');
  const bad = palette.bad('Not proven');
  const without =
    skipped === 0 ? '' : `, without ${counted(skipped, 'line')} that ${skipped === 1 ? 'gives' : 'give'} no rule`;
  if (isProven(proof)) return `${palette.good('Proven')}${without}: ${edge} answers ${all} like the engine.`;
  if (differences.length > 0)
    return `${bad}: ${edge} answers ${grouped(differences.length)} of ${all} otherwise than the engine.`;
  if (isOfNothing(proof)) return `${bad}: ${edge} keeps the meaning of no rule, so that none was asked for.`;
  const why =
    unusable.length > 0
      ? `${counted(unusable.length, 'rule')} cannot be used, so that no proof is of ${unusable.length === 1 ? 'it' : 'them'}`
      : 'rules of one kind or more were not asked for; give more --requests, or ask for them by hand';
  return `${bad}: ${why}. ${edge} answers ${all} like the engine.`;
}

function unusableLines(unusable: readonly UnusableView[]): readonly string[] {
  const lines = unusable.slice(0, SHOWN).map(({ rule, from, file, line, code, why }) => {
    const place = file === null || line === null ? `rule ${rule}` : `${file}:${line}`;
    return `  ${shown(place)} ${shown(from)}: ${code}: ${shown(why)}`;
  });
  return unusable.length > SHOWN
    ? [...lines, `  and ${grouped(unusable.length - SHOWN)} more (--json has all)`]
    : lines;
}

const KIND_NAMES = { exact: 'exact path', prefix: 'prefix', pattern: 'pattern', regex: 'regular expression' } as const;

/** Which rules had a URL of their own asked, where that is not all of them. */
function askedLines(asked: ProofView['asked']): readonly string[] {
  return asked
    .filter((kind) => kind.asked < kind.of)
    .map(({ kind, asked: some, of }) => `  ${grouped(some)} of ${grouped(of)} rules asked for by ${KIND_NAMES[kind]}`);
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
