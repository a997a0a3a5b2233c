import { canonicalLocation, type Expectation, type Hop, MOST_HOPS } from './expect.ts';
import type { Walk, WalkEnd } from './walk.ts';

/** What may differ, the first cause first. */
export const DIFFERENCE_KINDS = ['status', 'location', 'hops', 'page-status', 'canonical', 'noindex'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  /** The URL whose answer differs: the one that was asked for, or one of its hops. */
  readonly at: string;
  readonly expected: string;
  readonly got: string;
}

/** What a walk did otherwise than expected; after a hop that differs, nothing more is compared. */
export function compareWalk(expected: Expectation, { hops, end }: Walk): readonly Difference[] {
  // Whatever the host does, the rules themselves lead a visitor nowhere.
  if (expected.end === 'endless') {
    const wanted = `an end within ${MOST_HOPS} hops`;
    return [{ kind: 'hops', at: expected.url, expected: wanted, got: 'rules that go on and on' }];
  }
  if (expected.end === 'own' && expected.hops.length === 0) return compareOwn(expected, hops, end);
  for (const [place, hop] of expected.hops.entries()) {
    const actual = hops[place];
    if (actual === undefined) return end.kind === 'page' ? [statusDiffers(hop, end)] : [];
    if (actual.status !== hop.status)
      return [{ kind: 'status', at: actual.url, expected: said(hop), got: said(actual) }];
    if (canonicalLocation(actual.location) !== canonicalLocation(hop.location))
      return [{ kind: 'location', at: actual.url, expected: hop.location, got: actual.location }];
  }
  return compareEnd({ ...expected, end: expected.end }, hops, end);
}

const said = ({ status, location }: Hop): string => `${status} to ${location}`;

function statusDiffers(hop: Hop, end: WalkEnd & { readonly kind: 'page' }): Difference {
  return { kind: 'status', at: end.url, expected: said(hop), got: String(end.status) };
}

/**
 * Of a site that still answers by itself only what a closing would bring is a fault: visitors sent away, 410, or nobody
 * there. It may well have redirects and missing pages of its own.
 */
function compareOwn({ url, decidedBy }: Expectation, hops: readonly Hop[], end: WalkEnd): readonly Difference[] {
  const wanted = `the site’s own answer (${decidedBy.kind}${decidedBy.id === null ? '' : ` ${decidedBy.id}`})`;
  const away = hops.find(({ location }) => siteName(location) !== siteName(url));
  if (away !== undefined) return [{ kind: 'status', at: away.url, expected: wanted, got: said(away) }];
  if (end.kind === 'endless') return [{ kind: 'hops', at: url, expected: wanted, got: goesOn(hops, end) }];
  if (end.kind !== 'page' || (end.status !== 410 && end.status < 500)) return [];
  return [{ kind: 'status', at: end.url, expected: wanted, got: String(end.status) }];
}

/** Sites lead visitors from one spelling of their name to the other. */
const siteName = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '');

interface Ending extends Expectation {
  readonly end: Exclude<Expectation['end'], 'endless'>;
}

function compareEnd(expected: Ending, hops: readonly Hop[], end: WalkEnd): readonly Difference[] {
  const at = expected.url;
  const more = hops[expected.hops.length];
  if (more !== undefined) {
    if (expected.end === 'gone') return [{ kind: 'status', at: more.url, expected: '410', got: said(more) }];
    return [{ kind: 'hops', at, expected: hopCount(expected.hops.length), got: goesOn(hops, end) }];
  }
  return end.kind === 'page' ? comparePage(expected.end, end) : [];
}

const hopCount = (count: number): string => (count === 1 ? '1 hop' : `${count} hops`);

function goesOn(hops: readonly Hop[], end: WalkEnd): string {
  const last = hops.at(-1)?.location ?? '';
  switch (end.kind) {
    case 'endless':
      return hops.length > MOST_HOPS ? `more than ${MOST_HOPS} hops` : `a loop through ${end.url}`;
    case 'stranger':
      return `${hopCount(hops.length)}, and on to ${last}, a host that was not asked`;
    case 'page':
    case 'unreachable':
      return `${hopCount(hops.length)}, the last to ${last}`;
  }
}

function comparePage(expected: Ending['end'], end: WalkEnd & { readonly kind: 'page' }): Difference[] {
  const { url: at, status, canonical, noindex } = end;
  if (expected === 'unsaid' || expected === 'own') return [];
  const wanted = expected === 'gone' ? 410 : 200;
  if (status !== wanted) {
    const kind = expected === 'gone' ? 'status' : 'page-status';
    return [{ kind, at, expected: String(wanted), got: String(status) }];
  }
  if (expected === 'gone') return [];
  const differences: Difference[] = [];
  if (canonical !== null && placeOf(canonical) !== placeOf(at))
    differences.push({ kind: 'canonical', at, expected: `${placeOf(at)} or none`, got: canonical });
  if (noindex) differences.push({ kind: 'noindex', at, expected: 'a page that may be indexed', got: 'noindex' });
  return differences;
}

/** A canonical link leaves out what a visitor's query adds: campaigns, sorting. */
const placeOf = (url: string): string => canonicalLocation(url.split(/[?#]/, 1)[0] ?? '').replace(/\?$/, '');
