import { RULESET_DEFAULTS } from '../../../domain/document/ruleset-defaults.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { createTimeResolver } from '../../../domain/time/time-resolver.ts';
import { type CompiledRuleset, compileRuleset } from '../../../redirects/compile.ts';
import { readRulesCsv } from '../../../redirects/formats/csv.ts';
import { type Finding, lintRules } from '../../../redirects/lint/index.ts';
import { parseSiteUrl, splitUrl, UrlError } from '../../../redirects/url.ts';
import { readText } from '../../document/read-text.ts';
import type { Surroundings } from '../../surroundings.ts';
import { type FindingView, findingView, type LintResult } from './finding-view.ts';

export interface LintFilesInput {
  readonly files: readonly string[];
  /** Base URLs of the site that the rules are for; taken from the rules themselves where there are none. */
  readonly urls: readonly string[];
  readonly allowedHosts: readonly string[];
}

/** A million rules of usual length. */
const LARGEST = 256 * 1024 * 1024;

/** Stands for a host that nobody has said; reserved, so no target can name it (RFC 2606). */
const ANY_HOST = 'https://site.invalid/';

/**
 * Lints rule files without any platform. The files answer together, so loops and chains are found across them. Lines
 * that give no rule are findings too.
 *
 * @throws Failure `unreadable-file`, `invalid-url`
 */
export async function lintFiles(surroundings: Surroundings, input: LintFilesInput): Promise<LintResult> {
  const { urls, allowedHosts } = input;
  for (const url of urls) requireSiteUrl(url);
  const resolver = createTimeResolver('');
  const bad: FindingView[] = [];
  const rulesets: { readonly id: string; readonly compiled: CompiledRuleset }[] = [];
  for (const named of input.files) {
    const { file, text } = await readText(surroundings, named, { what: 'rules file', limit: LARGEST });
    const { rules, lines, problems } = readRulesCsv(text, file);
    bad.push(...problems.map(({ line, text: written, reason }) => badLine(file, line, written, reason)));
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
    rulesets.push({ id: file, compiled });
  }
  const found: readonly Finding[] = lintRules({
    rulesets,
    exceptions: [],
    ...(allowedHosts.length === 0 ? {} : { allowedHosts }),
  });
  return {
    rules: rulesets.reduce((sum, { compiled }) => sum + compiled.rules.length, 0),
    findings: [...bad, ...found.map(findingView)],
  };
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

/** The hosts that sources name; one that stands for any where they are paths alone. */
function urlsIn(sources: readonly string[]): readonly string[] {
  const hosts = new Set<string>();
  for (const source of sources) {
    if (source.startsWith('/') && !source.startsWith('//')) continue;
    try {
      const { host, port } = splitUrl(source);
      if (host !== '') hosts.add(`https://${host}${port === '' ? '' : `:${port}`}/`);
    } catch (error) {
      // A source that is no URL is reported by the compiler, with its line.
      if (!(error instanceof UrlError)) throw error;
    }
  }
  return hosts.size === 0 ? [ANY_HOST] : [...hosts];
}

function requireSiteUrl(url: string): void {
  try {
    parseSiteUrl(url);
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    throw new Failure({
      code: 'invalid-url',
      exit: EXIT.usage,
      message: `--url "${url}" is no base URL: ${error.message}.`,
      remedy: 'Write one such as https://po.co/uk/',
    });
  }
}
