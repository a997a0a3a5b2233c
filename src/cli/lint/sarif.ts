import { LINT_CODES } from '../../redirects/lint/codes.ts';
import { type FindingView, sightOf } from '../entries/rules/finding-view.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Rules of one finding that are listed as related places; viewers show a handful. */
const RELATED = 20;

/** Findings as SARIF 2.1.0 (OASIS), which code-scanning services and editors read. */
export function sarifOf(findings: readonly FindingView[], version: string): object {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'storectl',
            semanticVersion: version,
            rules: codes.map((code) => ({ id: code, shortDescription: { text: summaryOf(code) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, codes)),
      },
    ],
  };
}

function resultOf(finding: FindingView, codes: readonly string[]): object {
  const { code, severity, message, rules, witness } = finding;
  const sight = sightOf(finding);
  const [place, ...related] = rules.map(locationOf);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: sight === null ? message : `${message} (see ${sight})` },
    ...(place === undefined ? {} : { locations: [place] }),
    ...(related.length === 0 ? {} : { relatedLocations: related.slice(0, RELATED) }),
    // The same finding keeps its identity when lines move.
    partialFingerprints: {
      'finding/v1': [code, witness ?? '', ...rules.slice(0, RELATED).map(({ from }) => from)].join(' '),
    },
  };
}

function locationOf({ file, line, from, ruleset }: FindingView['rules'][number]): object {
  const name = ruleset === undefined ? from : `rulesets/${ruleset}: ${from}`;
  const logicalLocations = name === '' ? undefined : [{ fullyQualifiedName: name }];
  if (file === null) return logicalLocations === undefined ? {} : { logicalLocations };
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      ...(line === null ? {} : { region: { startLine: line } }),
    },
    ...(logicalLocations === undefined ? {} : { logicalLocations, message: { text: from } }),
  };
}

/** A relative path is resolved by the viewer against its checkout. */
function uriOf(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}

function summaryOf(code: string): string {
  return (LINT_CODES as Readonly<Record<string, string>>)[code] ?? 'A line that gives no rule.';
}
