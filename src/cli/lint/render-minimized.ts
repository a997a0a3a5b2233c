import { escapeControls } from '../../domain/escape.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { MinimizeResult } from './minimize-file.ts';

/** Merges that are shown, the largest first. */
const SHOWN = 20;

/** What became of the rules, and what proves that it may. */
export function renderMinimized(result: MinimizeResult, { palette, width }: View): string {
  const { before, after, proven, merged, refused } = result;
  const largest = merged.toSorted((a, b) => b.replaces - a.replaces);
  const show = (rule: { readonly from: string; readonly to: string | null }): string =>
    escapeControls(`${rule.from} → ${rule.to ?? '410'}`);
  return [
    ...largest
      .slice(0, SHOWN)
      .flatMap((rule) => [
        ...hang('', show(rule), width, 4).map(palette.strong),
        `    for ${counted(rule.replaces, 'rule')}`,
      ]),
    ...(largest.length > SHOWN ? [`and ${grouped(largest.length - SHOWN)} more`] : []),
    ...refused
      .slice(0, SHOWN)
      .flatMap(({ from, witness }) =>
        hang('', escapeControls(`${from} was not merged: it would change the answer of ${witness}`), width, 4),
      ),
    ...(refused.length > SHOWN ? [`and ${grouped(refused.length - SHOWN)} more that were not merged`] : []),
    ...(merged.length + refused.length === 0 ? [] : ['']),
    ...hang(
      `${palette.good('✓')} `,
      `${counted(before, 'rule')} → ${grouped(after)}: the answers to ${counted(proven, 'URL')} are the same`,
      width,
    ),
    ...(merged.length === 0
      ? []
      : hang(
          '  ',
          'A URL in neither the rules nor a log may now be answered by a pattern; --urls LOG keeps theirs.',
          width,
        )),
  ].join('\n');
}
