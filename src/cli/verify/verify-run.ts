import { chooseUrls } from '../../live-verify/choose-urls.ts';
import { verify } from '../../live-verify/verify.ts';
import { writeFiles } from '../document/write-file.ts';
import { NO_PALETTE } from '../output/colours.ts';
import { counted, grouped } from '../output/counted.ts';
import { viewOf } from '../output/view.ts';
import { write } from '../output/write.ts';
import type { Progress } from '../progress.ts';
import type { Surroundings } from '../surroundings.ts';
import { renderVerify, reportText } from './render-verify.ts';
import type { Report } from './verify-flags.ts';
import { parseRate, parseResolution, parseShard, readAuthority, readUrlList } from './verify-order.ts';
import { type VerifyResult, verifyResult } from './verify-result.ts';
import type { VerifySource } from './verify-source.ts';

export interface VerifyRunFlags {
  readonly urls?: string | undefined;
  readonly resolve?: readonly string[] | undefined;
  readonly 'first-hop'?: boolean | undefined;
  readonly ca?: string | undefined;
  readonly shard?: string | undefined;
  readonly sample?: number | undefined;
  readonly seed: number;
  readonly concurrency: number;
  readonly rate?: string | undefined;
  readonly retries: number;
  /** Seconds. */
  readonly timeout: number;
  readonly report: Report;
  readonly out?: string | undefined;
}

export interface VerifyWorld {
  readonly surroundings: Surroundings;
  readonly progress: Progress;
  readonly userAgent: string;
  /** Told what --debug shows. */
  readonly onDebug: (line: string) => void;
}

/** Verifies, and writes the report where `--out` says; stopped early, with what was checked so far. */
export async function verifyRun(
  source: VerifySource,
  flags: VerifyRunFlags,
  { surroundings, progress, userAgent, onDebug }: VerifyWorld,
): Promise<VerifyResult> {
  const shard = parseShard(flags.shard);
  const rate = parseRate(flags.rate);
  const resolve = (flags.resolve ?? []).map(parseResolution);
  const ca = await readAuthority(surroundings, flags.ca);
  const named = flags.urls === undefined ? source.urls : await readUrlList(surroundings, flags.urls);
  const sample = flags.sample === undefined ? undefined : { size: flags.sample, seed: flags.seed };
  const urls = chooseUrls(named, { sample, shard });
  const { concurrency, retries } = flags;
  const { interruption, now } = surroundings;
  const expectations = await source.expect(urls, (done) =>
    progress.update(`Working out ${grouped(done)} of ${counted(urls.length, 'answer')}`),
  );
  progress.update(`Asking ${counted(urls.length, 'URL')}`);
  const onProgress = (checked: number, total: number): void =>
    progress.update(`Asked ${grouped(checked)} of ${counted(total, 'URL')}`);
  // A signal ends the asking; the report of what was asked is still written.
  const result = await interruption.protect(async () => {
    const verification = await verify({
      ...{ expectations, resolve, ca, concurrency, rate, retries, userAgent, now, onProgress, onDebug },
      firstHop: flags['first-hop'] === true,
      timeout: flags.timeout * 1000,
      signal: interruption.signal,
    });
    progress.stop();
    const found = verifyResult(verification, { source, urls: urls.length, shard, sample });
    await writeReport(found, flags, surroundings);
    if (!found.complete) await tellPart(found, surroundings);
    return found;
  });
  interruption.signal.throwIfAborted();
  return result;
}

async function writeReport(result: VerifyResult, { out, report }: VerifyRunFlags, surroundings: Surroundings) {
  if (out === undefined || out === '-') return;
  const view = { palette: NO_PALETTE, width: null };
  await writeFiles(surroundings, [{ file: out, text: reportText(result, report, view) }], { replace: true });
}

/** The run ends as interrupted, without an answer; what is known goes beside it. */
async function tellPart(result: VerifyResult, surroundings: Surroundings): Promise<void> {
  const text = renderVerify(result, await viewOf('stderr', surroundings));
  await write(surroundings.stderr, `${text}\n`);
}
