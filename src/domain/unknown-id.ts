import { EXIT, Failure } from './failure.ts';
import { nearest } from './nearest.ts';

/**
 * That somebody named what there is not, with the nearest of what there is.
 *
 * @param known ids that may have been meant; where there are too many to look through, some of them
 */
export function unknownId(noun: 'market' | 'site' | 'product', id: string, known: Iterable<string>): Failure {
  const guess = nearest(id, known);
  return new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `There is no ${noun} ${id}.${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy: `storectl ${noun}s list shows them.`,
    details: { [noun]: id, nearest: guess },
  });
}
