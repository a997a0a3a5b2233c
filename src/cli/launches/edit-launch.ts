import type { LaunchItemSpec } from '../../domain/document/launch-schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { marketsOf, valueIn } from '../../domain/launches/launch-items.ts';
import { parsePrice } from '../../domain/money/money.ts';
import { nearest } from '../../domain/nearest.ts';
import { editSpec, type Said, type Spec } from '../entries/fields.ts';
import { OWN_FIELDS } from './launch-fields.ts';

type Value = string | number;
type PerMarket = Value | Readonly<Record<string, Value>> | undefined;

/** Below what the platform takes, and far above what anybody sells. */
const MOST_UNITS = 1_000_000_000;

interface ItemFlag {
  readonly flag: string;
  readonly key: keyof LaunchItemSpec;
  /** What the value of a flag means; throws where it means nothing. */
  read(text: string, written: string): Value;
}

const ITEM_FLAGS: readonly ItemFlag[] = [
  { flag: 'price', key: 'price', read: readPrice },
  { flag: 'allocation', key: 'allocation', read: (text, written) => readUnits(text, written, 'allocation', 0) },
  {
    flag: 'limit-per-buyer',
    key: 'limitPerBuyer',
    read: (text, written) => readUnits(text, written, 'limit-per-buyer', 1),
  },
];

/** One value, for one item or all of them, in one market or all of them; null takes it away. */
interface Word {
  readonly flag: string;
  readonly written: string;
  readonly sku: string | null;
  readonly market: string | null;
  readonly value: Value | null;
}

/**
 * A launch with what flags say on top of what it is: `--price 14.99 USD` is of every item, `--price mi-band=…` of one, and
 * `--price mi-band@gb=…` of one in one market. What is said more closely outranks the rest, in whatever order it comes.
 *
 * @throws Failure `invalid-flag` or `not-in-list` that names the flag
 */
export function editLaunch(said: Said, present: Spec): Spec {
  const spec = withSaid(said, present);
  const unpriced = Object.entries(recordOf(spec['items'])).find(([, item]) => recordOf(item)['price'] === undefined);
  if (unpriced === undefined) return spec;
  const [sku] = unpriced;
  throw new Failure({
    code: 'invalid-flag',
    exit: EXIT.usage,
    message: `--price: ${sku} has none.`,
    remedy: `Say it: --price "${sku}=14.99 USD", or one for every item: --price "14.99 USD"`,
    details: { flag: '--price', sku },
  });
}

/** The same of a launch that is not whole yet. */
export function withSaid(said: Said, present: Spec): Spec {
  const { items: _, ...own } = present;
  const spec = editSpec(OWN_FIELDS, said, own);
  const markets = Array.isArray(spec['markets']) ? spec['markets'].map(String) : [];
  const words = ITEM_FLAGS.flatMap((flag) => wordsOf(said, flag));
  const skus = skusOf(said, recordOf(present['items']), words);
  for (const word of words) requireMarket(word, markets);
  const items = skus.map((sku) => {
    const item = recordOf(recordOf(present['items'])[sku]);
    return [
      sku,
      editItem(
        item,
        words.filter((word) => word.sku === null || word.sku === sku),
        markets,
      ),
    ] as const;
  });
  return { ...spec, items: Object.fromEntries(items) };
}

function editItem(present: Spec, words: readonly Word[], markets: readonly string[]): Spec {
  let item: Spec = present;
  for (const { flag, key } of ITEM_FLAGS) {
    const own = words.filter((word) => word.flag === flag);
    const value = own
      .toSorted((a, b) => closeness(a) - closeness(b))
      .reduce<PerMarket>((before, word) => withWord(before, word, markets), within(present[key] as PerMarket, markets));
    const { [key]: _, ...others } = item;
    item = value === undefined ? others : { ...others, [key]: value };
  }
  return item;
}

/** How closely a word says what it is about; the closest is applied last. */
function closeness({ sku, market }: Word): number {
  return (sku === null ? 0 : 1) + (market === null ? 0 : 2);
}

function withWord(before: PerMarket, { market, value }: Word, markets: readonly string[]): PerMarket {
  if (market === null) return value ?? undefined;
  const each = markets.flatMap((own): [string, Value][] => {
    const kept = own === market ? (value ?? undefined) : valueIn<Value>(before, own);
    return kept === undefined ? [] : [[own, kept]];
  });
  return each.length === 0 ? undefined : Object.fromEntries(each);
}

/** Values of markets that the launch has left go with them. */
function within(value: PerMarket, markets: readonly string[]): PerMarket {
  if (marketsOf(value) === null) return value;
  const kept = Object.entries(value as Readonly<Record<string, Value>>).filter(([market]) => markets.includes(market));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Each value of a flag, or each part between commas: `mi-band=14.99 USD, mi-headphones=79.99 USD`. */
function wordsOf(said: Said, { flag, read }: ItemFlag): readonly Word[] {
  const given = said[flag];
  const texts = Array.isArray(given) ? given.map(String) : typeof given === 'string' ? [given] : [];
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((written): Word => {
      const cut = written.indexOf('=');
      const [place, text] = cut < 0 ? ['', written] : [written.slice(0, cut).trim(), written.slice(cut + 1).trim()];
      const [sku = '', market] = place.split('@');
      if (cut >= 0 && sku === '') throw invalid(flag, written, 'names no product', `Write --${flag} SKU=VALUE.`);
      const value = text === 'none' ? null : read(text, written);
      return { flag, written, sku: sku === '' ? null : sku, market: market ?? null, value };
    });
}

function skusOf(said: Said, present: Spec, words: readonly Word[]): readonly string[] {
  const list = editSpec([{ key: 'list', flag: 'item', kind: 'list' }], said, { list: Object.keys(present) });
  const items = Array.isArray(list['list']) ? list['list'].map(String) : [];
  for (const { flag, written, sku } of words) {
    if (sku === null || items.includes(sku)) continue;
    const guess = nearest(sku, items);
    throw invalid(
      flag,
      written,
      `${sku} is not in the launch`,
      guess === null
        ? `Say that it is sold: --item ${sku}`
        : `Did you mean ${guess}? Else say that it is sold: --item ${sku}`,
    );
  }
  return items;
}

function requireMarket({ flag, written, market }: Word, markets: readonly string[]): void {
  if (market === null || markets.includes(market)) return;
  throw invalid(flag, written, `the launch is not in market ${market}`, `It is in ${markets.join(', ')}.`);
}

function readPrice(text: string, written: string): Value {
  try {
    parsePrice(text);
    return text;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw invalid('price', written, error.message, error.remedy ?? 'Write it as 14.99 USD.');
  }
}

function readUnits(text: string, written: string, flag: string, least: number): Value {
  const units = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (units >= least && units <= MOST_UNITS) return units;
  const range = `a whole number from ${least} to ${MOST_UNITS.toLocaleString('en')}`;
  throw invalid(
    flag,
    written,
    `${text === '' ? 'nothing' : text} is not ${range}`,
    `Write --${flag} 500, or --${flag} SKU=500.`,
  );
}

function invalid(flag: string, written: string, what: string, remedy: string): Failure {
  return new Failure({
    code: 'invalid-flag',
    exit: EXIT.usage,
    message: `--${flag} "${written}": ${what.replace(/\.$/, '')}.`,
    remedy: `${remedy[0]?.toUpperCase() ?? ''}${remedy.slice(1)}`,
    details: { flag: `--${flag}`, written },
  });
}

function recordOf(value: unknown): Spec {
  return typeof value === 'object' && value !== null ? (value as Spec) : {};
}
