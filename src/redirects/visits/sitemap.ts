/** An address of a sitemap; `sitemap` is one of a further sitemap, which an index lists. */
export interface SitemapEntry {
  readonly kind: 'page' | 'sitemap';
  readonly url: string;
}

/** What a `<loc>` of one URL can take, with generous room; what is longer is no sitemap. */
const LONGEST = 65_536;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const COMMENT = /<!--/;
/** `/` before its end where it is empty. */
const ROOT = /<(urlset|sitemapindex)(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?\/?>/;
const ROOT_END = /<\/(?:urlset|sitemapindex)\s*>/;
const LOC = /<loc>([^<]*|\s*<!\[CDATA\[(?:(?!\]\]>)[\s\S]){0,8192}\]\]>\s*)<\/loc>/;
const TOKENS = [COMMENT, ROOT, ROOT_END, LOC].map(({ source }) => source).join('|');

/**
 * Finds the addresses of a sitemap or a sitemap index (sitemaps.org, protocol 0.9) in XML that comes in pieces. Only
 * `<loc>` of those two is read: images and videos have elements, and namespaces, of their own.
 */
export class SitemapScanner {
  private rest = '';
  private isIndex = false;
  private inComment = false;
  /** Roots that have begun and not ended. */
  private open: string[] = [];

  /** The root whose end was not there by the end of the text; null where there is none such. */
  get cutOff(): string | null {
    return this.open.at(-1) ?? null;
  }

  /** The entries that this piece completes. */
  *feed(piece: string): Generator<SitemapEntry> {
    const text = this.rest + piece;
    const tokens = new RegExp(TOKENS, 'g');
    for (let done = 0; ; done = tokens.lastIndex) {
      if (this.inComment) {
        const end = text.indexOf('-->', done);
        if (end < 0) {
          this.rest = text.slice(Math.max(done, text.length - 2));
          return;
        }
        this.inComment = false;
        tokens.lastIndex = end + 3;
      }
      const from = tokens.lastIndex;
      const found = tokens.exec(text);
      if (found === null) {
        // What is kept may be the start of a token; one that never ends is given up.
        this.rest = text.slice(Math.max(from, text.length - LONGEST));
        return;
      }
      const [token, root, loc] = found;
      if (loc !== undefined) yield { kind: this.isIndex ? 'sitemap' : 'page', url: textOf(loc) };
      else if (token === '<!--') this.inComment = true;
      else if (root === undefined) this.open.pop();
      else this.begin(root, token.endsWith('/>'));
    }
  }

  private begin(root: string, isEmpty: boolean): void {
    this.isIndex = root === 'sitemapindex';
    if (!isEmpty) this.open.push(root);
  }
}

function textOf(loc: string): string {
  const raw = loc.trim();
  if (raw.startsWith('<![CDATA[')) return raw.slice('<![CDATA['.length, -']]>'.length).trim();
  return raw.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
