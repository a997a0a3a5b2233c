import { formatInstant, formatZoned } from '../time/format-time.ts';

/** More distinct instants than this are a clock that runs, and no schedule: what is remembered of it is dropped. */
const MOST_REMEMBERED = 1000;

/**
 * Writes instants, and remembers what it wrote: thousands of answers share a few instants, and writing one costs more
 * than finding an answer.
 */
export class InstantTexts {
  readonly #utc = new Map<number, string>();
  readonly #zoned = new Map<string, Map<number, string>>();

  /** RFC 3339 UTC; epoch milliseconds in. */
  utc(at: number): string {
    return remembered(this.#utc, at, formatInstant);
  }

  /** RFC 9557; epoch milliseconds in. */
  zoned(at: number, zone: string): string {
    const texts = this.#zoned.get(zone) ?? new Map<number, string>();
    this.#zoned.set(zone, texts);
    return remembered(texts, at, (instant) => formatZoned(instant, zone));
  }
}

function remembered(texts: Map<number, string>, at: number, write: (at: number) => string): string {
  const known = texts.get(at);
  if (known !== undefined) return known;
  if (texts.size >= MOST_REMEMBERED) texts.clear();
  const text = write(at);
  texts.set(at, text);
  return text;
}
