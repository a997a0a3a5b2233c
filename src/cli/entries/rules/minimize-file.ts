import { RULESET_DEFAULTS } from '../../../domain/document/ruleset-defaults.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { createTimeResolver } from '../../../domain/time/time-resolver.ts';
import { readRulesCsv, writeRulesCsv } from '../../../redirects/formats/csv.ts';
import { type Minimized, minimizeRules } from '../../../redirects/minimize/index.ts';
import { readText } from '../../document/read-text.ts';
import { writeFiles } from '../../document/write-file.ts';
import type { Surroundings } from '../../surroundings.ts';
import { requireSiteUrl, urlsIn } from './site-urls.ts';

export interface MinimizeFileInput {
  readonly file: string;
  /** Base URLs of the site that the rules are for; taken from the rules themselves where there are none. */
  readonly urls: readonly string[];
  /** A file of URLs, one a line, whose answers must stay. */
  readonly log: string | undefined;
  /** Where the rules are written; nowhere where it is absent. */
  readonly out: string | undefined;
  readonly atLeast: number;
}

export interface MinimizeResult {
  readonly before: number;
  readonly after: number;
  /** URLs that were asked of both rulesets, with the same answers. */
  readonly proven: number;
  readonly merged: readonly { readonly from: string; readonly to: string | null; readonly replaces: number }[];
  readonly refused: readonly { readonly from: string; readonly witness: string }[];
}

const LARGEST = 256 * 1024 * 1024;

/**
 * Writes a rules file with fewer rules that answer alike.
 *
 * @throws Failure `unreadable-file`, `invalid-url`, `invalid-rules`, `file-exists`
 */
export async function minimizeFile(
  surroundings: Surroundings,
  input: MinimizeFileInput,
): Promise<{ readonly result: MinimizeResult; readonly csv: Iterable<string> }> {
  for (const url of input.urls) requireSiteUrl(url);
  const { file, text } = await readText(surroundings, input.file, { what: 'rules file', limit: LARGEST });
  const { rules, problems } = readRulesCsv(text, file);
  const [problem] = problems;
  if (problem !== undefined) throw badLines(file, problems.length, problem.line, problem.reason);
  const siteUrls = input.urls.length > 0 ? input.urls : urlsIn(rules.map(({ from }) => from));
  const urls = input.log === undefined ? [] : await urlsOfLog(surroundings, input.log, siteUrls);
  const resolver = createTimeResolver('');
  const minimized = minimizeRules({
    rules,
    options: RULESET_DEFAULTS,
    siteUrls,
    resolveTime: (time) => resolver.resolve(time, 'UTC').at,
    urls,
    atLeast: input.atLeast,
  });
  if (input.out !== undefined && input.out !== '-') {
    const replace = input.out === input.file;
    await writeFiles(surroundings, [{ file: input.out, text: [...writeRulesCsv(minimized.rules)].join('') }], {
      replace,
    });
  }
  return { result: resultOf(rules.length, minimized), csv: writeRulesCsv(minimized.rules) };
}

/** The first word of each line: a URL, or a path that is tried on every host of the site. */
async function urlsOfLog(
  surroundings: Surroundings,
  log: string,
  siteUrls: readonly string[],
): Promise<readonly string[]> {
  const { text } = await readText(surroundings, log, { what: 'file of URLs', limit: LARGEST });
  const origins = siteUrls.map((url) => new URL(url).origin);
  return text.split(/\r?\n/).flatMap((line) => {
    const [word = ''] = line.trim().split(/\s/, 1);
    if (word === '') return [];
    return word.startsWith('/') ? origins.map((origin) => origin + word) : [word];
  });
}

function resultOf(before: number, { rules, merged, refused, proven }: Minimized): MinimizeResult {
  return {
    before,
    after: rules.length,
    proven,
    merged: merged.map(({ rule, replaces }) => ({ from: rule.from, to: rule.to ?? null, replaces: replaces.length })),
    refused: refused.map(({ rule, because }) => ({ from: rule.from, witness: because.url })),
  };
}

function badLines(file: string, count: number, line: number, reason: string): Failure {
  return new Failure({
    code: 'invalid-rules',
    exit: EXIT.usage,
    message: `${count === 1 ? 'A line' : `${count} lines`} of ${file} give no rule; the first is line ${line}: ${reason}.`,
    remedy: 'Mend or take out each of them; `storectl redirects lint` lists all.',
  });
}
