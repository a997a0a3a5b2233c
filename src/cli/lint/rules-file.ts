import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import { type CompiledRuleset, compileRuleset } from '../../redirects/compile.ts';
import { readRuleTable } from '../../redirects/formats/csv-table.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import type { HeaderMap } from '../../redirects/formats/header-map.ts';
import type { LineProblem } from '../../redirects/formats/line.ts';
import { readRules } from '../../redirects/formats/read.ts';
import { LOOKED_AT } from '../../redirects/formats/sniff.ts';
import { hostSamples } from '../../redirects/host-samples.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { TZDB } from '../answers/asked-time.ts';
import { readBytes, requireText } from '../document/read-text.ts';
import type { FindingView } from '../entries/rules/finding-view.ts';
import { urlsIn } from '../entries/rules/site-urls.ts';
import { plain, sniffed } from '../rules-files/read-rules-files.ts';
import { type OptionFlags, optionsFor } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';

/** How a rules file is read. */
export interface RulesFileReading {
  /** Undefined: by content. */
  readonly format: RuleFormat | undefined;
  readonly map: HeaderMap;
  /** Base URLs of the site that the rules are for; taken from the rules themselves where there are none. */
  readonly urls: readonly string[];
  readonly options: OptionFlags;
}

/** A rules file as it was read, and what it says. */
export interface RulesFile {
  readonly file: string;
  readonly text: string;
  readonly format: RuleFormat;
  /** Whether it was packed, and so cannot be written in place. */
  readonly packed: boolean;
  /** The line of each rule, from 1. */
  readonly lines: Uint32Array;
  /** Lines that give no rule. */
  readonly bad: readonly FindingView[];
  readonly compiled: CompiledRuleset;
}

const WHAT = 'rules file';
/** Bytes that hold all the characters by which a format is known, of four bytes each at most. */
const SNIFFED = LOOKED_AT * 4;
/** A million rules of usual length. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Reads a file of rules of any known format, gzip or not; `-` is standard input.
 *
 * @throws Failure `unreadable-file`, also where it is empty
 */
export async function readRulesFile(
  surroundings: Surroundings,
  named: string,
  reading: RulesFileReading,
): Promise<RulesFile> {
  const { file, bytes } = await readBytes(surroundings, named, { what: WHAT, limit: LARGEST });
  const unpacked = plain(bytes, file, LARGEST);
  requireText(unpacked, file, { what: WHAT });
  // Of a file of a million lines, only what is not plain becomes text, and all of it when it is to be mended.
  let decoded: string | undefined;
  const text = (): string => {
    // A mark of its byte order is a part of the file, and stays when it is mended.
    decoded ??= new TextDecoder('utf-8', { ignoreBOM: true }).decode(unpacked);
    return decoded;
  };
  const format = reading.format ?? sniffed(new TextDecoder().decode(unpacked.subarray(0, SNIFFED)), file);
  const packed = unpacked !== bytes;
  const said = surroundings.interruption.busy(() => {
    const read =
      format === 'csv' ? readRuleTable(unpacked, file, reading.map) : readRules(text(), { ...reading, format });
    return saidBy(file, format, read, reading);
  });
  return {
    file,
    get text() {
      return text();
    },
    format,
    packed,
    ...said,
  };
}

/** The same of a text that took the place of another one. */
export function rewrittenFile(before: RulesFile, text: string, reading: RulesFileReading): RulesFile {
  const { file, format } = before;
  return { ...before, text, ...saidBy(file, format, readRules(text, { ...reading, format }), reading) };
}

interface ReadRulesOf {
  readonly rules: RuleList;
  readonly lines: Uint32Array;
  readonly problems: readonly LineProblem[];
}

function saidBy(
  file: string,
  format: RuleFormat,
  { rules, lines, problems }: ReadRulesOf,
  { urls, options }: RulesFileReading,
): Pick<RulesFile, 'lines' | 'bad' | 'compiled'> {
  const resolver = createTimeResolver(TZDB);
  const compiled = compileRuleset({
    rules,
    origins: (index) => {
      const line = lines[index];
      return line === undefined ? { file } : { file, line };
    },
    options: optionsFor(format, options),
    siteUrls: urls.length > 0 ? urls : urlsIn(hostSamples(rules)),
    // No market says in which zone a window is read; how windows lie to each other hardly depends on it.
    resolveTime: (time) => resolver.resolve(time, 'UTC').at,
  });
  return { lines, bad: problems.map((problem) => badLine(file, problem)), compiled };
}

function badLine(file: string, { code, line, text, reason }: LineProblem): FindingView {
  return {
    code,
    severity: 'error',
    message: reason,
    rules: [{ file, line, from: text }],
    witness: null,
    at: null,
    fix: null,
  };
}
