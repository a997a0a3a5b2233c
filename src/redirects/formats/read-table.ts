import { GatheredRules } from '../gathered-rules.ts';
import { atOnce, type Steps } from '../steps.ts';
import { type RuleTableText, readRuleTable } from './csv-table.ts';
import type { RuleFormat } from './format.ts';
import type { LineProblem, RuleLine } from './line.ts';
import { problemCode, type ReadRules } from './read.ts';
import { ruleStream } from './stream.ts';

/** A text as it is read: its bytes (UTF-8), or the same as text, piece by piece, for formats that take it so. */
export interface TableSource {
  readonly bytes: Uint8Array;
  pieces(): Iterable<string>;
}

/** All rules of a text in any format, as a table, and all lines that are none: what `readRules` finds there. */
export function readTable({ bytes, pieces }: TableSource, how: ReadRules): RuleTableText {
  return how.format === 'csv' ? readRuleTable(bytes, how.file, how.map) : atOnce(readTableSteps(pieces(), how));
}

/** The same of a text in pieces, in steps of a piece each. */
export function* readTableSteps(pieces: Iterable<string>, { format, file, map }: ReadRules): Steps<RuleTableText> {
  const stream = ruleStream(format, map);
  const lines = new LineGatherer(format, file);
  for (const piece of pieces) {
    lines.take(stream.push(piece));
    yield;
  }
  lines.take(stream.end());
  return yield* lines.finishSteps();
}

class LineGatherer {
  private readonly rules = new GatheredRules();
  private readonly lines: number[] = [];
  private readonly problems: LineProblem[] = [];
  private readonly format: RuleFormat;
  private readonly file: string | undefined;

  constructor(format: RuleFormat, file: string | undefined) {
    this.format = format;
    this.file = file;
  }

  take(read: readonly RuleLine[]): void {
    const rules = read.flatMap((one) => (one.kind === 'rule' ? [one.rule] : []));
    if (rules.length > 0) this.rules.add(rules);
    for (const one of read) {
      if (one.kind === 'rule') this.lines.push(one.line);
      else {
        const { line, text, reason } = one;
        const file = this.file === undefined ? {} : { file: this.file };
        this.problems.push({ code: problemCode(this.format), ...file, line, text, reason });
      }
    }
  }

  *finishSteps(): Steps<RuleTableText> {
    const rules = yield* this.rules.finishSteps();
    return { rules, lines: Uint32Array.from(this.lines), problems: this.problems };
  }
}
