import { EXIT, Failure } from '../../domain/failure.ts';
import type { AnswerSource, AvailabilityAnswer } from './answer-source.ts';
import type { AskedTime } from './asked-time.ts';
import { utc, zoned } from './moments.ts';

/** Products in markets, instead of URLs. */
export interface ProductQuestion {
  readonly markets: readonly string[];
  readonly skus: readonly string[];
}

export interface QuestionFlags {
  readonly market?: readonly string[] | undefined;
  readonly sku?: readonly string[] | undefined;
}

/**
 * What an explanation is asked of: products in markets, or URLs (null).
 *
 * @throws Failure `invalid-usage` where it is both or half of one, `missing-argument` where it is neither
 */
export function productQuestion(urls: readonly string[], { market, sku }: QuestionFlags): ProductQuestion | null {
  if (market === undefined && sku === undefined) {
    if (urls.length > 0) return null;
    const missing = ['URL'];
    throw usage('missing-argument', 'Missing URL.', 'Name a URL, or a product: --market MARKET --sku SKU', { missing });
  }
  if (urls.length > 0) {
    const remedy = 'Ask about a URL, or about a product with --market and --sku.';
    throw usage('invalid-usage', 'A URL and --market or --sku are two questions.', remedy);
  }
  if (market === undefined) throw usage('missing-flag', 'Missing --market.', 'Say in which market: --market MARKET');
  if (sku === undefined) {
    const remedy = `Name a product, --sku SKU, or see all of it: storectl status --market ${market[0] ?? ''}`;
    throw usage('missing-flag', 'Missing --sku.', remedy);
  }
  return { markets: market, skus: sku };
}

function usage(code: string, message: string, remedy: string, details?: unknown): Failure {
  return new Failure({ code, exit: EXIT.usage, message, remedy, details });
}

/** What a shopper meets, as `explain --json` gives it: instants in RFC 3339 UTC, `local` in RFC 9557. */
export interface ExplainedProduct extends Omit<AvailabilityAnswer, 'at' | 'nextChangeAt' | 'zone'> {
  readonly at: string;
  readonly nextChangeAt: string | null;
  readonly local: { readonly at: string; readonly nextChangeAt: string | null; readonly zone: string };
}

/** By market, then by product, then by time: in the order in which each was named. */
export async function explainProducts(
  source: AnswerSource,
  { markets, skus }: ProductQuestion,
  times: readonly AskedTime[],
): Promise<readonly ExplainedProduct[]> {
  const explained: ExplainedProduct[] = [];
  for (const market of markets) {
    for (const sku of skus) {
      for (const asked of times) explained.push(withTexts(await source.availability(market, sku, asked)));
    }
  }
  return explained;
}

function withTexts(found: AvailabilityAnswer): ExplainedProduct {
  const { market, sku, title, visible, buyable, price, limitPerBuyer, allocation, left, decidedBy, why } = found;
  const { at, nextChangeAt, zone } = found;
  return {
    market,
    sku,
    at: utc(at) ?? '',
    title,
    visible,
    buyable,
    price,
    limitPerBuyer,
    allocation,
    left,
    decidedBy,
    why,
    nextChangeAt: utc(nextChangeAt),
    local: { at: zoned(at, zone) ?? '', nextChangeAt: zoned(nextChangeAt, zone), zone },
  };
}
