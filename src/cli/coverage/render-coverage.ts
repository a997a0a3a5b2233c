import { escapeControls } from '../../domain/escape.ts';
import type { UncoveredUrl, Visits } from '../../redirects/coverage/coverage.ts';
import { isMeasured, LANDINGS, type Landing } from '../../redirects/coverage/landing.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { CoverageResult } from './measure.ts';

const SAID: Readonly<Record<Landing, string>> = {
  redirect: 'led away by a rule',
  gone: '410 by a rule',
  fallback: 'left to the fallback',
  'fallback-gone': '410 by the fallback',
  'not-found': 'no rule',
  'dead-end': 'led to a page that is not there',
  loop: 'led in a circle',
  retired: '410, for the redirects have ended',
  served: 'answered by the site itself',
};

/** Never rounded up: 99.999 % is not all. */
export function percentText(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(2).replace(/\.?0+$/, '')} %`;
}

/** What a manager reads first, then what is to be done, the heaviest first. */
export function renderCoverage(result: CoverageResult, view: View): string {
  const { palette } = view;
  const { hits, urls, covered, outcomes, uncovered, min, belowMin } = result;
  const share = `${percentText(covered.share)} of ${counted(hits, 'hit')} land well`;
  const verdict = min === null ? '' : belowMin ? `; the minimum is ${min} %` : `, and the minimum is ${min} %`;
  const head = `${belowMin ? palette.bad('Below the minimum') : palette.strong('Coverage')}: ${share}${verdict}.`;
  const left = urls - covered.urls;
  const more = left - uncovered.length;
  return [
    ...hang('', head, view.width, 2),
    ...(view.width === null ? ['OUTCOME\tHITS\tURLS'] : []),
    ...LANDINGS.filter(isMeasured).flatMap((landing) => sumLine(landing, outcomes[landing], view)),
    ...asides(result).flatMap((line) => indented(line, view.width)),
    ...(uncovered.length === 0 ? [] : ['', palette.strong('What does not, the most visited first:')]),
    ...(view.width === null && uncovered.length > 0 ? ['HITS\tOUTCOME\tURL\tSUGGESTION\tWHY'] : []),
    ...uncovered.flatMap((one) => uncoveredLines(one, view)),
    ...(more > 0 && uncovered.length > 0
      ? [palette.faint(`and ${counted(more, 'URL')} more (--top N shows more)`)]
      : []),
  ].join('\n');
}

function sumLine(landing: Landing, { hits, urls }: Visits, { width }: View): string[] {
  if (urls === 0) return [];
  if (width === null) return [`${SAID[landing]}\t${hits}\t${urls}`];
  return [...indented(`  ${SAID[landing]}: ${counted(hits, 'hit')} on ${counted(urls, 'URL')}`, width)];
}

/** A line that is too long goes on under its own beginning. */
function indented(line: string, width: number | null): readonly string[] {
  const text = line.trimStart();
  return hang(line.slice(0, line.length - text.length), text, width);
}

function asides({ outcomes, urlsAtMost, outsideHits, passedOver, badLines }: CoverageResult): string[] {
  const lines: string[] = [];
  if (urlsAtMost) lines.push('  URLs are too many to be held at once: some are counted twice, and hits are exact');
  const { served } = outcomes;
  if (served.hits > 0) lines.push(`  Not counted: ${counted(served.hits, 'hit')} on URLs that the site itself answers`);
  if (outsideHits > 0) lines.push(`  Not counted: ${counted(outsideHits, 'hit')} on URLs of other sites`);
  if (passedOver > 0) lines.push(`  Passed over: ${counted(passedOver, 'request')} other than GET and HEAD`);
  if (badLines.count === 0) return lines;
  lines.push(`  Not understood: ${counted(badLines.count, 'line')}`);
  for (const [reason, [first, ...others]] of byReason(badLines.first)) {
    const { file, line, text } = first;
    const place = `${file}${line === null ? '' : `:${line}`}`;
    lines.push(escapeControls(`    ${place}: ${reason}${text === '' ? '' : `: ${text}`}`));
    if (others.length > 0) lines.push(escapeControls(`      and so ${placesOf(file, others)}`));
  }
  if (badLines.count > badLines.first.length)
    lines.push(`    and ${grouped(badLines.count - badLines.first.length)} more`);
  return lines;
}

type BadLine = CoverageResult['badLines']['first'][number];

/** Lines that are wrong in the same way are told once, with the first of them. */
function byReason(bad: readonly BadLine[]): ReadonlyMap<string, readonly [BadLine, ...BadLine[]]> {
  const groups = new Map<string, readonly [BadLine, ...BadLine[]]>();
  for (const one of bad) {
    const group = groups.get(one.reason);
    groups.set(one.reason, group === undefined ? [one] : [...group, one]);
  }
  return groups;
}

/** The file is named where it is another one than before. */
function placesOf(named: string, bad: readonly BadLine[]): string {
  let last = named;
  return bad
    .map(({ file, line }) => {
      const place = file === last ? (line === null ? file : String(line)) : `${file}${line === null ? '' : `:${line}`}`;
      last = file;
      return place;
    })
    .join(', ');
}

function uncoveredLines({ url, hits, outcome, suggestion }: UncoveredUrl, { width, palette }: View): readonly string[] {
  const shown = escapeControls(url);
  const to = escapeControls(suggestion?.to ?? '');
  const why = escapeControls(suggestion?.why ?? '');
  if (width === null) return [[hits, outcome, shown, to, why].join('\t')];
  const count = grouped(hits).padStart(9);
  const head = `${count}  ${palette.id(shown)}  ${SAID[outcome]}`;
  const fits = count.length + shown.length + SAID[outcome].length + 4 <= width;
  const first = fits ? [head] : [`${count}  ${palette.id(shown)}`, ...hang(' '.repeat(11), SAID[outcome], width)];
  if (suggestion === null) return first;
  return [...first, ...hang(`${' '.repeat(11)}→ `, to, width), ...hang(' '.repeat(13), why, width).map(palette.faint)];
}
