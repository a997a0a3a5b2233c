import { isBulkStatus } from '../../redirects/formats/cloudflare-bulk.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import { type ChosenFixes, chooseFixes, type Finding, fixWithin } from '../../redirects/lint/index.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import { fixCsv } from './fix-csv.ts';

/**
 * The fixes that a format can hold. In a `_redirects` file and in Bulk Redirects one line can be several rules, which stay
 * together; nothing is added at their ends, since of the former the first line that matches wins, and a line of the latter
 * says what becomes of queries and folders too.
 */
export function fixesFor(
  format: RuleFormat,
  lines: Uint32Array,
  findings: readonly Finding[],
  ruleset: string,
): ChosenFixes {
  if (format === 'csv' || format === 'ndjson') return chooseFixes(findings, ruleset);
  const rulesAt = new Map<number, number>();
  for (const line of lines) rulesAt.set(line, (rulesAt.get(line) ?? 0) + 1);
  const isAlone = (index: number): boolean => rulesAt.get(lines[index] ?? 0) === 1;
  const possible = findings.flatMap((finding): Finding[] => {
    if (finding.fix?.kind === 'add') return [];
    const fix = fixWithin(finding.fix, (rule) => rule.ruleset !== ruleset || isAlone(rule.index));
    return fix === undefined ? [] : [{ ...finding, fix }];
  });
  return chooseFixes(possible, ruleset);
}

/**
 * A text with fixes carried out in its lines; every other line stays as it is, to the byte. Undefined where the format
 * has no place for what a fix says.
 *
 * @param lines the line of each rule, from 1
 */
export function fixText(format: RuleFormat, text: string, lines: Uint32Array, fixes: ChosenFixes): string | undefined {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const fixed = fixedBody(format, text.slice(bom.length), lines, fixes);
  return fixed === undefined ? undefined : bom + fixed;
}

function fixedBody(format: RuleFormat, text: string, lines: Uint32Array, fixes: ChosenFixes): string | undefined {
  switch (format) {
    case 'csv':
      return fixCsv(text, lines, fixes);
    case 'ndjson':
      return fixLines(text, lines, fixes, retargetedObject, (rule) => JSON.stringify(rule));
    case 'netlify':
    case 'cloudflare':
      return fixLines(text, lines, fixes, retargetedEntry, () => undefined);
    case 'cloudflare-bulk': {
      const fits = [...fixes.retargeted.values()].every(({ status }) => isBulkStatus(status));
      return fits ? fixCsv(text, lines, fixes, ['from', 'to', 'status']) : undefined;
    }
  }
}

interface Target {
  readonly to: string;
  readonly status: number;
}

function fixLines(
  text: string,
  lines: Uint32Array,
  fixes: ChosenFixes,
  retarget: (line: string, target: Target) => string | undefined,
  write: (rule: RedirectRule) => string | undefined,
): string | undefined {
  const indexAt = new Map([...lines].map((line, index) => [line, index]));
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  // Each piece is a line with its end.
  const pieces = text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
  const kept: string[] = [];
  for (const [place, piece] of pieces.entries()) {
    const index = indexAt.get(place + 1) ?? -1;
    if (fixes.removed.has(index)) continue;
    const target = fixes.retargeted.get(index);
    if (target === undefined) {
      kept.push(piece);
      continue;
    }
    const written = piece.replace(/[\r\n]+$/, '');
    const mended = retarget(written, target);
    if (mended === undefined) return undefined;
    kept.push(mended + piece.slice(written.length));
  }
  for (const rule of fixes.added) {
    const line = write(rule);
    if (line === undefined) return undefined;
    const last = kept.at(-1);
    if (last !== undefined && !/[\r\n]$/.test(last)) kept.push(end);
    kept.push(line + end);
  }
  return kept.join('');
}

/** A JSON object under its own keys; undefined where its target stands under a name that was mapped. */
function retargetedObject(line: string, target: Target): string | undefined {
  const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
  if (!('from' in value) || !('to' in value)) return undefined;
  return JSON.stringify({ ...value, to: target.to, status: target.status });
}

/** `from to [status]`, with the blanks and the comment that it has. */
function retargetedEntry(line: string, target: Target): string | undefined {
  const found = /^(\s*\S+\s+)(\S+)(?:(\s+)(\d{3}!?))?(.*)$/.exec(line);
  if (found === null) return undefined;
  const [, source = '', , gap = ' ', , rest = ''] = found;
  return `${source}${target.to}${gap}${target.status}${rest}`;
}
