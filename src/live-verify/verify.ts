import { ask, type Reply } from './ask.ts';
import { compareWalk, type Difference } from './compare.ts';
import { isForwarded, openAgent, type Resolution } from './connections.ts';
import { type DecidedBy, type Expectation, MOST_HOPS } from './expect.ts';
import { Pace } from './pace.ts';
import { Silence } from './silence.ts';
import { type Walk, walk } from './walk.ts';

export interface VerifyInput {
  /** Of URLs that are absolute. */
  readonly expectations: readonly Expectation[];
  readonly resolve: readonly Resolution[];
  /** Whether the first answer alone is compared, and nothing else asked. */
  readonly firstHop?: boolean;
  /** PEM text. */
  readonly ca?: string | undefined;
  readonly concurrency: number;
  /** Requests a second; undefined: as many as come. */
  readonly rate?: number | undefined;
  readonly retries: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  /** A clock in milliseconds, for the pace. */
  readonly now: () => number;
  readonly onProgress?: (checked: number, total: number) => void;
  /** Told what keeps hosts from answering as the libraries say it. */
  readonly onDebug?: (line: string) => void;
}

export interface CheckedUrl {
  readonly url: string;
  /** What decides the answer that is expected. */
  readonly decidedBy: DecidedBy;
  readonly hops: number;
  readonly differences: readonly Difference[];
  /** A host on the way that gave no answer. */
  readonly unreachable: { readonly at: string; readonly why: string } | null;
}

export interface Verification {
  /** In the order of the URLs. */
  readonly checked: readonly CheckedUrl[];
  /** False where it was stopped early. */
  readonly complete: boolean;
}

/**
 * Asks the real hosts and compares what they do with what is expected of them. Only hosts that the URLs or the answers
 * expected to them name are asked. Stopped by the signal, it gives what was checked so far.
 */
export async function verify(input: VerifyInput): Promise<Verification> {
  const { signal, timeout, retries, userAgent, onDebug, firstHop = false } = input;
  const expectations = firstHop ? input.expectations.map(firstOf) : input.expectations;
  const hosts = hostsOf(expectations);
  const agent = openAgent({ resolve: input.resolve, ca: input.ca, timeout, signal });
  const pace = new Pace(input.rate, input.now);
  const forwarded = isForwarded(input.resolve);
  const asking = { agent, pace, retries, timeout, userAgent, signal, forwarded, onDebug };
  const silence = new Silence();
  const asked = async (url: URL): Promise<Reply> => {
    const given = silence.of(url);
    if (given !== undefined) return given;
    const reply = await ask(url, asking);
    silence.note(url, reply);
    return reply;
  };
  const checked: CheckedUrl[] = [];
  let done = 0;
  const most = firstHop ? 1 : MOST_HOPS + 1;
  const queue = expectations.entries();
  const worker = async (): Promise<void> => {
    for (const [place, expected] of queue) {
      if (signal.aborted) return;
      checked[place] = judge(expected, await walk(expected.url, hosts, asked, most));
      done++;
      input.onProgress?.(done, expectations.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: input.concurrency }, () => worker().catch(unlessStopped(signal))));
  } finally {
    await agent.destroy();
  }
  return { checked: checked.filter((one) => one !== undefined), complete: done === expectations.length };
}

/** A redirect is right whatever its target does; what is endless only in the end is not. */
function firstOf(expected: Expectation): Expectation {
  return expected.hops.length === 0 ? expected : { ...expected, hops: expected.hops.slice(0, 1), end: 'page' };
}

const unlessStopped =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };

function judge(expected: Expectation, walked: Walk): CheckedUrl {
  const { end } = walked;
  return {
    url: expected.url,
    decidedBy: expected.decidedBy,
    hops: walked.hops.length,
    differences: compareWalk(expected, walked),
    unreachable: end.kind === 'unreachable' ? { at: end.url, why: end.why } : null,
  };
}

function hostsOf(expectations: readonly Expectation[]): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { url, hops } of expectations)
    for (const one of [url, ...hops.map(({ location }) => location)]) hosts.add(new URL(one).hostname);
  return hosts;
}
