import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import { isLintCode, LINT_CODES, type LintCode } from '../../redirects/lint/codes.ts';
import type { LintSettings } from '../../redirects/lint/settings.ts';
import { requireResource } from '../entries/read.ts';
import { type FindingView, findingView, type LintResult } from '../entries/rules/finding-view.ts';
import type { OptionFlags } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';

export interface LintSource extends OptionFlags {
  readonly files: readonly string[];
  readonly ruleset?: string | undefined;
  readonly file?: string | undefined;
  readonly 'from-format'?: RuleFormat | undefined;
  readonly map?: string | undefined;
  readonly url?: readonly string[] | undefined;
  readonly 'allowed-host'?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly fix?: boolean | undefined;
}

/** Lints files, a document, or a ruleset of the platform; the platform is opened only for the last. */
export async function lintOf(
  source: LintSource,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<LintResult> {
  const { files, ruleset, file } = source;
  const named = ruleset !== undefined;
  if (named ? files.length > 0 || file !== undefined : files.length === 0 && file === undefined) throw eitherOr(named);
  const severities = severitiesOf(source.severity ?? []);
  if (files.length > 0) {
    const { lintFiles } = await import('./lint-files.ts');
    return lintFiles(surroundings, {
      files,
      format: source['from-format'],
      map: source.map,
      urls: source.url ?? [],
      options: source,
      allowedHosts: source['allowed-host'] ?? [],
      severities,
      document: file,
      fix: source.fix === true,
    });
  }
  refuseForFiles(source);
  if (file !== undefined) {
    const { lintDocument } = await import('./lint-document.ts');
    const result = await lintDocument(surroundings, file);
    return { ...result, findings: asTold(result.findings, severities) };
  }
  if (ruleset === undefined) throw eitherOr(false);
  const client = await open();
  await requireResource(client, 'rulesets', ruleset);
  const { value } = await client.call(api.answers.lint, { query: { ruleset } });
  return { rules: value.rules, findings: asTold(value.findings.map(findingView), severities) };
}

type Severities = NonNullable<LintSettings['severities']>;

/** Findings under the severities that flags say, after what the document does. */
function asTold(findings: readonly FindingView[], told: Severities): readonly FindingView[] {
  const severities: Readonly<Record<string, Severities[LintCode]>> = told;
  return findings.flatMap((finding) => {
    const severity = severities[finding.code] ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}

/** What flags say of files that are named; a document and the platform say it of their rulesets themselves. */
const FOR_FILES = [
  'from-format',
  'map',
  'url',
  'query',
  'trailing-slash',
  'case',
  'fallback',
  'allowed-host',
  'fix',
] as const satisfies readonly (keyof LintSource)[];

/** To leave a flag aside in silence would look as if it had been obeyed. */
function refuseForFiles(source: LintSource): void {
  const idle = FOR_FILES.filter((flag) => source[flag] !== undefined && source[flag] !== false);
  if (idle.length === 0) return;
  const flags = idle.map((flag) => `--${flag}`).join(', ');
  throw new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: `${flags}: ${idle.length === 1 ? 'this is' : 'these are'} for files of rules, and none was named.`,
    remedy:
      source.ruleset === undefined
        ? 'Name them besides the document: storectl redirects lint FILE… -f DOCUMENT'
        : 'A ruleset says these things itself; storectl redirects show ID tells what',
  });
}

function eitherOr(both: boolean): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: both ? '--ruleset stands alone: it is linted on the platform.' : 'There is nothing to lint.',
    remedy: 'Name files of rules, a document with -f FILE, or a ruleset of the platform with --ruleset ID',
  });
}

const SEVERITIES = ['off', 'info', 'warning', 'error'] as const;

/** `CODE=SEVERITY`, each code once. */
function severitiesOf(texts: readonly string[]): Severities {
  const severities: Partial<Record<LintCode, (typeof SEVERITIES)[number]>> = {};
  for (const text of texts) {
    const [code = '', level = ''] = text.split('=', 2);
    const severity = SEVERITIES.find((one) => one === level);
    if (!isLintCode(code) || severity === undefined) throw notSeverity(text, code, level);
    severities[code] = severity;
  }
  return severities;
}

function notSeverity(text: string, code: string, level: string): Failure {
  const known = isLintCode(code);
  const guess = known ? nearest(level, SEVERITIES) : nearest(code, Object.keys(LINT_CODES));
  const meant = guess === null ? null : known ? `${code}=${guess}` : level === '' ? guess : `${guess}=${level}`;
  return new Failure({
    code: 'invalid-severity',
    exit: EXIT.usage,
    message: `--severity "${text}" is not CODE=SEVERITY.${meant === null ? '' : ` Did you mean ${meant}?`}`,
    remedy: `Write one such as mass-target=off; a severity is ${SEVERITIES.join(', ')}, and the codes are those that findings have.`,
  });
}
