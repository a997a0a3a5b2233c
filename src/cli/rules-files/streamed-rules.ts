import type { LineBlocks } from '../../contract/operation.ts';
import { isPlainRuleLine, ruleLine } from '../../domain/document/rule-lines.ts';
import { RuleSpec } from '../../domain/document/schema.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import type { RuleLine } from '../../redirects/formats/line.ts';
import { problemCode } from '../../redirects/formats/read.ts';
import { LOOKED_AT, sniffFormat } from '../../redirects/formats/sniff.ts';
import { type RuleStream, ruleStream } from '../../redirects/formats/stream.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import { bytePieces, shownName } from '../document/byte-pieces.ts';
import type { Surroundings } from '../surroundings.ts';
import { headerMap, invalidRules, type ReadRulesInput } from './read-rules-files.ts';
import { LONGEST_TOLD } from './rule-faults.ts';
import { shortened } from './shortened.ts';
import { strictText } from './strict-text.ts';
import { faultText, type RulesPlace, UnusableRules } from './unusable-rules.ts';

/** In the place of a line that gives no rule, which is reported as such. */
const USABLE: RedirectRule = { from: '/', status: 410 };

/** Lines that give no rule and are told one by one; of more, the number is. */
const MOST_TOLD = 1_000;

/**
 * The rules of files of any size as canonical lines, in memory that does not grow with them. After the first line that
 * gives no rule nothing more is given, unless such lines are to be skipped; the rest is read all the same, so that all
 * of them are known.
 */
export class StreamedRules {
  /** Of each file that was begun. */
  readonly formats: RuleFormat[] = [];
  /** The first lines that gave no rule. */
  readonly problems: Problem[] = [];
  /** How many did not. */
  bad = 0;
  /** How many rules there were. */
  good = 0;
  /** Bytes of the files that were read, as they lie there. */
  bytes = 0;
  readonly #surroundings: Surroundings;
  readonly #input: ReadRulesInput;
  readonly #unusable: UnusableRules | null;

  /** @param place of the ruleset that the rules are for: what cannot be used there gives no rule either */
  constructor(surroundings: Surroundings, input: ReadRulesInput, place?: RulesPlace) {
    this.#surroundings = surroundings;
    this.#input = input;
    this.#unusable = place === undefined ? null : new UnusableRules(place);
  }

  /** @throws Failure `unreadable-file`, `invalid-map`, and at the end `invalid-rules` with the lines that give no rule */
  async *lines(): LineBlocks {
    for (const file of this.#input.files) yield* this.#linesOf(file);
    if (this.bad > 0 && !this.#input.skipInvalid) throw invalidRules({ ...this, writes: true });
  }

  async *#linesOf(named: string): LineBlocks {
    const file = shownName(named);
    const before = this.bytes;
    const onRead = (bytes: number): void => {
      this.bytes = before + bytes;
    };
    const text = strictText(bytePieces(this.#surroundings, named, { what: 'rules file', onRead }), file);
    let start = '';
    let reader: { readonly stream: RuleStream; readonly format: RuleFormat } | null = null;
    for await (const piece of text) {
      if (reader !== null) {
        yield* this.#block(reader.stream.push(piece), file, reader.format);
        continue;
      }
      start += piece;
      if (start.length < LOOKED_AT) continue;
      reader = this.#reader(start, file);
      yield* this.#block(reader.stream.push(start), file, reader.format);
    }
    if (reader === null) {
      reader = this.#reader(start, file);
      yield* this.#block(reader.stream.push(start), file, reader.format);
    }
    yield* this.#block(reader.stream.end(), file, reader.format);
  }

  #reader(start: string, file: string): { readonly stream: RuleStream; readonly format: RuleFormat } {
    const format = this.#input.format ?? sniffed(start, file);
    this.formats.push(format);
    return { stream: ruleStream(format, headerMap(this.#input.map)), format };
  }

  *#block(read: readonly RuleLine[], file: string, format: RuleFormat): Generator<readonly string[]> {
    const lines: string[] = [];
    const unusable = this.#unusable?.of(read.map((one) => (one.kind === 'rule' ? one.rule : USABLE)));
    for (const [index, one] of read.entries()) {
      if (one.kind === 'bad') {
        const { line, text, reason } = one;
        this.#report(problemCode(format), text === '' ? reason : `${reason}: ${shortened(text)}`, { file, line });
        continue;
      }
      const place = { file, line: one.line };
      const fault = unusable?.get(index);
      if (fault !== undefined) {
        this.#report(fault.code, shortened(faultText(fault, one.rule), LONGEST_TOLD), place);
        continue;
      }
      const line = this.#lineOf(one.rule, place);
      if (line === undefined) continue;
      this.good += 1;
      lines.push(line);
    }
    if (lines.length > 0 && (this.bad === 0 || this.#input.skipInvalid)) yield lines;
  }

  /** The platform takes rules of a certain shape; they are held against it here, where their places are known. */
  #lineOf(rule: RedirectRule, place: { readonly file: string; readonly line: number }): string | undefined {
    const plain = rule.window === undefined && rule.query === undefined ? ruleLine(rule as RuleSpec) : '';
    if (isPlainRuleLine(plain)) return plain;
    const checked = RuleSpec.safeParse(rule);
    if (checked.success) return ruleLine(checked.data);
    const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    this.#report('invalid-rule', faults.join('; '), place);
    return undefined;
  }

  #report(code: string, message: string, place: { readonly file: string; readonly line: number }): void {
    this.bad += 1;
    if (this.problems.length < MOST_TOLD) this.problems.push({ code, severity: 'error', message, place });
  }
}

function sniffed(text: string, file: string): RuleFormat {
  const found = sniffFormat(text);
  if (found.kind === 'format') return found.format;
  throw new Failure({
    code: 'unreadable-file',
    exit: EXIT.usage,
    message: `${file} holds no rules: ${found.reason}.`,
  });
}
