import { gunzipSync } from 'node:zlib';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { RuleTableText } from '../../redirects/formats/csv-table.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import { type HeaderMap, readHeaderMap } from '../../redirects/formats/header-map.ts';
import type { LineProblem } from '../../redirects/formats/line.ts';
import { readTable } from '../../redirects/formats/read-table.ts';
import { LOOKED_AT, sniffFormat } from '../../redirects/formats/sniff.ts';
import { GatheredRules, MOST_BYTES } from '../../redirects/gathered-rules.ts';
import type { RuleOrigin } from '../../redirects/rule.ts';
import type { RuleTable } from '../../redirects/rule-table.ts';
import { readBytes, requireText } from '../document/read-text.ts';
import { textPieces } from '../document/text-pieces.ts';
import { grouped } from '../output/counted.ts';
import type { Surroundings } from '../surroundings.ts';
import { ruleFaults } from './rule-faults.ts';
import { shortened } from './shortened.ts';

export interface ReadRulesInput {
  /** As they were named; `-` is standard input. */
  readonly files: readonly string[];
  /** Undefined: by content. */
  readonly format?: RuleFormat | undefined;
  /** `from=Old,to=New` */
  readonly map?: string | undefined;
  /** Go on without the lines that give no rule. */
  readonly skipInvalid: boolean;
  /** Whether something is to be written from them: a failure then says that nothing was. */
  readonly writes?: boolean | undefined;
}

/** The rules of several files, in their order. */
export interface RulesOfFiles {
  readonly rules: RuleTable;
  readonly origins: (index: number) => RuleOrigin | undefined;
  /** Of each file. */
  readonly formats: readonly RuleFormat[];
  /** Lines that were skipped. */
  readonly skipped: readonly Problem[];
}

const WHAT = 'rules file';
/** Bytes that hold all the characters by which a format is known, of four bytes each at most. */
const SNIFFED = LOOKED_AT * 4;
const MB = 1024 * 1024;
/** In whole megabytes, what one table of rules holds. */
const LARGEST = Math.floor(MOST_BYTES / MB) * MB;

/** Where the rules of one file begin among those of all of them, and on which of its lines each stands. */
interface FilePart {
  readonly file: string;
  readonly start: number;
  readonly lines: Uint32Array;
}

/**
 * Reads rules from files of any known format, gzip or not, into one table: they take the bytes that they have in their
 * files, and a few numbers each.
 *
 * @throws Failure `unreadable-file`, `invalid-map`; `invalid-rules` with every line that gives no rule
 */
export async function readRulesFiles(surroundings: Surroundings, input: ReadRulesInput): Promise<RulesOfFiles> {
  const map = headerMap(input.map);
  const gathered = new GatheredRules();
  const parts: FilePart[] = [];
  const formats: RuleFormat[] = [];
  const problems: Problem[] = [];
  for (const named of input.files) {
    const { file, bytes } = await readBytes(surroundings, named, { what: WHAT, limit: LARGEST });
    const unpacked = plain(bytes, file, LARGEST);
    requireText(unpacked, file, { what: WHAT });
    const format = input.format ?? sniffed(new TextDecoder().decode(unpacked.subarray(0, SNIFFED)), file);
    formats.push(format);
    surroundings.interruption.busy(() => {
      const pieces = () => textPieces(unpacked, file, { what: WHAT });
      const read = readTable({ bytes: unpacked, pieces }, { format, file, map });
      for (const problem of read.problems) problems.push(badLine(problem, file));
      const faulty = new Set<number>();
      for (const { index, problem } of ruleFaults(read.rules, format, placeIn(file, read))) {
        faulty.add(index);
        problems.push(problem);
      }
      if (gathered.size + unpacked.length > MOST_BYTES) throw tooLarge(input.files);
      parts.push({ file, start: gathered.length, lines: without(read.lines, faulty) });
      gathered.add(read.rules, faulty);
    });
  }
  if (problems.length > 0 && !input.skipInvalid)
    throw invalidRules({ problems, good: gathered.length, writes: input.writes });
  return { rules: gathered.finish(), origins: originsIn(parts), formats, skipped: problems };
}

function badLine({ line, code, text, reason }: LineProblem, file: string): Problem {
  const message = text === '' ? reason : `${reason}: ${shortened(text)}`;
  return { code, severity: 'error', message, place: { file, line } };
}

const placeIn =
  (file: string, { lines }: RuleTableText) =>
  (index: number): RuleOrigin => ({ file, line: lines[index] ?? 0 });

function without(lines: Uint32Array, out: ReadonlySet<number>): Uint32Array {
  return out.size === 0 ? lines : lines.filter((_, index) => !out.has(index));
}

/** Of hardly any rule it is asked where it was written. */
function originsIn(parts: readonly FilePart[]): RulesOfFiles['origins'] {
  return (index) => {
    const part = parts.findLast(({ start }) => start <= index);
    const line = part?.lines[index - part.start];
    return part === undefined || line === undefined ? undefined : { file: part.file, line };
  };
}

function tooLarge(files: readonly string[]): Failure {
  return unreadable(`${files.join(', ')} hold more than ${LARGEST / MB} MB of rules.`, 'Take fewer of them at a time.');
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

/** Unpacks gzip. Throws Failure `unreadable-file` where it is damaged, too large, or a zip archive. */
export function plain(bytes: Uint8Array, file: string, limit: number): Uint8Array {
  if (startsWith(bytes, ZIP))
    throw unreadable(`${file} is a zip archive (or a spreadsheet).`, 'Unpack it, or save it as CSV.');
  if (!startsWith(bytes, GZIP)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    const large = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw unreadable(
      large ? `${file} is larger than ${limit / MB} MB once unpacked.` : `${file} is damaged gzip.`,
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

export interface InvalidRules extends Pick<ReadRulesInput, 'writes'> {
  /** Those that are told. */
  readonly problems: readonly Problem[];
  /** How many lines give no rule, where that is more. */
  readonly bad?: number;
  readonly good: number;
}

export function invalidRules({ problems, bad = problems.length, good, writes = false }: InvalidRules): Failure {
  const lines = bad === 1 ? 'One line gives' : `${grouped(bad)} lines give`;
  return new Failure({
    code: 'invalid-rules',
    exit: EXIT.usage,
    message: `${lines} no rule, ${grouped(good)} ${good === 1 ? 'does' : 'do'}.${writes ? ' Nothing was written.' : ''}`,
    remedy: 'Correct the lines, or go on without them: --skip-invalid',
    details: { problems, ...(bad > problems.length ? { count: bad } : {}) },
  });
}
