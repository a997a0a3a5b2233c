import type { CompiledRuleset } from '../compiled.ts';
import { conditionName, parseParameters } from '../query.ts';
import { FLAG } from '../traits.ts';
import { formatUrl, parseRequestUrl, type RequestUrl, UrlError } from '../url.ts';
import { isOfSite } from './landing.ts';

/** Different URLs that are held at once, at some 1 KB each. Scanners ask a busy site for more of them than fit anywhere. */
const MOST_URLS = 200_000;

export interface TallyOptions {
  readonly most?: number;
  /** Takes a URL that is held no longer, with its hits so far; it may come again. */
  readonly onLetGo?: (url: string, hits: number) => void;
}

/**
 * Adds up the hits of every URL of a site, in memory with a bound: of too many URLs the least visited half is let go of,
 * so that the most visited stay (lossy counting, Manku and Motwani 2002). What no rule looks at (a query that no rule asks for, the scheme where no
 * rule has one) makes no other URL, so that campaign parameters do not fill memory or hide a heavy page.
 */
export class VisitTally {
  /** By canonical URL. */
  readonly hits = new Map<string, number>();
  /** Of other sites. */
  outsideHits = 0;
  /** Whose address was a path alone. */
  pathHits = 0;
  private readonly ruleset: CompiledRuleset;
  private readonly origin: string;
  private readonly names: ReadonlySet<string>;
  private readonly schemesMatter: boolean;
  private readonly most: number;
  private readonly onLetGo: (url: string, hits: number) => void;

  /** @param origin of which a path alone is taken to be, such as `https://po.co` */
  constructor(ruleset: CompiledRuleset, origin: string, options: TallyOptions = {}) {
    this.ruleset = ruleset;
    this.origin = origin;
    this.most = options.most ?? MOST_URLS;
    this.onLetGo = options.onLetGo ?? (() => {});
    this.names = new Set([...ruleset.conditions.values()].flatMap((conditions) => conditions.map(conditionName)));
    this.schemesMatter = ruleset.traits.some((traits) => (traits & (FLAG.http | FLAG.https)) !== 0);
  }

  /** Takes a visit in; the reason where its address is none. */
  add(text: string, hits: number): string | undefined {
    const isPath = text.startsWith('/') && !text.startsWith('//');
    const url = readUrl(isPath ? this.origin + text : text);
    if (typeof url === 'string') return url;
    if (!isOfSite(this.ruleset, url)) {
      this.outsideHits += hits;
      return undefined;
    }
    if (isPath) this.pathHits += hits;
    const key = formatUrl(this.reduced(url));
    this.hits.set(key, (this.hits.get(key) ?? 0) + hits);
    if (this.hits.size > this.most) this.letGo();
    return undefined;
  }

  private letGo(): void {
    const counts = [...this.hits.values()].sort((a, b) => a - b);
    const least = counts[counts.length >> 1] ?? 0;
    for (const [url, hits] of this.hits) {
      if (hits > least) continue;
      this.hits.delete(url);
      this.onLetGo(url, hits);
    }
  }

  private reduced(url: RequestUrl): RequestUrl {
    const scheme = this.schemesMatter ? url.scheme : 'https';
    const asked = url.query === '' || this.names.size === 0 ? [] : parseParameters(url.query);
    const query = asked.filter(({ name }) => this.names.has(name)).map(({ text }) => text);
    return { ...url, scheme, query: query.join('&') };
  }
}

function readUrl(text: string): RequestUrl | string {
  try {
    return parseRequestUrl(text);
  } catch (error) {
    if (error instanceof UrlError) return error.message;
    throw error;
  }
}
