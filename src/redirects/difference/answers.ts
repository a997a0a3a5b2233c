import type { CompiledRuleset } from '../compiled.ts';
import { isOfSite } from '../coverage/landing.ts';
import { fallbackLocation } from '../match.ts';
import { formatUrl, parseRequestUrl, UrlError } from '../url.ts';
import { UrlMatcher } from '../url-matcher.ts';

/** What a visitor gets; null where neither a rule nor the fallback answers. */
export interface SaidAnswer {
  readonly by: 'rule' | 'fallback';
  readonly status: number;
  readonly location: string | null;
}

export interface AnswerChange {
  readonly url: string;
  readonly hits: number;
  readonly before: SaidAnswer | null;
  readonly after: SaidAnswer | null;
}

/** Asks two rulesets for the URLs of a log, each URL once, and keeps those whose status or Location changes. */
export class AnswerComparison {
  /** Distinct ones. */
  get urls(): number {
    return this.hits.size;
  }

  private readonly before: UrlMatcher;
  private readonly after: UrlMatcher;
  private readonly at: number;
  private readonly origin: string;
  private readonly hits = new Map<string, number>();

  /**
   * @param at epoch milliseconds
   * @param origin of which a path alone is taken to be, such as `https://po.co`
   */
  constructor(before: CompiledRuleset, after: CompiledRuleset, at: number, origin: string) {
    this.before = new UrlMatcher(before);
    this.after = new UrlMatcher(after);
    this.at = at;
    this.origin = origin;
  }

  /** Takes a visit in; the reason where its address is none. */
  add(text: string, hits: number): string | undefined {
    try {
      const isPath = text.startsWith('/') && !text.startsWith('//');
      const key = formatUrl(parseRequestUrl(isPath ? this.origin + text : text));
      this.hits.set(key, (this.hits.get(key) ?? 0) + hits);
      return undefined;
    } catch (error) {
      if (error instanceof UrlError) return error.message;
      throw error;
    }
  }

  /** The most visited first. */
  changes(): readonly AnswerChange[] {
    const changes: AnswerChange[] = [];
    for (const [url, hits] of this.hits) {
      const [before, after] = [this.answer(this.before, url), this.answer(this.after, url)];
      const same = before?.status === after?.status && before?.location === after?.location;
      if (!same) changes.push({ url, hits, before, after });
    }
    return changes.sort((a, b) => b.hits - a.hits || (a.url < b.url ? -1 : 1));
  }

  private answer(matcher: UrlMatcher, text: string): SaidAnswer | null {
    const result = matcher.match(text, this.at);
    if (result.kind === 'rule') return { by: 'rule', status: result.status, location: result.location };
    const { ruleset } = matcher;
    const { fallback } = ruleset.options;
    const url = parseRequestUrl(text);
    if (fallback === undefined || !isOfSite(ruleset, url)) return null;
    const location = fallbackLocation(ruleset.options, url);
    if (location === null && 'to' in fallback) return null;
    return { by: 'fallback', status: fallback.status, location };
  }
}
