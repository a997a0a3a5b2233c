import type { OperationOutput } from '../../contract/operation.ts';
import { api } from '../../contract/operations/index.ts';
import type { Explanation } from '../../domain/state/explain.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import type { Client } from '../connection.ts';
import type { AskedTime } from './asked-time.ts';

export type StatusAnswer = OperationOutput<typeof api.answers.status>;
export type AvailabilityAnswer = OperationOutput<typeof api.availability.get>;
export type MarketStatusAnswer = OperationOutput<typeof api.availability.market>;
export type TimelineAnswer = OperationOutput<typeof api.answers.timeline>;

/** What became of one URL that was asked for. */
export type Explained =
  | { readonly kind: 'explanation'; readonly explanation: Explanation }
  | { readonly kind: 'problem'; readonly url: string; readonly code: string; readonly message: string };

/** An instant in epoch milliseconds, or `now` by the clock of whoever answers. */
export type AskedInstant = number | 'now';

/** Who answers: a platform, or a document by itself. Both say the same of the same state. */
export interface AnswerSource {
  /** In the order of `urls`, at most {@link MOST_URLS} of them. */
  explain(urls: readonly string[], at: AskedInstant, reasoning: boolean): Promise<readonly Explained[]>;
  status(at: AskedInstant): Promise<StatusAnswer>;
  timeline(from: number | null, to: number | null): Promise<TimelineAnswer>;
  /** A time without a zone is read in the market's own. */
  availability(market: string, sku: string, asked: AskedTime): Promise<AvailabilityAnswer>;
  marketStatus(market: string, asked: AskedTime): Promise<MarketStatusAnswer>;
}

/** How many URLs are asked about at once. */
export const MOST_URLS = 500;

/** Answers from a platform, near or far. */
export function platformAnswers(client: Client): AnswerSource {
  return {
    async explain(urls, at, reasoning) {
      const body = { urls: [...urls], at: timeText(at), reasoning };
      const { value } = await client.call(api.answers.explain, { body });
      return value.results.map((result): Explained => {
        if ('problem' in result) return { kind: 'problem', ...result.problem };
        // The contract types deciders of hops as text, for platforms that know more of them.
        return { kind: 'explanation', explanation: result.explanation as Explanation };
      });
    },
    async status(at) {
      return (await client.call(api.answers.status, { query: { at: timeText(at) } })).value;
    },
    async timeline(from, to) {
      const query = {
        ...(from === null ? {} : { from: formatInstant(from) }),
        ...(to === null ? {} : { to: formatInstant(to) }),
      };
      return (await client.call(api.answers.timeline, { query })).value;
    },
    async availability(market, sku, { text }) {
      return (await client.call(api.availability.get, { query: { market, sku, at: text } })).value;
    },
    async marketStatus(market, { text }) {
      return (await client.call(api.availability.market, { params: { id: market }, query: { at: text } })).value;
    },
  };
}

function timeText(at: AskedInstant): string {
  return at === 'now' ? at : formatInstant(at);
}
