import { escapeControls } from '../../domain/escape.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { Checked, CheckedAssertion, CheckedFailure } from './checked.ts';

/** Failures of one assertion that are shown; --json has up to a hundred. */
const SHOWN = 10;

/** Each assertion with a mark, and under it the URLs that fail, when, and what decides. */
export function renderChecked({ assertions }: Checked, view: View): string {
  if (assertions.length === 0) return 'Nothing is asserted.';
  return assertions.flatMap((assertion) => renderOne(assertion, view)).join('\n');
}

function renderOne({ id, kind, reason, checked, failed, failures, partly }: CheckedAssertion, view: View): string[] {
  const { palette, width } = view;
  const mark = failed > 0 ? palette.bad('✗') : partly ? palette.caution('!') : palette.good('✓');
  const outcome =
    failed > 0
      ? `does not hold for ${grouped(failed)} of ${counted(checked, 'URL')}`
      : `${partly ? 'looked at in part' : 'holds'} (${counted(checked, 'URL')})`;
  const why = reason === null ? '' : `: ${palette.faint(escapeControls(reason))}`;
  const more = failed - Math.min(failures.length, SHOWN);
  return [
    ...hang(`${mark} `, `${palette.strong(escapeControls(id))} ${kind} ${outcome}${why}`, width, 2),
    ...failures.slice(0, SHOWN).flatMap((failure) => renderFailure(failure, view)),
    ...(more > 0 ? [`    and ${grouped(more)} more`] : []),
  ];
}

function renderFailure(
  { url, happens, from, until, decidedBy, rules }: CheckedFailure,
  { palette, width }: View,
): string[] {
  const begins = from === null ? '' : ` from ${from}`;
  const ends = until === null ? '' : ` until ${until}`;
  const span = begins === '' && ends === '' ? 'at every instant' : `${begins}${ends}`.trimStart();
  const [rule] = rules;
  const source = rule === undefined ? '' : ` (${rule.from})`;
  const decider = decidedBy.id === null ? '' : `, decided by ${decidedBy.kind} ${decidedBy.id}${source}`;
  return [
    ...hang('    ', escapeControls(`${url} ${happens}`), width, 6),
    ...hang('      ', escapeControls(`${span}${decider}`), width, 6).map(palette.faint),
  ];
}
