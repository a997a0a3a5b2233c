import type { FindingView } from '../entries/rules/finding-view.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Findings as workflow commands of GitHub Actions, one a line, each of which marks its line in the pull request. */
export function githubLines(findings: readonly FindingView[]): readonly string[] {
  return findings.map(({ code, severity, message, rules, witness, at }) => {
    const [first] = rules;
    const properties = [
      ...(first?.file === null || first === undefined ? [] : [`file=${property(first.file)}`]),
      ...(first?.line === null || first === undefined ? [] : [`line=${first.line}`]),
      `title=${property(code)}`,
    ];
    const from = first === undefined || first.from === '' ? '' : `${first.from}: `;
    const see = witness === null ? '' : ` (see ${witness}${at === null ? '' : ` at ${at}`})`;
    return `::${COMMANDS[severity]} ${properties.join(',')}::${text(from + message + see)}`;
  });
}

/** What the runner would take for the end of the command. */
function text(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return text(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
