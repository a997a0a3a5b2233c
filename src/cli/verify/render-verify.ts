import { escapeControls } from '../../domain/escape.ts';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../live-verify/compare.ts';
import { counted, grouped } from '../output/counted.ts';
import { folded } from '../output/folded.ts';
import type { View } from '../output/view.ts';
import { junitText } from './junit.ts';
import type { Report } from './verify-flags.ts';
import type { HostCounts, UrlResult, VerifyResult } from './verify-result.ts';

/** As many as a person reads; all of them are in the reports. */
const SHOWN = 20;
const LONGEST = 200;

const shown = (text: string): string => escapeControls(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** A report as it goes into a file or to standard output, with its last line end. */
export function reportText(result: VerifyResult, report: Report, view: View): string {
  switch (report) {
    case 'junit':
      return junitText(result);
    case 'json':
      return `${JSON.stringify({ data: result, warnings: [] }, null, 2)}\n`;
    case 'text':
      return `${renderVerify(result, view)}\n`;
  }
}

const KINDS: Readonly<Record<DifferenceKind, string>> = {
  status: 'another status',
  location: 'another Location',
  hops: 'too many hops',
  'page-status': 'a final page that is not served',
  canonical: 'a final page that names another as canonical',
  noindex: 'a final page that search engines may not list',
};

/** First what a manager asks, then what an engineer needs. */
export function renderVerify(result: VerifyResult, { palette, width }: View): string {
  const { checked, agreed, differing, unreachable, complete, urls, at, kinds, hosts, shard, sample } = result;
  // A page that may not be listed is no news where visitors do not even get there.
  const differ = result.results
    .filter(({ verdict }) => verdict === 'differing')
    .sort((a, b) => gravity(a) - gravity(b));
  const silent = result.results.filter(({ verdict }) => verdict === 'unreachable');
  return [
    headline(result, palette),
    ...(complete
      ? []
      : [`  ${palette.caution(`Stopped early: ${grouped(checked)} of ${counted(urls, 'URL')} were checked.`)}`]),
    `  ${grouped(agreed)}${share(agreed, checked)} as the rules say at ${at}`,
    ...(differing > 0 ? [`  ${grouped(differing)}${share(differing, checked)} otherwise:`] : []),
    ...DIFFERENCE_KINDS.filter((kind) => kinds[kind] > 0).map(
      (kind) => `    ${grouped(kinds[kind])} with ${KINDS[kind]}`,
    ),
    ...(differ.length > 0 && differ.every(isOnlyUnlisted) ? [`  ${ONLY_UNLISTED}`] : []),
    ...(unreachable > 0 ? [`  ${grouped(unreachable)}${share(unreachable, checked)} without an answer`] : []),
    ...(hosts.length > 1 ? hostLines(hosts) : []),
    ...differ.slice(0, SHOWN).flatMap(differenceLines),
    ...more(differ.length),
    ...silent.slice(0, SHOWN).flatMap(silentLines),
    ...more(silent.length),
    ...(shard === null ? [] : [`  ${palette.faint(`Part ${shard.index} of ${shard.of}.`)}`]),
    ...(sample === null
      ? []
      : [`  ${palette.faint(`The same sample again: --sample ${sample.size} --seed ${sample.seed}`)}`]),
  ]
    .flatMap((line) => folded(line, width))
    .join('\n');
}

/** A rehearsal against pages that are not meant for visitors yet, such as those of `edge serve`. */
const isOnlyUnlisted = ({ differences }: UrlResult): boolean => differences.every(({ kind }) => kind === 'noindex');

const ONLY_UNLISTED =
  'The redirects themselves are right. Pages of a rehearsal (edge serve) say noindex: --first-hop leaves them out.';

const gravity = ({ differences: [first] }: UrlResult): number =>
  first === undefined ? 0 : DIFFERENCE_KINDS.indexOf(first.kind);

function headline({ checked, differing, unreachable, complete }: VerifyResult, palette: View['palette']): string {
  const asked = counted(checked, 'URL');
  if (differing > 0)
    return `${palette.bad('Not verified')}: ${grouped(differing)} of ${asked} ${differing === 1 ? 'answers' : 'answer'} otherwise.`;
  if (unreachable > 0) return `${palette.caution('Not verified')}: ${grouped(unreachable)} of ${asked} gave no answer.`;
  if (!complete) return `${palette.caution('Not finished')}: ${asked} so far.`;
  if (checked === 0) return `${palette.caution('Nothing verified')}: there was no URL to ask.`;
  return `${palette.good('Verified')}: ${asked} ${checked === 1 ? 'answers' : 'answer'} as the rules say.`;
}

/** Rounded down, so that 100% is all of them. */
function share(part: number, whole: number): string {
  return whole === 0 ? '' : ` (${(Math.floor((part * 1000) / whole) / 10).toFixed(1)}%)`;
}

/** Hosts that do as they should are no news; of the others the worst come first. */
function hostLines(hosts: readonly HostCounts[]): string[] {
  const faulty = ({ differing, unreachable }: HostCounts): number => differing + unreachable;
  const wrong = hosts.filter((host) => faulty(host) > 0).sort((a, b) => faulty(b) - faulty(a));
  if (wrong.length === 0) return [`  on ${grouped(hosts.length)} hosts`];
  const more = wrong.length - SHOWN;
  return [
    `  ${grouped(wrong.length)} of ${grouped(hosts.length)} hosts have such URLs:`,
    ...wrong.slice(0, SHOWN).map(hostLine),
    ...(more > 0 ? [`    and ${counted(more, 'more host')}`] : []),
  ];
}

function hostLine({ host, checked, differing, unreachable }: HostCounts): string {
  const silent = unreachable > 0 ? `, ${grouped(unreachable)} of them without an answer` : '';
  return `    ${host}: ${grouped(differing + unreachable)} of ${grouped(checked)}${silent}`;
}

/** The line that a person would mend; else what decides, as `explain` says it. */
function decided({ decidedBy: { kind, id }, rule, file, line }: UrlResult): string {
  if (file !== null) return ` (${file}:${line})`;
  if (kind === 'none') return '';
  const name = id ?? rule;
  return ` (${kind}${name === null ? '' : ` ${name}`})`;
}

function differenceLines(result: UrlResult): string[] {
  const { url, differences } = result;
  return [
    `  ${shown(url)}${shown(decided(result))}`,
    ...differences.flatMap(({ at, expected, got }, place) => [
      ...(at === (differences[place - 1]?.at ?? url) ? [] : [`    at       ${shown(at)}`]),
      `    expected ${shown(expected)}`,
      `    got      ${shown(got)}`,
    ]),
  ];
}

function silentLines({ url, unreachable }: UrlResult): string[] {
  const { at, why } = unreachable ?? { at: url, why: '' };
  return [`  ${shown(url)}`, ...(at === url ? [] : [`    at       ${shown(at)}`]), `    no answer: ${shown(why)}`];
}

const more = (count: number): string[] =>
  count > SHOWN ? [`  and ${grouped(count - SHOWN)} more (--report json has all)`] : [];
