import { escapeControls } from '../domain/escape.ts';
import type { Outcome } from '../domain/state/answer.ts';
import type { SiteState } from '../domain/state/site-segments.ts';
import { formatInstant, formatLocal } from '../domain/time/format-time.ts';
import { formatUrl, type RequestUrl } from '../redirects/url.ts';

/** What a page says about the site it stands for. Instants are epoch milliseconds. */
export interface SiteNow {
  readonly id: string;
  readonly state: SiteState;
  readonly nextChangeAt: number | null;
  readonly nextState: SiteState | null;
  readonly zone: string | null;
}

export interface PageInput {
  readonly url: RequestUrl;
  readonly outcome: Outcome;
  readonly decidedBy: string;
  readonly at: number;
  readonly site: SiteNow | null;
}

const HEADLINE: Readonly<Record<Outcome, string>> = {
  serve: 'This page is served',
  redirect: 'This page has moved',
  gone: 'This page is gone',
  'not-found': 'There is no such page',
};

/** The small page that stands in for a storefront. */
export function page({ url, outcome, decidedBy, at, site }: PageInput): string {
  const facts: readonly (readonly [string, string])[] = [
    ['URL', formatUrl(url)],
    ['Site', site === null ? 'none: no site covers this URL' : site.id],
    ...(site === null ? [] : [['State', site.state] as const, ['Next change', nextChange(site)] as const]),
    ['Decided by', decidedBy],
    ['As of', remembered(String(at), () => formatInstant(at))],
  ];
  const title = site === null ? HEADLINE[outcome] : `${site.id}: ${HEADLINE[outcome].toLowerCase()}`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex">',
    `<title>${html(title)}</title>`,
    '<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}',
    'dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere}</style></head>',
    `<body><h1>${html(HEADLINE[outcome])}</h1><dl>`,
    ...facts.map(([name, value]) => `<dt>${html(name)}</dt><dd>${html(value)}</dd>`),
    '</dl></body></html>',
    '',
  ].join('\n');
}

function nextChange({ nextChangeAt, nextState, zone }: SiteNow): string {
  if (nextChangeAt === null || nextState === null) return 'none is planned';
  const moment = remembered(`${nextChangeAt} ${zone}`, () => {
    const local = zone === null ? '' : ` (${formatLocal(nextChangeAt, zone)} in ${zone})`;
    return `${formatInstant(nextChangeAt)}${local}`;
  });
  return `${nextState} at ${moment}`;
}

/** To format an instant takes longer than all else of a page, and most pages name the same few. */
const moments = new Map<string, string>();
const MOST_MOMENTS = 1000;

function remembered(moment: string, format: () => string): string {
  let text = moments.get(moment);
  if (text === undefined) {
    text = format();
    if (moments.size >= MOST_MOMENTS) moments.clear();
    moments.set(moment, text);
  }
  return text;
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(text: string): string {
  return escapeControls(text).replace(/[&<>"']/g, (character) => ENTITY[character] ?? character);
}
