import { RULESET_DEFAULTS } from '../../../domain/document/ruleset-defaults.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { createTimeResolver } from '../../../domain/time/time-resolver.ts';
import { type CompiledRuleset, compileRuleset } from '../../../redirects/compile.ts';
import { readRulesCsv } from '../../../redirects/formats/csv.ts';
import {
  chooseFixes,
  type Finding,
  type LintSettings,
  lintRules,
  settleFindings,
} from '../../../redirects/lint/index.ts';
import { readText } from '../../document/read-text.ts';
import { fixCsv } from '../../lint/fix-csv.ts';
import type { Surroundings } from '../../surroundings.ts';
import { type FindingView, findingView, type LintResult } from './finding-view.ts';
import { requireSiteUrl, urlsIn } from './site-urls.ts';

export interface LintFilesInput {
  readonly files: readonly string[];
  /** Base URLs of the site that the rules are for; taken from the rules themselves where there are none. */
  readonly urls: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly settings: LintSettings;
  /** Carry out what is safe, in the files themselves. */
  readonly fix: boolean;
}

/** A million rules of usual length. */
const LARGEST = 256 * 1024 * 1024;

/** A rules file as it was read, and what it says. */
interface RulesFile {
  readonly file: string;
  readonly text: string;
  readonly lines: Uint32Array;
  readonly bad: readonly FindingView[];
  readonly compiled: CompiledRuleset;
}

/** Rounds of mending: a fix can bring to light what was behind it. */
const MOST_ROUNDS = 5;

/**
 * Lints rule files without any platform. The files answer together, so loops and chains are found across them. Lines
 * that give no rule are findings too.
 *
 * @throws Failure `unreadable-file`, `invalid-url`, `not-fixable`
 */
export async function lintFiles(surroundings: Surroundings, input: LintFilesInput): Promise<LintResult> {
  for (const url of input.urls) requireSiteUrl(url);
  let files: readonly RulesFile[] = await Promise.all(
    input.files.map(async (named) => {
      const { file, text } = await readText(surroundings, named, { what: 'rules file', limit: LARGEST });
      return rulesFile(file, text, input.urls);
    }),
  );
  let found = findingsOf(files, input);
  let fixed = 0;
  if (input.fix) {
    if (input.files.includes('-')) throw notFixable('standard input');
    const before = new Map(files.map(({ file, text }) => [file, text]));
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const mended = files.map((one) => mendedFile(one, found, input.urls));
      const count = mended.reduce((sum, { applied }) => sum + applied, 0);
      if (count === 0) break;
      fixed += count;
      files = mended.map(({ file }) => file);
      found = findingsOf(files, input);
    }
    const changed = files.filter(({ file, text }) => before.get(file) !== text);
    const { writeFiles } = await import('../../document/write-file.ts');
    await writeFiles(surroundings, changed, { replace: true });
  }
  const settled = settleFindings(found, input.settings);
  return {
    rules: files.reduce((sum, { compiled }) => sum + compiled.rules.length, 0),
    findings: [...files.flatMap(({ bad }) => bad), ...settled.findings.map(findingView)],
    ...(input.fix ? { fixed } : {}),
  };
}

function rulesFile(file: string, text: string, urls: readonly string[]): RulesFile {
  const { rules, lines, problems } = readRulesCsv(text, file);
  const resolver = createTimeResolver('');
  const compiled = compileRuleset({
    rules,
    origins: (index) => {
      const line = lines[index];
      return line === undefined ? { file } : { file, line };
    },
    options: RULESET_DEFAULTS,
    siteUrls: urls.length > 0 ? urls : urlsIn(rules.map(({ from }) => from)),
    // No market says in which zone a window is read; how windows lie to each other hardly depends on it.
    resolveTime: (time) => resolver.resolve(time, 'UTC').at,
  });
  const bad = problems.map(({ line, text: written, reason }) => badLine(file, line, written, reason));
  return { file, text, lines, bad, compiled };
}

function findingsOf(files: readonly RulesFile[], { allowedHosts }: LintFilesInput): readonly Finding[] {
  return lintRules({
    rulesets: files.map(({ file, compiled }) => ({ id: file, compiled })),
    exceptions: [],
    ...(allowedHosts.length === 0 ? {} : { allowedHosts }),
  });
}

function mendedFile(
  one: RulesFile,
  findings: readonly Finding[],
  urls: readonly string[],
): { readonly file: RulesFile; readonly applied: number } {
  const fixes = chooseFixes(findings, one.file);
  if (fixes.applied.length === 0) return { file: one, applied: 0 };
  const text = fixCsv(one.text, one.lines, fixes);
  if (text === undefined) throw notFixable(one.file);
  return { file: rulesFile(one.file, text, urls), applied: fixes.applied.length };
}

function notFixable(file: string): Failure {
  return new Failure({
    code: 'not-fixable',
    exit: EXIT.usage,
    message: `${file} cannot be fixed in place; nothing was written.`,
    remedy: 'Name a CSV file that has the columns from, to and status, or lint without --fix and mend it by hand.',
  });
}

function badLine(file: string, line: number, text: string, reason: string): FindingView {
  return {
    code: 'invalid-csv',
    severity: 'error',
    message: reason,
    rules: [{ file, line, from: text }],
    witness: null,
    fix: null,
  };
}
