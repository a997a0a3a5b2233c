import { EXIT, Failure } from '../../domain/failure.ts';
import { type Coverage, coverageOf, LandingSums } from '../../redirects/coverage/coverage.ts';
import { VisitTally } from '../../redirects/coverage/visit-tally.ts';
import type { Warning } from '../answer.ts';
import { counted } from '../output/counted.ts';
import type { RulesAtInstant } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';
import { type ReadVisits, readVisits } from './read-visits.ts';
import { hostsOf, siteOrigin } from './site-origin.ts';

export interface MeasureOrder {
  readonly rules: RulesAtInstant;
  /** Whether somebody said what the site's URLs are. */
  readonly siteIsKnown: boolean;
  readonly files: readonly string[];
  readonly top: number;
  /** Percent of the hits; null where there is none. */
  readonly min: number | null;
  readonly onProgress: (lines: number) => void;
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
 * Resolves every visit of logs and lists against rules.
 *
 * @throws Failure `unreadable-file`; `no-visits` or `other-hosts` where nothing is left that could be measured
 */
export async function measureCoverage(
  surroundings: Surroundings,
  order: MeasureOrder,
): Promise<{ readonly result: CoverageResult; readonly warnings: readonly Warning[] }> {
  const { rules, files, siteIsKnown, top, min, onProgress } = order;
  const { ruleset, at } = rules;
  let before: LandingSums | undefined;
  const onLetGo = (url: string, hits: number): void => {
    before ??= new LandingSums({ ruleset, at, siteIsKnown });
    before.add(url, hits);
  };
  const tally = new VisitTally(ruleset, siteOrigin(ruleset), { onLetGo });
  const read = await readVisits(surroundings, { files, add: (url, hits) => tally.add(url, hits), onProgress });
  if (tally.hits.size === 0 && before === undefined) throw nothingToMeasure(order, tally, read);
  const rest = before === undefined ? {} : { before };
  const coverage = coverageOf({ ruleset, at, siteIsKnown, hits: tally.hits, top, ...rest });
  const result: CoverageResult = {
    ...coverage,
    min,
    belowMin: min !== null && coverage.covered.hits * 100 < min * coverage.hits,
    outsideHits: tally.outsideHits,
    passedOver: read.passedOver,
    badLines: read.bad,
  };
  return { result, warnings: warningsOf(order, tally, read) };
}

function warningsOf({ rules: { ruleset } }: MeasureOrder, tally: VisitTally, { missing }: ReadVisits): Warning[] {
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
  if (tally.pathHits > 0 && hostsOf(ruleset) > 1) {
    warnings.push({
      code: 'host-assumed',
      message: `The log names paths alone, and the rules have ${hostsOf(ruleset)} hosts: they were taken as those of ${siteOrigin(ruleset)}.`,
      remedy: 'Name the host with --url URL',
    });
  }
  return warnings;
}

function nothingToMeasure(
  { rules: { ruleset } }: MeasureOrder,
  tally: VisitTally,
  { bad, lines }: ReadVisits,
): Failure {
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

/** @throws Failure `input-needed` where the rules are named twice, or not at all */
export function requireOneSource(flags: {
  readonly ruleset?: string | undefined;
  readonly rules?: readonly string[] | undefined;
}): void {
  const both = flags.ruleset !== undefined && flags.rules !== undefined;
  if (both || (flags.ruleset === undefined && flags.rules === undefined)) {
    throw new Failure({
      code: 'input-needed',
      exit: EXIT.usage,
      message: both
        ? '--rules and --ruleset were both named.'
        : 'Against which rules? Neither --rules nor --ruleset was named.',
      remedy: 'Name files of rules with --rules FILE, or a ruleset of the platform with --ruleset ID',
      details: { flags: ['--rules', '--ruleset'] },
    });
  }
}
