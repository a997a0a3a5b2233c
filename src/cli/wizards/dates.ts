import { Temporal } from 'temporal-polyfill';
import { Failure } from '../../domain/failure.ts';
import { parseWrittenTime } from '../../domain/time/written-time.ts';

/** Suggestions for dates: something a person can take as it is or change two digits of. */

/** The date so far from an instant (epoch milliseconds), in UTC: `YYYY-MM-DD`. */
export function dateFrom(now: number, distance: Temporal.DurationLike): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate().add(distance).toString();
}

/** The date so far from the date in a written time; null where it is none. */
export function dateAfter(text: string, distance: Temporal.DurationLike): string | null {
  try {
    const written = parseWrittenTime(text);
    const date = 'date' in written ? written.date : written.civil.slice(0, 10);
    return Temporal.PlainDate.from(date).add(distance).toString();
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
