/**
 * The candidate a person most likely meant by `word`, or null where none is near. Letter case makes no difference.
 *
 * Distance is Damerau-Levenshtein's in its optimal-string-alignment form: insertions, deletions, replacements and swaps
 * of neighbours count one each. A candidate that begins with what was typed (two characters or more) counts as one
 * away, so that `mark` finds `markets`. Of equally near candidates the one listed first wins.
 *
 * @param max the greatest distance that still counts; without it 1 for words of up to three
 * characters, 2 up to eight, 3 beyond.
 */
export function nearest(word: string, candidates: Iterable<string>, max?: number): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bound = max ?? toleranceFor(wanted.length);
  for (const candidate of candidates) {
    const distance = distanceUpTo(wanted, candidate.toLowerCase(), bound);
    if (distance > bound) continue;
    best = candidate;
    if (distance === 0) break;
    // From here on only a nearer one replaces it.
    bound = distance - 1;
  }
  return best;
}

function toleranceFor(length: number): number {
  if (length <= 3) return 1;
  return length <= 8 ? 2 : 3;
}

function distanceUpTo(wanted: string, candidate: string, bound: number): number {
  const edits = editDistance(wanted, candidate, bound);
  return edits > 1 && wanted.length >= 2 && candidate.startsWith(wanted) ? 1 : edits;
}

/** Edits from `a` to `b`, or any number above `bound` as soon as it is certain that there are more. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  let [previous, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const beforePrevious = previous;
    previous = row;
    row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforePrevious, j - 2) + 1 : replaced;
      row.push(Math.min(replaced, swapped, at(previous, j) + 1, at(row, j - 1) + 1));
    }
    // A swap reaches two rows back, so both rows must have left the bound.
    if (Math.min(...row) > bound && Math.min(...previous) > bound) return bound + 1;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
