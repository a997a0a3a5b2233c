import { isPlainRuleLine, ruleLine } from '../../domain/document/rule-lines.ts';
import { RuleSpec } from '../../domain/document/schema.ts';
import { errorsOf } from '../validate-request.ts';

export interface LineProblem {
  /** Counts from 1 over the whole upload. */
  readonly line: number;
  readonly text: string;
  readonly message: string;
}

export type UploadedLine =
  /** The rule's canonical line. */
  | { readonly kind: 'rule'; readonly line: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'problem'; readonly problem: LineProblem };

const LONGEST_QUOTE = 300;

/** A line of an upload as a rule, as nothing, or as what is wrong with it. */
export function readUploadedLine(text: string, number: number): UploadedLine {
  if (isPlainRuleLine(text)) return { kind: 'rule', line: text };
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'blank' };
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    return problem(number, trimmed, `is no JSON: ${(error as Error).message}`);
  }
  const result = RuleSpec.safeParse(value);
  if (result.success) return { kind: 'rule', line: ruleLine(result.data) };
  const faults = errorsOf(result.error.issues).map(({ pointer, detail }) =>
    pointer ? `${pointer}: ${detail}` : detail,
  );
  return problem(number, trimmed, faults.join('; '));
}

function problem(line: number, text: string, message: string): UploadedLine {
  return { kind: 'problem', problem: { line, text: text.slice(0, LONGEST_QUOTE), message } };
}
