import { type FindingRuleView, type FindingView, inOrder, sightOf } from '../entries/rules/finding-view.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Places of one finding that its mark names besides its own. */
const NAMED = 3;

/**
 * Findings as workflow commands of GitHub Actions, one a line, each of which marks its line in the pull request; the worst
 * first, since only the first of many are shown there.
 */
export function githubLines(findings: readonly FindingView[]): readonly string[] {
  return inOrder(findings).map((finding) => {
    const { code, severity, message, rules } = finding;
    const [first, ...others] = rules;
    const properties = [
      ...(first?.file === null || first === undefined ? [] : [`file=${property(first.file)}`]),
      ...(first?.line === null || first === undefined ? [] : [`line=${first.line}`]),
      `title=${property(code)}`,
    ];
    const from = first === undefined || first.from === '' ? '' : `${first.from}: `;
    const sight = sightOf(finding);
    const more = [...withText(others), ...(sight === null ? [] : [`see ${sight}`])].join('; ');
    return `::${COMMANDS[severity]} ${properties.join(',')}::${text(`${from}${message}${more === '' ? '' : ` (${more})`}`)}`;
  });
}

/** The other rules of a finding, by their places. */
function withText(others: readonly FindingRuleView[]): readonly string[] {
  const places = others.flatMap(({ file, line }) => (file === null || line === null ? [] : [`${file}:${line}`]));
  if (places.length === 0) return [];
  const more = others.length - Math.min(places.length, NAMED);
  return [`with ${places.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

/** What the runner would take for the end of the command. */
function text(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return text(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
