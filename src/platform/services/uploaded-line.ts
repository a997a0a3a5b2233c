import { RuleSpec } from '../../domain/document/schema.ts';
import { BLANK_LINE, MalformedLine, textOfLine } from '../streamed-line.ts';
import { errorsOf } from '../validate-request.ts';

export interface LineProblem {
  /** Counts from 1 over the whole upload. */
  readonly line: number;
  readonly text: string;
  readonly message: string;
}

export type UploadedLine =
  | { readonly kind: 'rule'; readonly rule: RuleSpec }
  | { readonly kind: 'blank' }
  | { readonly kind: 'problem'; readonly problem: LineProblem };

const LONGEST_QUOTE = 300;

/** A line of an upload as a rule, as nothing, or as what is wrong with it. */
export function readUploadedLine(value: unknown, line: number): UploadedLine {
  if (value === BLANK_LINE) return { kind: 'blank' };
  if (value instanceof MalformedLine) return problem(line, value.text, value.message);
  const result = RuleSpec.safeParse(value);
  if (result.success) return { kind: 'rule', rule: result.data };
  const faults = errorsOf(result.error.issues).map(({ pointer, detail }) =>
    pointer ? `${pointer}: ${detail}` : detail,
  );
  return problem(line, textOfLine(value), faults.join('; '));
}

function problem(line: number, text: string, message: string): UploadedLine {
  return { kind: 'problem', problem: { line, text: text.slice(0, LONGEST_QUOTE), message } };
}
