import { escapeControls } from '../../../domain/escape.ts';
import type { FindingFix, Retarget } from '../../../redirects/lint/index.ts';
import { counted } from '../../output/counted.ts';

/** What a fix does, in words: one for each change, or one for all where they are alike. */
export function fixWords(fix: FindingFix): readonly string[] {
  switch (fix.kind) {
    case 'remove':
      return fix.rules.map((rule) => `take out ${placeOf(rule)}`);
    case 'retarget':
      return [`lead ${placeOf(fix.rule)} to ${goal(fix)}`];
    case 'retarget-all': {
      const [first] = fix.changes;
      const goals = new Set(fix.changes.map(goal));
      if (first === undefined || goals.size > 1) return fix.changes.flatMap(fixWords);
      return [`lead ${counted(fix.changes.length, 'rule')} of it to ${goal(first)}`];
    }
    case 'add': {
      const { from, to, status } = fix.added;
      return [`add ${escapeControls(from)} → ${escapeControls(to ?? '')}${status === undefined ? '' : ` (${status})`}`];
    }
    default:
      // A platform may know of fixes that this program does not.
      return [];
  }
}

const goal = ({ to, status }: Retarget): string => `${escapeControls(to)} (${status})`;

function placeOf({ file, line, from }: Retarget['rule']): string {
  if (file === undefined || line === undefined) return escapeControls(from);
  return escapeControls(`${file}:${line}`);
}
