import { parseRequestUrl, type RequestUrl, UrlError } from '../../redirects/url.ts';
import { type Answering, answerUrl, type UrlAnswer } from '../state/answer.ts';
import { type Hop, hopsFrom } from '../state/hops.ts';
import { nextCandidate } from '../state/next-change.ts';
import type { Interval } from '../time/interval.ts';

/** A stretch of time in which a visitor of a URL goes one and the same way. */
export interface Stretch extends Interval {
  readonly answer: UrlAnswer;
  /** Every further request after the first answer. */
  readonly hops: readonly Hop[];
}

/**
 * How many answers one check of all assertions may ask for. 100,000 URLs over a usual schedule (five stretches, two
 * requests each) are a million.
 */
export const MOST_ANSWERS = 5_000_000;

/** Asks for answers, and counts them, so that no assertion can keep a plan busy without an end. */
export class Asker {
  readonly world: Answering;
  #left: number;

  constructor(world: Answering, most: number = MOST_ANSWERS) {
    this.world = world;
    this.#left = most;
  }

  get isExhausted(): boolean {
    return this.#left <= 0;
  }

  /**
   * A visitor's way at every instant of a window: only instants at which an answer on it may change begin another
   * stretch. Ends early where the bound is reached.
   */
  *stretchesOf(url: RequestUrl, window: Interval): Generator<Stretch> {
    for (let from = window.from; from < window.until && !this.isExhausted; ) {
      const answer = answerUrl(this.world, url, from);
      const hops = hopsFrom(this.world, url, answer, from);
      this.#left -= 1 + hops.length;
      const until = Math.min(window.until, this.#nextOnWay(url, answer, hops, from));
      yield { from, until, answer, hops };
      from = until;
    }
  }

  #nextOnWay(url: RequestUrl, answer: UrlAnswer, hops: readonly Hop[], at: number): number {
    let next = nextCandidate(this.world, url, at, answer);
    for (const hop of hops) {
      const asked = readUrl(hop.url);
      if (asked === null) continue;
      const then = { ...answer, site: this.world.index.siteOf(asked) };
      next = Math.min(next, nextCandidate(this.world, asked, at, then));
    }
    return next;
  }
}

/** null where a text is no URL that could be asked for. */
export function readUrl(text: string): RequestUrl | null {
  try {
    return parseRequestUrl(text);
  } catch (error) {
    if (error instanceof UrlError) return null;
    throw error;
  }
}
