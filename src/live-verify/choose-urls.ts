export interface Choice {
  /** Only so many of them; the same seed takes the same ones, whatever their order. */
  readonly sample?: { readonly size: number; readonly seed: number } | undefined;
  /** Only the part of one of several jobs, from 1; together they ask each URL once. */
  readonly shard?: Shard | undefined;
}

export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** URLs to ask, each once, in their order. The sample is taken first, so that all shards together make it up. */
export function chooseUrls(urls: readonly string[], { sample, shard }: Choice): readonly string[] {
  const distinct = [...new Set(urls)];
  const sampled = sample === undefined ? distinct : sampleOf(distinct, sample.size, sample.seed);
  if (shard === undefined) return sampled;
  return sampled.filter((url) => hashOf(url, 0) % shard.of === shard.index - 1);
}

/** Those whose hashes are the least: a URL more or less elsewhere changes one of them at most. */
function sampleOf(urls: readonly string[], size: number, seed: number): readonly string[] {
  if (urls.length <= size) return urls;
  const ranked = urls.map((url, place) => ({ place, hash: hashOf(url, seed + 1), url }));
  ranked.sort((a, b) => a.hash - b.hash || (a.url < b.url ? -1 : 1));
  const places = new Set(ranked.slice(0, size).map(({ place }) => place));
  return urls.filter((_, place) => places.has(place));
}

/** FNV-1a with the last step of MurmurHash3: 32 bits that are the same on every machine and in every release. */
function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
