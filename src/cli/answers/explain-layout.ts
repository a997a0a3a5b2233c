import stringWidth from 'string-width';
import { escapeControls } from '../../domain/escape.ts';
import type { Reason } from '../../domain/state/explain.ts';
import { humanDuration } from '../../domain/time/duration.ts';
import { flow } from '../output/flow.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { momentParts } from './moments.ts';

/** How explanations look, whatever they are of: facts under each other, and then why. */

/** A name, and its value in parts that stand beside each other where there is room. */
export type ExplainedFact = readonly [name: string, parts: readonly string[]];

const NAME_WIDTH = 12;

export function factLines(facts: readonly ExplainedFact[], { width, palette }: View): readonly string[] {
  const layout = { width, used: NAME_WIDTH, indent: ' '.repeat(NAME_WIDTH) };
  return facts.map(([name, parts]) => `${palette.strong(name.padEnd(NAME_WIDTH))}${flow(parts, layout)}`);
}

/** When an answer is next another one, with its distance from the instant that was asked about. */
export function changeFact(next: number | null, asked: number, zone: string | null): ExplainedFact {
  if (next === null) return ['Changes', ['never, as things stand']];
  return ['Changes', [...momentParts(next, zone), `(${humanDuration(next - asked)} later)`]];
}

/** Blocks with an empty line between them; empty ones are left out. */
export function joinedBlocks(blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

const MARK: Readonly<Record<Reason['outcome'], string>> = { decides: '●', applies: '○', 'passed-over': '–' };
const WORD: Readonly<Record<Reason['outcome'], string>> = {
  decides: 'decides',
  applies: 'applies',
  'passed-over': 'passed over',
};

export function whyLines(reasons: readonly Reason[], view: View): readonly string[] {
  return reasons.length === 0 ? [] : ['Why', ...reasons.flatMap((reason) => reasonLines(reason, view))];
}

function reasonLines({ subject, outcome, why }: Reason, { width, palette }: View): readonly string[] {
  const head = `${MARK[outcome]} ${escapeControls(subject)}`;
  const body = `${WORD[outcome]}: ${escapeControls(why)}`;
  const shown = outcome === 'decides' ? palette.strong(head) : head;
  if (width !== null && stringWidth(head) + stringWidth(body) + 4 > width) {
    return [...hang('  ', shown, width, 4), ...hang('    ', body, width).map(palette.faint)];
  }
  return [`  ${shown}  ${palette.faint(body)}`];
}
