import type { Client } from '../../../client/index.ts';
import { api } from '../../../contract/operations/index.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import type { Surroundings } from '../../surroundings.ts';
import { requireResource } from '../read.ts';
import { findingView, type LintResult } from './finding-view.ts';

export interface LintSource {
  readonly files: readonly string[];
  readonly ruleset?: string | undefined;
  readonly url?: readonly string[] | undefined;
  readonly 'allowed-host'?: readonly string[] | undefined;
}

/** Lints files, or a ruleset of the platform; the platform is opened only for the latter. */
export async function lintOf(
  source: LintSource,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<LintResult> {
  const { files, ruleset } = source;
  if ((files.length === 0) === (ruleset === undefined)) throw eitherOr(files.length > 0);
  if (ruleset === undefined) {
    const { lintFiles } = await import('./lint-files.ts');
    return lintFiles(surroundings, { files, urls: source.url ?? [], allowedHosts: source['allowed-host'] ?? [] });
  }
  const client = await open();
  await requireResource(client, 'rulesets', ruleset);
  const { value } = await client.call(api.answers.lint, { query: { ruleset } });
  return { rules: value.rules, findings: value.findings.map(findingView) };
}

function eitherOr(both: boolean): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: both ? 'Files and --ruleset were both given.' : 'There is nothing to lint.',
    remedy: 'Name CSV files, or a ruleset of the platform: --ruleset ID',
  });
}
