import { hang } from './hang.ts';

/**
 * A line of what was expected and what came that is too long goes on under what it says, and further in than where it
 * began. With `width` null nothing is broken.
 */
export function folded(line: string, width: number | null): readonly string[] {
  const [, blanks = '', label = '', text = ''] = /^( *)((?:(?:at|expected|got) +)?)(.*)$/s.exec(line) ?? [];
  const further = label === '' && blanks !== '' ? 2 : label.length;
  return hang(`${blanks}${label}`, text, width, blanks.length + further);
}
