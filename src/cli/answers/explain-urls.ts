import { EXIT, Failure } from '../../domain/failure.ts';
import type { Explanation } from '../../domain/state/explain.ts';
import { type AnswerSource, type Explained, MOST_URLS } from './answer-source.ts';
import { type AskedTime, instantOf } from './asked-time.ts';

export interface ExplainRequest {
  readonly urls: readonly string[];
  readonly asked: AskedTime;
  readonly reasoning: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Explains URLs at an asked time, in their order. A time without a zone is read for each URL in the zone of its own site's
 * market.
 *
 * @throws Failure `zone-needed` where such a time meets a URL of no site
 */
export async function explainAll(source: AnswerSource, request: ExplainRequest): Promise<readonly Explained[]> {
  const results: Explained[] = [];
  for (let start = 0; start < request.urls.length; start += MOST_URLS) {
    const urls = request.urls.slice(start, start + MOST_URLS);
    results.push(...(await explainBatch(source, { ...request, urls })));
  }
  return results;
}

/** The same for as many URLs as a platform takes at once. */
export async function explainBatch(source: AnswerSource, request: ExplainRequest): Promise<readonly Explained[]> {
  const { urls, asked, reasoning, now } = request;
  if (asked.kind === 'common') {
    return source.explain(urls, asked.text === 'now' ? 'now' : instantOf(asked, now, null), reasoning);
  }
  // Which market a URL belongs to does not depend on the time: a first answer tells the zones.
  const first = await source.explain(urls, 'now', false);
  const zones = first.map((result) =>
    result.kind === 'explanation' ? (result.explanation.local?.zone ?? null) : null,
  );
  const results = [...first];
  for (const zone of new Set(zones)) {
    const places = zones.flatMap((own, place) => (own === zone && first[place]?.kind === 'explanation' ? [place] : []));
    if (places.length === 0) continue;
    const asking = places.map((place) => urls[place] ?? '');
    const answered = await source.explain(asking, instantOf(asked, now, zone), reasoning);
    for (const [i, result] of answered.entries()) results[places[i] ?? 0] = result;
  }
  return results;
}

/**
 * The explanations, where all URLs could be read.
 *
 * @throws Failure `invalid-url` that names every one that could not
 */
export function requireExplained(results: readonly Explained[]): readonly Explanation[] {
  const problems = results.filter((result) => result.kind === 'problem');
  const [first] = problems;
  if (first === undefined) return results.flatMap((r) => (r.kind === 'explanation' ? [r.explanation] : []));
  throw new Failure({
    code: first.code,
    exit: EXIT.usage,
    message: [...new Set(problems.map(({ message }) => message))].join('\n'),
    remedy: 'Write it whole, as in https://po.co/uk/phones.',
    details: { urls: problems.map(({ url }) => url) },
  });
}
