/** What a page says to search engines about itself. */
export interface PageFacts {
  /** Absolute; null where the page names none. */
  readonly canonical: string | null;
  readonly noindex: boolean;
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the headers, and as much of the page's text as there is; the text may be cut anywhere. */
export function pageFacts(url: string, headers: Headers, text: string): PageFacts {
  const html = visibleMarkup(text);
  const body = html.search(/<body[\s>]/i);
  const head = body < 0 ? html : html.slice(0, body);
  // A canonical link counts in the head alone; robots are obeyed wherever they stand.
  const canonical = headerCanonical(headers) ?? linkCanonical(head);
  return {
    canonical: canonical !== undefined && URL.canParse(canonical, url) ? new URL(canonical, url).href : null,
    noindex: headerRobots(headers) || metaRobots(html),
  };
}

const valuesOf = (headers: Headers, name: string): readonly string[] => [headers[name] ?? []].flat();

/** RFC 8288: `<https://www.mi.com/a>; rel="canonical"`. */
function headerCanonical(headers: Headers): string | undefined {
  return valuesOf(headers, 'link')
    .flatMap((value) => [...value.matchAll(/<([^<>]{1,2048})>\s{0,9};([^<]{0,256})/g)])
    .find(([, , parameters = '']) => /\brel="?(?:[^";,]* )?canonical\b/i.test(parameters))?.[1];
}

function headerRobots(headers: Headers): boolean {
  return valuesOf(headers, 'x-robots-tag').some(forbidsIndex);
}

const forbidsIndex = (text: string): boolean => /(?:^|[\s,:;])(?:noindex|none)(?:$|[\s,;])/i.test(text);

function linkCanonical(head: string): string | undefined {
  return tagsOf(head, 'link')
    .find((tag) => /(?:^|\s)canonical(?:\s|$)/i.test(tag.get('rel') ?? ''))
    ?.get('href');
}

function metaRobots(html: string): boolean {
  return tagsOf(html, 'meta').some(
    (tag) => /^(?:robots|googlebot)$/i.test(tag.get('name') ?? '') && forbidsIndex(tag.get('content') ?? ''),
  );
}

/** Bounded, so that no page can make reading it slow; nothing that counts here is as long. */
const TAG = { link: /<link\s([^<>]{1,4096})>/gi, meta: /<meta\s([^<>]{1,4096})>/gi } as const;
const ATTRIBUTE = /([a-z-]{1,32})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"']+))/gi;

function tagsOf(html: string, name: keyof typeof TAG): ReadonlyMap<string, string>[] {
  return [...html.matchAll(TAG[name])].map(([, attributes = '']) => {
    const found = [...attributes.matchAll(ATTRIBUTE)];
    return new Map(found.map(([, key = '', a, b, c]) => [key.toLowerCase(), decoded((a ?? b ?? c ?? '').trim())]));
  });
}

const decoded = (text: string): string => text.replaceAll(/&(?:amp|#38|#x26);/gi, '&');

/** Without comments and scripts: what stands in them is no part of the page. */
function visibleMarkup(text: string): string {
  return without(without(text, /<!--/g, '-->'), /<script[\s>]/gi, '</script');
}

/** Cuts from each start to the next end; a start without one hides all that follows. Linear in the text. */
function without(text: string, start: RegExp, end: string): string {
  const lower = text.toLowerCase();
  let out = '';
  let kept = 0;
  for (const { index } of text.matchAll(start)) {
    if (index < kept) continue;
    out += text.slice(kept, index);
    const close = lower.indexOf(end, index);
    if (close < 0) return out;
    kept = close + end.length;
  }
  return out + text.slice(kept);
}
