import type { Documents } from '../../domain/document/resources.ts';
import { escapeControls } from '../../domain/escape.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { parseSiteUrl } from '../../redirects/url.ts';
import { shellQuote } from '../prompts/shell-quote.ts';

/** What a person is told when the edge listens: what it answers for, and how to ask it. */
export function edgeHint(url: string, documents: Documents, fixed: number | null): string {
  const count = documents.sites.size;
  const when = fixed === null ? 'now' : formatInstant(fixed);
  const sites = [...documents.sites.values()];
  // A closing one has the more interesting answers.
  const site = (sites.find(({ spec }) => spec.role === 'legacy') ?? sites[0])?.spec.urls[0];
  return [
    `Answering for ${count === 1 ? 'one site' : `${count} sites`} as of ${when}. Ctrl-C stops it.`,
    ...(site === undefined ? [] : [`Try:  ${curlFor(url, site)}`]),
  ].join('\n');
}

function curlFor(url: string, siteUrl: string): string {
  const { hostKey, basePath } = parseSiteUrl(siteUrl);
  const host = hostKey.replace(/^\*\./, 'www.');
  return escapeControls(`curl -i -H ${shellQuote(`Host: ${host}`)} ${shellQuote(`${url}${basePath}/`)}`);
}
