import type { Problem } from '../../domain/failure.ts';
import type { Warning } from '../answer.ts';
import { grouped } from '../output/counted.ts';

/** Lines that are told one by one; of more, the number is. */
const MOST_TOLD = 1_000;

/**
 * What is told of lines that give no rule and were skipped: the first of them, and last how many they were, since the
 * last line is the one that stands above a question.
 *
 * @param bad how many were skipped, where that is more than are at hand
 */
export function skippedLines(skipped: readonly Problem[], bad = skipped.length): readonly Warning[] {
  if (bad === 0) return [];
  const told = skipped.slice(0, MOST_TOLD);
  const lines =
    bad === 1 ? 'One line gave no rule and was skipped' : `${grouped(bad)} lines gave no rule and were skipped`;
  const rest = bad > told.length ? `; the first ${grouped(told.length)} are told` : '';
  return [
    ...told.map(({ place, message }) => ({
      code: 'line-skipped',
      message: `${place?.file ?? ''}:${place?.line ?? ''}: ${message}`,
    })),
    { code: 'lines-skipped', message: `${lines}${rest}.` },
  ];
}
