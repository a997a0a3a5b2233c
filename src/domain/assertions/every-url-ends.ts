import { canonicalHostPattern, hostPatternCovers } from '../../redirects/host.ts';
import type { AssertionOf } from '../document/assertion-schema.ts';
import type { Judge } from './probe.ts';
import { readUrl, type Stretch } from './stretches.ts';

/** Redirects before the page, where an assertion does not say. */
export const USUAL_HOPS = 1;

/** Whether a visitor arrives on one of the hosts, in so many redirects, and finds a page there. */
export function judgeEnd(spec: AssertionOf<'every-url-ends'>): (url: string) => Judge {
  const hosts = spec.on.flatMap((host) => canonicalHostPattern(host.trim()) ?? []);
  const within = spec.within ?? USUAL_HOPS;
  const statuses = new Set<number>(spec.status ?? []);
  return (url) => (stretch) => {
    const { answer, hops } = stretch;
    const last = hops.at(-1);
    const end = last?.url ?? url;
    if (last?.outcome === 'loop') return `never arrives: ${wayOf(url, stretch)} leads back to where it was`;
    if (hops.length > within) return `takes ${hops.length} redirects: ${wayOf(url, stretch)}`;
    const outcome = last?.outcome ?? answer.outcome;
    if (outcome === 'gone') return hops.length === 0 ? 'is gone (410)' : `ends with 410 at ${end}`;
    if (outcome === 'not-found') return hops.length === 0 ? 'is not found (404)' : `ends with 404 at ${end}`;
    const host = readUrl(end)?.host ?? end;
    if (!hosts.some((pattern) => hostPatternCovers(pattern, host))) {
      return hops.length === 0 ? `stays on ${host}, where it is served` : `ends on ${host}: ${wayOf(url, stretch)}`;
    }
    const other = statuses.size === 0 ? undefined : statusesOf(stretch).find((status) => !statuses.has(status));
    return other === undefined ? null : `is redirected with ${other}`;
  };
}

/** The status of each redirect on the way. */
function statusesOf({ answer, hops }: Stretch): readonly number[] {
  const answers = [answer, ...hops];
  return answers.flatMap(({ location, status }) => (location === null || status === null ? [] : [status]));
}

/** Stations of a way that are named. */
const SHOWN = 6;

function wayOf(url: string, { hops }: Stretch): string {
  const stations = [url, ...hops.map((hop) => hop.url)];
  const more = stations.length > SHOWN ? [`(${stations.length - SHOWN} more)`] : [];
  return [...stations.slice(0, SHOWN), ...more].join(' → ');
}
