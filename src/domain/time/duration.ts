const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From this many days on, hours are noise. */
const DAYS_ALONE = 14;

/**
 * An elapsed time for people, from its size in milliseconds: `40 days`, `3 days 4 h`, `2 h 5 min`, `12 s`, `350 ms`.
 * At most two units, cut and not rounded, so that nothing is said to be over that is not. A day is 24 hours.
 */
export function humanDuration(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size >= DAYS_ALONE * DAY) return days(size);
  if (size >= DAY) return withRest(days(size), Math.floor((size % DAY) / HOUR), 'h');
  if (size >= HOUR) return withRest(`${Math.floor(size / HOUR)} h`, Math.floor((size % HOUR) / MINUTE), 'min');
  if (size >= MINUTE) return withRest(`${Math.floor(size / MINUTE)} min`, Math.floor((size % MINUTE) / SECOND), 's');
  return size >= SECOND ? `${Math.floor(size / SECOND)} s` : `${Math.floor(size)} ms`;
}

/** How far an instant is from now: `in 40 days`, `2 h 5 min ago`, `now`. Both in epoch milliseconds. */
export function humanDistance(at: number, now: number): string {
  if (at === now) return 'now';
  return at > now ? `in ${humanDuration(at - now)}` : `${humanDuration(now - at)} ago`;
}

function days(size: number): string {
  const count = Math.floor(size / DAY);
  return count === 1 ? '1 day' : `${count} days`;
}

function withRest(text: string, rest: number, unit: string): string {
  return rest === 0 ? text : `${text} ${rest} ${unit}`;
}
