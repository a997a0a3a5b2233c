/**
 * A closing company's redirects as they really look, made from a seed: the same text on every machine. One rule in a
 * hundred has a fault that a lint has to find.
 */

/** Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const SEEDED_HOSTS = ['po.co', 'www.po.co', 'm.po.co', 'shop.po.co', 'blog.po.co', 'support.po.co'] as const;

const SECTIONS = ['phones', 'accessories', 'audio', 'wearables', 'support', 'news', 'campaign', 'store', 'community'];
const WORDS = [
  'poco', 'f6', 'x6', 'pro', 'm6', 'c65', 'buds', 'watch', 'charger', 'case', 'review', 'manual', 'update', 'launch',
  'black', 'blue', '5g', '256gb', 'guide', 'warranty', 'trade-in', 'bundle', 'student', 'summer', 'faq',
]; // biome-ignore format: one list

export interface SeededRule {
  /** Host and path, and often a query. */
  readonly from: string;
  /** Empty for a 410. */
  readonly to: string;
  readonly status: number;
  /** Made to be found: not every edge could load it. */
  readonly faulty: boolean;
}

/** @param count how many rules */
export function* seededRules(count: number, seed = 2024): Generator<SeededRule> {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let last: SeededRule = { from: 'po.co/', to: 'https://www.mi.com/global/', status: 301, faulty: false };
  for (let index = 0; index < count; index++) {
    if (random() < 0.01) {
      yield faultyRule(index, last, pick, random);
      continue;
    }
    last = soundRule(index, pick, random);
    yield last;
  }
}

type Pick = <T>(list: readonly T[]) => T;

function soundRule(index: number, pick: Pick, random: () => number): SeededRule {
  const host = pick(SEEDED_HOSTS);
  const slug = `${pick(WORDS)}-${pick(WORDS)}-${pick(WORDS)}-${index.toString(36)}`;
  const shape = random();
  const section = pick(SECTIONS);
  const to = `https://www.mi.com/global/${section}/${slug}/`;
  if (shape < 0.55) return sound(`${host}/uk/${section}/${slug}`, to, random);
  if (shape < 0.75) return sound(`${host}/uk/${section}/${pick(WORDS)}/${pick(WORDS)}/${slug}.html`, to, random);
  if (shape < 0.85) return sound(`${host}/p/${index}`, to, random);
  if (shape < 0.95) return sound(`${host}/product.php?id=${index}`, to, random);
  return sound(
    `${host}/uk/archive/${2014 + (index % 10)}/${String(1 + (index % 12)).padStart(2, '0')}/${slug}/`,
    to,
    random,
  );
}

function sound(from: string, to: string, random: () => number): SeededRule {
  return random() < 0.08 ? { from, to: '', status: 410, faulty: false } : { from, to, status: 301, faulty: false };
}

/** Duplicates, conflicts, chains, loops, wrong statuses and targets, case twins: the faults of real spreadsheets. */
function faultyRule(index: number, last: SeededRule, pick: Pick, random: () => number): SeededRule {
  const host = pick(SEEDED_HOSTS);
  const from = `${host}/uk/old/${index}`;
  const fault = Math.floor(random() * 9);
  const rule = (more: Partial<SeededRule>): SeededRule => ({
    from,
    to: `https://www.mi.com/global/old/${index}`,
    status: 301,
    faulty: true,
    ...more,
  });
  switch (fault) {
    case 0:
      return rule({ from: last.from, to: last.to, status: last.status });
    case 1:
      return rule({ from: last.from });
    case 2:
      return rule({ to: `https://${last.from}` });
    case 3:
      return rule({ to: `https://${from}` });
    case 4:
      return rule({ status: 418 });
    case 5:
      return rule({ to: `www.mi.com/global/old/${index}` });
    case 6:
      return rule({ from: last.from.replace('/uk/', '/UK/') });
    case 7:
      return rule({ to: `http://www.mi.com/global/old/${index}` });
    default:
      return rule({ status: 302 });
  }
}
