/** Every code that a finding can have, with what it finds, in one sentence for a person. Codes are never renamed. */
export const LINT_CODES = {
  'invalid-url': 'A source or a target that is no http(s) URL.',
  'invalid-status': 'A status that no redirect rule can have.',
  'invalid-pattern': 'A pattern whose placeholders cannot be read.',
  'invalid-regex': 'A regular expression that is not RE2, or too large.',
  'invalid-window': 'A window whose times cannot be read, or that is empty.',
  'invalid-priority': 'A priority that is no number.',
  'invalid-query': 'A query condition that could never hold.',
  'control-character': 'A control character in a source or a target.',
  'outside-site': 'A source that lies outside the URLs of its site.',
  'unknown-placeholder': 'A name in the target that the source does not bind.',
  'open-redirect': 'A target whose host a visitor could choose.',
  'host-not-allowed': 'A target on a host that is not on the list of allowed hosts.',
  duplicate: 'The same rule twice.',
  conflict: 'Two rules that tie for one URL with different answers.',
  'window-overlap': 'Two rules that tie for one URL with different answers while both windows are open.',
  unreachable: 'A rule that never wins.',
  loop: 'Redirects that lead back to where they began.',
  'loop-at-instant': 'A loop that exists at some instants of the schedule only.',
  'infinite-growth': 'Redirects that lengthen their own URL and never arrive.',
  chain: 'More than one redirect before a page.',
  'chain-at-instant': 'A chain that exists at some instants of the schedule only.',
  'gone-target': 'A redirect to a URL that answers 410.',
  'captures-exception': 'A rule that would take a URL of an exempt site or market.',
  'public-suffix-wildcard': 'A rule for every domain under a public suffix.',
  'mass-target': 'Many different pages on one target, which search engines read as missing pages.',
  'temporary-status': 'A temporary status on a move that has no end.',
  'insecure-target': 'A target that is not encrypted.',
  'nested-url': 'A target with a second address in its path.',
  'empty-segment': 'A target with an empty segment in its path.',
  'target-case-twins': 'Targets that differ only by case.',
  'looks-like-regex': 'A source that was most likely meant as a regular expression, and is plain text.',
  'http-only': 'Rules that answer for http: alone, all of them.',
  'case-twins': 'Sources that differ only by case.',
  'unused-allow': 'An entry of lint settings that allows nothing any more.',
  assertion: 'A stated assertion that does not hold at some instant of the schedule.',
  'partly-checked': 'What lint did not look at, and why.',
} as const satisfies Readonly<Record<string, string>>;

export type LintCode = keyof typeof LINT_CODES;

/**
 * Findings that say that an answer is undefined, endless, or where somebody else chooses: no setting of a document makes
 * them count for less.
 */
const FIRM: readonly LintCode[] = [
  'invalid-url',
  'invalid-status',
  'invalid-pattern',
  'invalid-regex',
  'invalid-window',
  'invalid-priority',
  'invalid-query',
  'control-character',
  'outside-site',
  'unknown-placeholder',
  'open-redirect',
  'conflict',
  'window-overlap',
  'loop',
  'loop-at-instant',
  'infinite-growth',
  'assertion',
];

export function isFirmCode(code: string): boolean {
  return (FIRM as readonly string[]).includes(code);
}

export function isLintCode(code: string): code is LintCode {
  return Object.hasOwn(LINT_CODES, code);
}
