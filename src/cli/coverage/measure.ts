import { EXIT, Failure } from '../../domain/failure.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import {
  type Coverage,
  coverageOf,
  LandingSums,
  type Uncovered,
  type UncoveredUrl,
  withSuggestions,
} from '../../redirects/coverage/coverage.ts';
import type { Landing } from '../../redirects/coverage/landing.ts';
import { VisitTally } from '../../redirects/coverage/visit-tally.ts';
import type { Warning } from '../answer.ts';
import { ANY_ORIGIN } from '../entries/rules/site-urls.ts';
import { counted, grouped } from '../output/counted.ts';
import type { Surroundings } from '../surroundings.ts';
import type { CoverageSource } from './coverage-source.ts';
import { type ReadVisits, readVisits } from './read-visits.ts';
import { hostsOf, originOf, shownUrl, siteOrigin } from './site-origin.ts';

export interface MeasureOrder {
  readonly source: CoverageSource;
  readonly files: readonly string[];
  /** Of which site the paths of a log are that names no hosts, where somebody said so. */
  readonly url: string | undefined;
  readonly top: number;
  /** Percent of the hits; null where there is none. */
  readonly min: number | null;
  readonly onProgress: (what: string) => void;
}

export interface CoverageResult extends Coverage {
  readonly min: number | null;
  readonly belowMin: boolean;
  /** Hits on URLs of other sites, which are not counted otherwise. */
  readonly outsideHits: number;
  readonly passedOver: number;
  readonly badLines: ReadVisits['bad'];
}

/**
 * Follows every visit of logs and lists to where it lands.
 *
 * @throws Failure `unreadable-file`; `no-visits`, `other-hosts` or `still-served` where nothing is left to measure
 */
export async function measureCoverage(
  surroundings: Surroundings,
  order: MeasureOrder,
): Promise<{ readonly result: CoverageResult; readonly warnings: readonly Warning[] }> {
  const { source, files, top, min, onProgress } = order;
  const { ruleset } = source;
  let before: LandingSums | undefined;
  let letGo: [url: string, hits: number][] = [];
  const onLetGo = (url: string, hits: number): void => void letGo.push([url, hits]);
  const origin = order.url === undefined ? siteOrigin(ruleset) : originOf(order.url);
  const tally = new VisitTally(ruleset, origin, { onLetGo });
  const settle = async (): Promise<void> => {
    if (letGo.length === 0) return;
    const gone = letGo;
    letGo = [];
    before ??= new LandingSums();
    const landings = await source.landings(gone.map(([url]) => url));
    for (const [place, landing] of landings.entries()) before.add(landing, gone[place]?.[1] ?? 0);
  };
  const read = await readVisits(surroundings, {
    files,
    add: (url, hits) => tally.add(url, hits),
    onProgress: (lines) => onProgress(`Reading visits: ${grouped(lines)} lines`),
    settle,
  });
  if (tally.hits.size === 0 && before === undefined) throw nothingToMeasure(order, tally, read);
  onProgress(`Following ${counted(tally.hits.size, 'URL')}`);
  const urls = [...tally.hits.keys()];
  const landings = await source.landings(urls);
  const landed = new Map(urls.map((url, place) => [url, landings[place] ?? 'not-found']));
  const rest = before === undefined ? {} : { before };
  const landing = (url: string): Landing => landed.get(url) ?? 'not-found';
  const coverage = coverageOf({ hits: tally.hits, landing, top, ...rest });
  if (coverage.urls === 0) throw await stillServed(source, urls, coverage.outcomes.served.hits);
  const result: CoverageResult = {
    ...coverage,
    uncovered: (await suggested(source, coverage.uncovered)).map((one) => ({ ...one, url: shownUrl(one.url) })),
    min,
    belowMin: min !== null && coverage.covered.hits * 100 < min * coverage.hits,
    outsideHits: tally.outsideHits,
    passedOver: read.passedOver,
    badLines: read.bad,
  };
  return { result, warnings: warningsOf(order, tally, read) };
}

/** Rounds of looking for another target where one leads nowhere. */
const MOST_ROUNDS = 4;

async function suggested(source: CoverageSource, uncovered: readonly Uncovered[]): Promise<readonly UncoveredUrl[]> {
  const bad = new Set<string>();
  for (let round = 1; ; round++) {
    const made = withSuggestions(source, uncovered, bad);
    const found = await source.badTargets(made.flatMap(({ suggestion }) => suggestion?.to ?? []));
    if (found.size === 0) return made;
    for (const target of found) bad.add(target);
    if (round < MOST_ROUNDS) continue;
    return made.map((one) => (bad.has(one.suggestion?.to ?? '') ? { ...one, suggestion: null } : one));
  }
}

async function stillServed(source: CoverageSource, [url = '']: readonly string[], hits: number): Promise<Failure> {
  const dark = await source.servedUntil(url);
  const at = formatInstant(source.at);
  return new Failure({
    code: 'still-served',
    exit: EXIT.usage,
    message: `At ${at} the site itself answers every URL (${counted(hits, 'hit')}): there is nothing to redirect.`,
    remedy:
      dark === null
        ? `It stays so as far as is known. What keeps it is said by: storectl explain ${url}`
        : `Measure at an instant at which it is dark: --at ${dark}`,
    details: { at, hits, servedUntil: dark },
  });
}

function warningsOf({ source, url }: MeasureOrder, tally: VisitTally, { missing }: ReadVisits): Warning[] {
  const { ruleset, siteIsKnown } = source;
  const warnings: Warning[] = missing.map((url) => ({
    code: 'sitemap-not-read',
    message: `The sitemap ${url} does not lie beside the index that lists it: its URLs are not counted.`,
    remedy: 'Download it into the same folder.',
  }));
  if (ruleset.problems.length > 0) {
    warnings.push({
      code: 'unusable-rules',
      message: `${counted(ruleset.problems.length, 'rule')} cannot be used and answered nothing.`,
      remedy: 'storectl redirects lint says why.',
    });
  }
  const origin = siteOrigin(ruleset);
  const hosts = hostsOf(ruleset);
  if (url === undefined && tally.pathHits > 0 && origin !== ANY_ORIGIN && (hosts > 1 || !siteIsKnown)) {
    warnings.push({
      code: 'host-assumed',
      message: `The log names paths alone, and the rules ${hosts > 1 ? `have ${hosts} hosts` : 'name one host'}: they were taken as those of ${origin}.`,
      remedy: 'Name the host with --url URL',
    });
  }
  return warnings;
}

function nothingToMeasure(
  { source: { ruleset } }: MeasureOrder,
  tally: VisitTally,
  { bad, lines }: ReadVisits,
): Failure {
  if (tally.outsideHits > 0 && siteOrigin(ruleset) === ANY_ORIGIN) {
    return new Failure({
      code: 'other-hosts',
      exit: EXIT.usage,
      message: `The rules name paths alone, and no host; what was read names hosts: ${counted(tally.outsideHits, 'hit')}.`,
      remedy: 'Name the site that the rules are for: --url https://po.co/uk/',
      details: { sites: [], hits: tally.outsideHits },
    });
  }
  if (tally.outsideHits > 0) {
    const sites = ruleset.sites.map(({ hostKey, basePath }) => `https://${hostKey}${basePath}`);
    return new Failure({
      code: 'other-hosts',
      exit: EXIT.usage,
      message: `Every URL is of another site than the rules are for (${sites.slice(0, 5).join(', ')}): ${counted(tally.outsideHits, 'hit')}.`,
      remedy: 'Name the site that the rules are for: --url https://po.co/uk/',
      details: { sites, hits: tally.outsideHits },
    });
  }
  const [first] = bad.first;
  const why = first === undefined ? '' : ` The first bad line is ${first.file}:${first.line ?? 1}: ${first.reason}.`;
  return new Failure({
    code: 'no-visits',
    exit: EXIT.usage,
    message: `There is no URL in what was read (${counted(lines, 'line')}).${why}`,
    remedy: 'Name access logs, JSON lines, CSV with a count, lists of URLs, or sitemaps.',
    details: { badLines: bad },
  });
}

/** `97`, `99.5` or `99.5%`. Throws the usage failure `invalid-percent`. */
export function parsePercent(text: string): number {
  const found = /^(\d{1,3}(?:\.\d+)?)%?$/.exec(text.trim());
  const percent = Number(found?.[1] ?? Number.NaN);
  if (percent >= 0 && percent <= 100) return percent;
  throw new Failure({
    code: 'invalid-percent',
    exit: EXIT.usage,
    message: `--min "${text}" is no percentage.`,
    remedy: 'Write a number from 0 to 100, such as 99.5',
  });
}
