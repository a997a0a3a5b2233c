import type { OperationOutput } from '../../contract/operation.ts';
import { api } from '../../contract/operations/index.ts';
import type { Explanation } from '../../domain/state/explain.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import type { Client } from '../connection.ts';

export type StatusAnswer = OperationOutput<typeof api.answers.status>;
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
  };
}

function timeText(at: AskedInstant): string {
  return at === 'now' ? at : formatInstant(at);
}
