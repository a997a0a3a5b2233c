import type { Problem } from '../../domain/failure.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import { writeRules } from '../../redirects/formats/write.ts';
import { hostSamples } from '../../redirects/host-samples.ts';
import { type Minimized, minimizeRules } from '../../redirects/minimize/index.ts';
import { parseRequestUrl, UrlError } from '../../redirects/url.ts';
import { TZDB } from '../answers/asked-time.ts';
import { type ReadVisits, readVisits } from '../coverage/read-visits.ts';
import { writeFiles } from '../document/write-file.ts';
import { requireSiteUrl, urlsIn } from '../entries/rules/site-urls.ts';
import { readRulesFiles } from '../rules-files/read-rules-files.ts';
import { type OptionFlags, optionsFor } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';

export interface MinimizeFileInput {
  readonly file: string;
  /** Undefined: by content. */
  readonly format: RuleFormat | undefined;
  /** `from=Old,to=New` */
  readonly map: string | undefined;
  /** Base URLs of the site that the rules are for; taken from the rules themselves where there are none. */
  readonly urls: readonly string[];
  readonly skipInvalid: boolean;
  /** What flags say of queries, slashes and letter case, and of what no rule takes. */
  readonly options: OptionFlags;
  /** A log, list or sitemap, whose URLs keep their answers. */
  readonly log: string | undefined;
  /** Where the rules are written; nowhere where it is absent. */
  readonly out: string | undefined;
  readonly atLeast: number;
  /** Told of the lines of the file that give no rule and are left out, before anything is made of the others. */
  readonly onSkipped: (problems: readonly Problem[]) => void;
}

export interface MinimizeResult {
  readonly before: number;
  readonly after: number;
  /** URLs that were asked of both rulesets, with the same answers. */
  readonly proven: number;
  readonly merged: readonly { readonly from: string; readonly to: string | null; readonly replaces: number }[];
  readonly refused: readonly { readonly from: string; readonly witness: string }[];
}

export interface MinimizedFile {
  readonly result: MinimizeResult;
  /** The rules, a line at a time. */
  readonly text: Iterable<string>;
  readonly format: RuleFormat;
  readonly written: 'csv' | 'ndjson';
  /** Lines of the log that say no URL. */
  readonly unread: ReadVisits['bad'];
}

/**
 * Writes a file with fewer rules that answer alike: as NDJSON where it was that, else as CSV, the two that can say every
 * rule.
 *
 * @throws Failure `unreadable-file`, `invalid-map`, `invalid-url`, `invalid-fallback`, `invalid-rules`, `file-exists`
 */
export async function minimizeFile(surroundings: Surroundings, input: MinimizeFileInput): Promise<MinimizedFile> {
  for (const url of input.urls) requireSiteUrl(url);
  const { rules, formats, skipped } = await readRulesFiles(surroundings, {
    files: [input.file],
    format: input.format,
    map: input.map,
    skipInvalid: input.skipInvalid,
    writes: input.out !== undefined,
  });
  input.onSkipped(skipped);
  const format = formats[0] ?? 'csv';
  const siteUrls = input.urls.length > 0 ? input.urls : urlsIn(hostSamples(rules));
  const log = input.log === undefined ? NO_LOG : await urlsOfLog(surroundings, input.log, siteUrls);
  const resolver = createTimeResolver(TZDB);
  const options = optionsFor(format, input.options);
  const minimized = surroundings.interruption.busy(() =>
    minimizeRules({
      rules,
      options,
      siteUrls,
      resolveTime: (time) => resolver.resolve(time, 'UTC').at,
      urls: log.urls,
      atLeast: input.atLeast,
    }),
  );
  const written = format === 'ndjson' ? 'ndjson' : 'csv';
  const text = (): Iterable<string> => writeRules(minimized.rules, written);
  if (input.out !== undefined && input.out !== '-') {
    const replace = input.out === input.file && format === written;
    await writeFiles(surroundings, [{ file: input.out, text: [...text()].join('') }], { replace });
  }
  return { result: resultOf(rules.length, minimized), text: text(), format, written, unread: log.unread };
}

interface LogUrls {
  readonly urls: readonly string[];
  readonly unread: ReadVisits['bad'];
}

const NO_LOG: LogUrls = { urls: [], unread: { count: 0, first: [] } };

/** Every URL of a log, a list or a sitemap, once; a path is tried on every host of the site. */
async function urlsOfLog(surroundings: Surroundings, log: string, siteUrls: readonly string[]): Promise<LogUrls> {
  const origins = [...new Set(siteUrls.map((url) => new URL(url.replace('*.', 'www.')).origin))];
  const urls = new Set<string>();
  const add = (text: string): string | undefined => {
    const found = text.startsWith('/') && !text.startsWith('//') ? origins.map((origin) => origin + text) : [text];
    for (const url of found) {
      const reason = whyNone(url);
      if (reason !== undefined) return reason;
      urls.add(url);
    }
    return undefined;
  };
  const { bad } = await readVisits(surroundings, { files: [log], add });
  return { urls: [...urls], unread: bad };
}

function whyNone(url: string): string | undefined {
  try {
    parseRequestUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof UrlError) return error.message;
    throw error;
  }
}

function resultOf(before: number, { rules, merged, refused, proven }: Minimized): MinimizeResult {
  return {
    before,
    after: rules.length,
    proven,
    merged: merged.map(({ rule, replaces }) => ({ from: rule.from, to: rule.to ?? null, replaces: replaces.length })),
    refused: refused.map(({ rule, because }) => ({ from: rule.from, witness: because.url })),
  };
}
