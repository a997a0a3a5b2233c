import type { Client } from '../../../client/index.ts';
import { api } from '../../../contract/operations/index.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { isLintCode, type LintCode } from '../../../redirects/lint/codes.ts';
import type { LintSettings } from '../../../redirects/lint/settings.ts';
import type { Surroundings } from '../../surroundings.ts';
import { requireResource } from '../read.ts';
import { findingView, type LintResult } from './finding-view.ts';

export interface LintSource {
  readonly files: readonly string[];
  readonly ruleset?: string | undefined;
  readonly url?: readonly string[] | undefined;
  readonly 'allowed-host'?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly fix?: boolean | undefined;
}

/** Lints files, or a ruleset of the platform; the platform is opened only for the latter. */
export async function lintOf(
  source: LintSource,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<LintResult> {
  const { files, ruleset } = source;
  if ((files.length === 0) === (ruleset === undefined)) throw eitherOr(files.length > 0);
  const settings: LintSettings = { severities: severitiesOf(source.severity ?? []) };
  if (ruleset === undefined) {
    const { lintFiles } = await import('./lint-files.ts');
    return lintFiles(surroundings, {
      files,
      urls: source.url ?? [],
      allowedHosts: source['allowed-host'] ?? [],
      settings,
      fix: source.fix === true,
    });
  }
  const client = await open();
  await requireResource(client, 'rulesets', ruleset);
  const { value } = await client.call(api.answers.lint, { query: { ruleset } });
  const severities = settings.severities as Readonly<Record<string, string | undefined>>;
  const findings = value.findings.flatMap((finding) => {
    const severity = severities[finding.code] ?? finding.severity;
    return severity === 'off' ? [] : [{ ...findingView(finding), severity: severity as typeof finding.severity }];
  });
  return { rules: value.rules, findings };
}

function eitherOr(both: boolean): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: both ? 'Files and --ruleset were both given.' : 'There is nothing to lint.',
    remedy: 'Name CSV files, or a ruleset of the platform: --ruleset ID',
  });
}

const SEVERITIES = ['off', 'info', 'warning', 'error'] as const;

/** `CODE=SEVERITY`, each code once. */
function severitiesOf(texts: readonly string[]): NonNullable<LintSettings['severities']> {
  const severities: Partial<Record<LintCode, (typeof SEVERITIES)[number]>> = {};
  for (const text of texts) {
    const [code = '', level = ''] = text.split('=', 2);
    const severity = SEVERITIES.find((one) => one === level);
    if (!isLintCode(code) || severity === undefined) {
      throw new Failure({
        code: 'invalid-severity',
        exit: EXIT.usage,
        message: `--severity "${text}" is not CODE=SEVERITY.`,
        remedy: `Write one such as mass-target=off; a severity is ${SEVERITIES.join(', ')}, and the codes are those that findings have.`,
      });
    }
    severities[code] = severity;
  }
  return severities;
}
