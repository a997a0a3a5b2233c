import { NOUN, SECTIONS } from '../../domain/document/sections.ts';
import { escapeControls } from '../../domain/escape.ts';
import type { Problem } from '../../domain/failure.ts';
import { placeText } from '../failures/present-failure.ts';
import { counted } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { Validation } from './validate-document.ts';

/** What `validate` says: each problem as editors and CI systems read it, then how many there are. */
export function renderValidation(file: string, validation: Validation, view: View): string {
  const { palette, width } = view;
  const lines = validation.problems.flatMap((problem) => renderProblem(problem, view));
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
