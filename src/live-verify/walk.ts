import type { Reply } from './ask.ts';
import { canonicalLocation, type Hop } from './expect.ts';

/** Where a visitor ends. */
export type WalkEnd =
  | ({ readonly kind: 'page'; readonly url: string; readonly status: number } & Facts)
  | { readonly kind: 'unreachable'; readonly url: string; readonly why: string }
  /** A URL comes again, or there are more hops than anybody follows. */
  | { readonly kind: 'endless'; readonly url: string }
  /** On to where nobody wants to be asked, or to a host that neither the rules nor the list of URLs names. */
  | { readonly kind: 'stranger'; readonly url: string };

interface Facts {
  readonly canonical: string | null;
  readonly noindex: boolean;
}

export interface Walk {
  readonly hops: readonly Hop[];
  readonly end: WalkEnd;
}

/**
 * Follows a URL hop by hop, asking each with `ask`; leaves for no host but those in `hosts`.
 *
 * @param most hops that are followed; one alone is not gone after
 */
export async function walk(
  start: string,
  hosts: ReadonlySet<string>,
  ask: (url: URL) => Promise<Reply>,
  most: number,
): Promise<Walk> {
  const hops: Hop[] = [];
  const seen = new Set<string>();
  for (let url = start; ; ) {
    if (!isKnown(url, hosts)) return { hops, end: { kind: 'stranger', url } };
    const reply = await ask(new URL(url));
    if (reply.kind === 'unreachable') return { hops, end: { ...reply, url } };
    if (reply.kind === 'page') return { hops, end: { ...reply, url } };
    seen.add(withoutFragment(url));
    hops.push({ url, status: reply.status, location: reply.location });
    url = reply.location;
    if (most === 1) return { hops, end: { kind: 'stranger', url } };
    if (hops.length === most || seen.has(withoutFragment(url))) return { hops, end: { kind: 'endless', url } };
  }
}

const withoutFragment = (url: string): string => canonicalLocation(url).split('#', 1)[0] ?? '';

function isKnown(url: string, hosts: ReadonlySet<string>): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && hosts.has(hostname);
}
