import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { settleByRuleset } from '../../domain/state/lint-settings.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import { type Finding, type LintSettings, lintRules } from '../../redirects/lint/index.ts';
import { findingView, type LintResult } from '../entries/rules/finding-view.ts';
import { requireSiteUrl } from '../entries/rules/site-urls.ts';
import { headerMap } from '../rules-files/read-rules-files.ts';
import type { OptionFlags } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';
import { fixesFor, fixText } from './fix-text.ts';
import { type FileSettings, projectSettings } from './project-settings.ts';
import { type RulesFile, type RulesFileReading, readRulesFile, rewrittenFile } from './rules-file.ts';

export interface LintFilesInput {
  readonly files: readonly string[];
  /** Undefined: by content. */
  readonly format: RuleFormat | undefined;
  /** `from=Old,to=New` */
  readonly map: string | undefined;
  /** Base URLs of the site that the rules are for; taken from the rules themselves where there are none. */
  readonly urls: readonly string[];
  /** What flags say of queries, slashes and letter case, and of what no rule takes. */
  readonly options: OptionFlags;
  readonly allowedHosts: readonly string[];
  /** What flags say; it outranks what the document does. */
  readonly severities: NonNullable<LintSettings['severities']>;
  /** The document that has settings for the files; the project's own where it is absent. */
  readonly document: string | undefined;
  /** Carry out what is safe, in the files themselves. */
  readonly fix: boolean;
}

/** Rounds of mending: a fix can bring to light what was behind it. */
const MOST_ROUNDS = 5;

/**
 * Lints rule files without any platform. The files answer together, so loops and chains are found across them. Lines
 * that give no rule are findings too.
 *
 * @throws Failure `unreadable-file`, `invalid-map`, `invalid-url`, `invalid-fallback`, `not-fixable`
 */
export async function lintFiles(surroundings: Surroundings, input: LintFilesInput): Promise<LintResult> {
  for (const url of input.urls) requireSiteUrl(url);
  const reading: RulesFileReading = {
    format: input.format,
    map: headerMap(input.map),
    urls: input.urls,
    options: input.options,
  };
  const named = await eachOnce(surroundings, input.files);
  const settings = await projectSettings(surroundings, named, input.document);
  let files: readonly RulesFile[] = await Promise.all(named.map((one) => readRulesFile(surroundings, one, reading)));
  const { interruption } = surroundings;
  let found = interruption.busy(() => findingsOf(files, input, settings));
  let fixed = 0;
  if (input.fix) {
    const before = new Map(files.map(({ file, text }) => [file, text]));
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const mended = interruption.busy(() => files.map((one) => mendedFile(one, found, named, reading)));
      const count = mended.reduce((sum, { applied }) => sum + applied, 0);
      if (count === 0) break;
      fixed += count;
      files = mended.map(({ file }) => file);
      found = interruption.busy(() => findingsOf(files, input, settings));
    }
    const changed = files.filter(({ file, text }) => before.get(file) !== text);
    for (const { file } of changed) await requireRegular(surroundings, file);
    const { writeFiles } = await import('../document/write-file.ts');
    await writeFiles(surroundings, changed, { replace: true });
  }
  return {
    rules: files.reduce((sum, { compiled }) => sum + compiled.rules.length, 0),
    findings: [...files.flatMap(({ bad }) => bad), ...found.map(findingView)],
    ...(input.fix ? { fixed } : {}),
  };
}

/** A file that is named twice, or through a link besides, is one file: its rules are there once, and it is written once. */
async function eachOnce({ cwd }: Surroundings, files: readonly string[]): Promise<readonly string[]> {
  const seen = new Set<string>();
  const once: string[] = [];
  for (const file of files) {
    // What cannot be found has its error where it is read.
    const path = file === '-' ? file : await realpath(resolve(cwd, file)).catch(() => file);
    if (!seen.has(path)) once.push(file);
    seen.add(path);
  }
  return once;
}

/** What is found, as flags and the document want it to count: what is meant is not mended either. */
function findingsOf(
  files: readonly RulesFile[],
  { allowedHosts, severities }: LintFilesInput,
  ofProject: ReadonlyMap<string, FileSettings>,
): readonly Finding[] {
  const hostsOf = (file: string): readonly string[] =>
    allowedHosts.length > 0 ? allowedHosts : (ofProject.get(file)?.allowedHosts ?? []);
  const findings = lintRules({
    rulesets: files.map(({ file, compiled }) => {
      const hosts = hostsOf(file);
      return { id: file, compiled, ...(hosts.length === 0 ? {} : { allowedHosts: hosts }) };
    }),
    exceptions: [],
  });
  const settings = files.map(({ file }): [string, LintSettings] => {
    const own = ofProject.get(file)?.settings ?? {};
    return [file, { ...own, severities: { ...own.severities, ...severities } }];
  });
  return settleByRuleset(findings, new Map(settings));
}

function mendedFile(
  one: RulesFile,
  findings: readonly Finding[],
  named: readonly string[],
  reading: RulesFileReading,
): { readonly file: RulesFile; readonly applied: number } {
  const fixes = fixesFor(one.format, one.lines, findings, one.file);
  if (fixes.applied.length === 0) return { file: one, applied: 0 };
  if (!named.includes(one.file)) throw notFixable(one.file, NO_FILE, NAME_ONE);
  if (one.packed) throw notFixable(one.file, 'it is packed', 'Unpack it first, or lint without --fix.');
  const text = fixText(one.format, one.text, one.lines, fixes);
  if (text === undefined) throw notFixable(one.file, 'its form has no place for what is to be said');
  return { file: rewrittenFile(one, text, reading), applied: fixes.applied.length };
}

/** What a shell passes as `<(command)` has a path, and nobody would read what was written there. */
async function requireRegular({ cwd }: Surroundings, file: string): Promise<void> {
  const found = await stat(resolve(cwd, file)).catch(() => null);
  if (found !== null && !found.isFile()) throw notFixable(file, NO_FILE, NAME_ONE);
}

const NO_FILE = 'it is no file';
const NAME_ONE = 'Name a file, or lint without --fix.';

function notFixable(file: string, why: string, remedy = OTHER_FORMS): Failure {
  return new Failure({
    code: 'not-fixable',
    exit: EXIT.usage,
    message: `${file} cannot be fixed in place: ${why}. Nothing was written.`,
    remedy,
  });
}

const OTHER_FORMS =
  'Name a CSV file that has the columns from, to and status, an NDJSON or a _redirects file, or lint without --fix and mend it by hand.';
