import { gunzipSync } from 'node:zlib';
import { RuleSpec } from '../../domain/document/schema.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import { optionsOf, type RuleFormat } from '../../redirects/formats/format.ts';
import { type HeaderMap, readHeaderMap } from '../../redirects/formats/header-map.ts';
import { readRules } from '../../redirects/formats/read.ts';
import { sniffFormat } from '../../redirects/formats/sniff.ts';
import type { RedirectRule, RuleOrigin, RuleProblem } from '../../redirects/rule.ts';
import { decodeText, readBytes } from '../document/read-text.ts';
import { urlsIn } from '../entries/rules/site-urls.ts';
import { grouped } from '../output/counted.ts';
import type { Surroundings } from '../surroundings.ts';
import { faultByItself, faultText, UnusableRules } from './unusable-rules.ts';

export interface ReadRulesInput {
  /** As they were named; `-` is standard input. */
  readonly files: readonly string[];
  /** Undefined: by content. */
  readonly format?: RuleFormat | undefined;
  /** `from=Old,to=New` */
  readonly map?: string | undefined;
  /** Go on without the lines that give no rule. */
  readonly skipInvalid: boolean;
}

/** The rules of several files, in their order. */
export interface RulesOfFiles {
  readonly rules: readonly RedirectRule[];
  readonly origins: (index: number) => RuleOrigin | undefined;
  /** Of each file. */
  readonly formats: readonly RuleFormat[];
  /** Lines that were skipped. */
  readonly skipped: readonly Problem[];
}

const WHAT = 'rules file';
/** A million rules of usual length. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Reads rules from files of any known format, gzip or not.
 *
 * @throws Failure `unreadable-file`, `invalid-map`; `invalid-rules` with every line that gives no rule
 */
export async function readRulesFiles(surroundings: Surroundings, input: ReadRulesInput): Promise<RulesOfFiles> {
  const map = headerMap(input.map);
  const rules: RedirectRule[] = [];
  const origins: RuleOrigin[] = [];
  const formats: RuleFormat[] = [];
  const problems: Problem[] = [];
  for (const named of input.files) {
    const { file, bytes } = await readBytes(surroundings, named, { what: WHAT, limit: LARGEST });
    const text = decodeText(plain(bytes, file), file, { what: WHAT });
    const format = input.format ?? sniffed(text, file);
    const read = surroundings.interruption.busy(() => readRules(text, { format, file, map }));
    formats.push(format);
    for (const { code, line, text: written, reason } of read.problems) {
      const message = written === '' ? reason : `${reason}: ${shortened(written)}`;
      problems.push({ code, severity: 'error', message, place: { file, line } });
    }
    surroundings.interruption.busy(() => {
      const unusable = unusableOf(read.rules, format);
      for (const [index, rule] of read.rules.entries()) {
        const origin = { file, line: read.lines[index] ?? 0 };
        const fault = misshapen(rule, origin) ?? unusableProblem(rule, unusable.get(index), origin);
        if (fault !== undefined) {
          problems.push(fault);
          continue;
        }
        rules.push(rule);
        origins.push(origin);
      }
    });
  }
  if (problems.length > 0 && !input.skipInvalid) throw invalidRules(problems, rules.length);
  return { rules, origins: (index) => origins[index], formats, skipped: problems };
}

/** @throws Failure `invalid-map` */
export function headerMap(text: string | undefined): HeaderMap {
  const map = text === undefined ? new Map<string, string>() : readHeaderMap(text);
  if (typeof map !== 'string') return map;
  throw new Failure({
    code: 'invalid-map',
    exit: EXIT.usage,
    message: `--map "${text}" cannot be read: ${map}.`,
    remedy: 'Write it as from=Old URL,to=New URL',
  });
}

const GZIP = [0x1f, 0x8b] as const;
const ZIP = [0x50, 0x4b, 0x03, 0x04] as const;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

export function plain(bytes: Uint8Array, file: string): Uint8Array {
  if (startsWith(bytes, ZIP))
    throw unreadable(`${file} is a zip archive (or a spreadsheet).`, 'Unpack it, or save it as CSV.');
  if (!startsWith(bytes, GZIP)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch (error) {
    const large = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw unreadable(
      large ? `${file} is larger than ${LARGEST / 1024 / 1024} MB once unpacked.` : `${file} is damaged gzip.`,
      large ? 'Split it.' : 'Make it anew.',
      error,
    );
  }
}

export function sniffed(text: string, file: string): RuleFormat {
  const found = sniffFormat(text);
  if (found.kind === 'format') return found.format;
  throw unreadable(`${file} holds no rules: ${found.reason}.`);
}

function unreadable(message: string, remedy?: string, cause?: unknown): Failure {
  return new Failure({ code: 'unreadable-file', exit: EXIT.usage, message, remedy, cause });
}

/** The platform takes rules of a certain shape; they are held against it here, where lines are known. */
function misshapen(rule: RedirectRule, place: RuleOrigin): Problem | undefined {
  const checked = RuleSpec.safeParse(rule);
  if (checked.success) return undefined;
  const message = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return { code: 'invalid-rule', severity: 'error', message, place };
}

/** Whose site they are nobody has said: they are of those that they name. */
function unusableOf(rules: readonly RedirectRule[], format: RuleFormat): ReadonlyMap<number, RuleProblem> {
  const siteUrls = urlsIn(rules.map(({ from }) => from));
  return new UnusableRules({ siteUrls, options: optionsOf(format) }).of(rules);
}

function unusableProblem(rule: RedirectRule, problem: RuleProblem | undefined, place: RuleOrigin): Problem | undefined {
  const fault = faultByItself(problem);
  if (fault === undefined) return undefined;
  return { code: fault.code, severity: 'error', message: shortened(faultText(fault, rule), LONGEST_TOLD), place };
}

const SHOWN = 120;
/** A reason, and the beginning of what was written. */
export const LONGEST_TOLD = 300;

export function shortened(text: string, longest = SHOWN): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** @param bad how many lines give no rule, where only the first are told */
export function invalidRules(problems: readonly Problem[], good: number, bad = problems.length): Failure {
  const lines = bad === 1 ? 'One line gives' : `${grouped(bad)} lines give`;
  return new Failure({
    code: 'invalid-rules',
    exit: EXIT.usage,
    message: `${lines} no rule, ${grouped(good)} ${good === 1 ? 'does' : 'do'}. Nothing was written.`,
    remedy: 'Correct the lines, or go on without them: --skip-invalid',
    details: { problems, ...(bad > problems.length ? { count: bad } : {}) },
  });
}
