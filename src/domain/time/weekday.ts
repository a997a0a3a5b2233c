import { Temporal } from 'temporal-polyfill';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The weekday on a zone's calendar at an instant (epoch milliseconds), as calendars shorten it. */
export function weekdayOf(at: number, zone: string): string {
  const { dayOfWeek } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return WEEKDAYS[dayOfWeek - 1] ?? '';
}
