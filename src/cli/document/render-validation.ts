import { NOUN, SECTIONS } from '../../domain/document/sections.ts';
import { escapeControls } from '../../domain/escape.ts';
import type { Problem } from '../../domain/failure.ts';
import { placeText } from '../failures/present-failure.ts';
import { counted } from '../output/counted.ts';
import { fewOfEach } from '../output/few-of-each.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { Validation } from './validate-document.ts';

/** Errors are to be mended one by one; nobody mends more than this before looking again. */
const MOST_ERRORS = 1000;

/**
 * What `validate` says: each problem as editors and CI systems read it, then how many there are. Of a code with very many
 * only the first are shown, unless `all` are asked for.
 */
export function renderValidation(file: string, validation: Validation, view: View, all: boolean): string {
  const { palette, width } = view;
  const { shown, left } = all ? { shown: validation.problems, left: [] } : fewOfThem(validation.problems);
  const lines = shown.flatMap((problem) => renderProblem(problem, view));
  for (const line of left) lines.push(...hang('', `${line} (--all shows them)`, width, 2));
  if (lines.length > 0) lines.push('');
  const errors = validation.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = validation.problems.length - errors;
  const found = [
    ...(errors > 0 ? [palette.bad(counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [palette.caution(counted(warnings, 'warning'))] : []),
  ];
  const verdict = errors > 0 ? palette.bad('✗') : palette.good('✓');
  const state = errors > 0 ? 'has' : 'is right';
  const detail = errors > 0 ? ` ${found.join(' and ')}` : found.length > 0 ? `, with ${found.join(' and ')}` : '';
  lines.push(...hang('', `${verdict} ${escapeControls(file)} ${state}${detail}`, width, 2));
  const contents = contentsText(validation);
  if (contents !== '') lines.push(...hang('  ', contents, width));
  for (const unchecked of validation.unchecked) {
    lines.push(...hang('  ', `${palette.caution('not checked')}: ${escapeControls(unchecked)}`, width, 4));
  }
  return lines.join('\n');
}

/** The problems in their order, and a line for each code of which some were left out. */
function fewOfThem(problems: readonly Problem[]): { readonly shown: readonly Problem[]; readonly left: string[] } {
  const codeOf = ({ code }: Problem): string => code;
  const warnings = fewOfEach(
    problems.filter(({ severity }) => severity !== 'error'),
    codeOf,
  );
  const errors = problems.filter(({ severity }) => severity === 'error');
  const kept = new Set([...warnings.shown, ...errors.slice(0, MOST_ERRORS)]);
  const more = errors.length - MOST_ERRORS;
  return {
    shown: problems.filter((problem) => kept.has(problem)),
    left: [
      ...(more > 0 ? [`and ${counted(more, 'error')} more`] : []),
      ...warnings.left.map(([code, count]) => `and ${counted(count, 'warning')} more of ${code}`),
    ],
  };
}

function renderProblem(
  { place, severity, message, remedy, code }: Problem,
  { palette, width }: View,
): readonly string[] {
  const label = severity === 'error' ? palette.bad('error') : palette.caution('warning');
  const where = placeText(place);
  const shown = (text: string): string => escapeControls(text);
  const found = `${where === '' ? '' : `${palette.strong(shown(where))}: `}${label}: ${shown(message)}`;
  return [
    ...hang('', `${found} ${palette.faint(`(${code})`)}`, width, 2),
    ...(remedy === undefined ? [] : hang('    ', shown(remedy), width)),
  ];
}

function contentsText({ entries, rules }: Validation): string {
  const parts = SECTIONS.flatMap((section) => {
    const count = entries[section];
    return count === undefined ? [] : [counted(count, section === 'products' ? 'product' : NOUN[section])];
  });
  return [...parts, ...(rules > 0 ? [counted(rules, 'rule')] : [])].join(', ');
}

/** Problems as the JSON of a command: flat, with every key there. */
export function problemValues(problems: readonly Problem[]): readonly Readonly<Record<string, unknown>>[] {
  return problems.map(({ code, severity, message, remedy, place }) => ({
    code,
    severity,
    message,
    remedy: remedy ?? null,
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    pointer: place?.pointer ?? null,
  }));
}
